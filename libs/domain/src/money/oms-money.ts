import type { Violation } from '../kernel/faults.js';
import type { LineId, OrderNumber, Sku } from '../kernel/ids.js';
import type { Instant } from '../kernel/instant.js';
import type { SiteProfile } from '../sites/site-profile.js';
import type { Minor } from './minor.js';

/** What the OMS has charged or credited. Amounts of a return are negative. */
export interface Invoice {
  readonly id: string;
  readonly kind: 'shipment' | 'adjustment' | 'return' | 'charge-back';
  /** Open while money is still to move. */
  readonly state: 'open' | 'closed';
  readonly total: Minor;
  /** Of the total, what was moved, and what was tried in vain; undefined where the OMS does not say. */
  readonly processed?: Minor;
  readonly failed?: Minor;
  readonly charges?: Minor;
  readonly discounts?: Minor;
  readonly taxes?: Minor;
  /** When the goods went. */
  readonly at?: Instant;
  readonly packageId?: string;
  readonly lines: readonly InvoiceLine[];
}

export interface InvoiceLine {
  readonly line: LineId;
  readonly sku: Sku;
  readonly quantity: number;
  readonly total?: Minor;
  readonly charges?: Minor;
  readonly discounts?: Minor;
  readonly taxes?: Minor;
}

/** `asked`: the OMS reckons and moves the money after its answer. */
export type SettlementAnswer =
  { readonly kind: 'asked' } | { readonly kind: 'refused'; readonly violations: readonly Violation[] };

/** The money of orders and returns at the OMS. */
export abstract class OmsMoney {
  /** In the order in which the OMS keeps them; none while nothing was invoiced. Undefined where the OMS has no such order. Reads only. */
  abstract invoices(site: SiteProfile, number: OrderNumber): Promise<readonly Invoice[] | undefined>;

  /**
   * Has the OMS reckon what an order owes and move it now: after a cancellation of a part it may leave money authorized or unrefunded for as
   * long as nobody asks. Safe to repeat with the same `request`, which is unique among all requests. A refusal is an answer.
   */
  abstract settle(site: SiteProfile, number: OrderNumber, request: string): Promise<SettlementAnswer>;
}

import type { SnapshotLine } from '../fulfillment/order-snapshot.js';
import type { Violation } from '../kernel/faults.js';
import type { LineId, LocationId, OrderNumber, Sku } from '../kernel/ids.js';
import type { Instant } from '../kernel/instant.js';
import type { Currency } from '../money/currency.js';
import type { Minor } from '../money/minor.js';
import type { OrderLine } from '../orders/order.js';
import type { SiteProfile } from '../sites/site-profile.js';
import type { ReturnStage } from './return-stage.js';

export interface ReturnRequest {
  /** The number of the return itself. */
  readonly number: OrderNumber;
  readonly parent: OrderNumber;
  readonly currency: Currency;
  readonly lines: readonly ReturnRequestLine[];
  /** What the customer gets in exchange; its lines wait until the goods are back. */
  readonly exchange?: readonly OrderLine[];
  readonly tracking?: { readonly carrier: string; readonly trackingNumber: string };
}

export interface ReturnRequestLine {
  readonly id: LineId;
  readonly parentLine: LineId;
  readonly sku: Sku;
  readonly quantity: number;
  readonly reason: string;
  readonly condition: string;
  /** By parcel to a return centre, or over the counter of a store. */
  readonly to: LocationId;
  readonly by: 'parcel' | 'store';
  /** False where the money is given back without the goods. */
  readonly receiptExpected: boolean;
}

/** A return as the OMS holds it at one moment. */
export interface ReturnSnapshot {
  readonly number: OrderNumber;
  readonly at: Instant;
  readonly kind: 'refund' | 'even-exchange' | 'uneven-exchange';
  readonly currency?: Currency;
  readonly holds: readonly string[];
  readonly lines: readonly ReturnSnapshotLine[];
  /** What the customer is given back, positive; undefined while the OMS has not reckoned it. */
  readonly credit?: Minor;
  readonly refunded: boolean;
  /** What the customer gets in exchange, on the same order of the OMS; absent where the money goes back. */
  readonly exchange?: readonly ExchangeLine[];
}

export interface ExchangeLine {
  readonly id: LineId;
  readonly sku: Sku;
  /** Where its units are; cancelled ones may be missing. */
  readonly units: SnapshotLine['units'];
}

export interface ReturnSnapshotLine {
  readonly id: LineId;
  readonly parent: OrderNumber;
  readonly parentLine: LineId;
  readonly sku: Sku;
  readonly units: readonly { readonly stage: ReturnStage; readonly quantity: number }[];
}

export type ReturnAnswer =
  | { readonly kind: 'announced'; readonly return: ReturnSnapshot }
  | { readonly kind: 'refused'; readonly violations: readonly Violation[] };

/** Returns at the OMS. */
export abstract class OmsReturns {
  /** Announces a return or an exchange. Safe to repeat: its number decides. A refusal is an answer. */
  abstract announce(site: SiteProfile, request: ReturnRequest): Promise<ReturnAnswer>;
  /** Undefined where the OMS has no such return. */
  abstract read(site: SiteProfile, number: OrderNumber): Promise<ReturnSnapshot | undefined>;
  /** Calls a return off; the parent's units are with the customer again. */
  abstract cancel(site: SiteProfile, number: OrderNumber, reason: string): Promise<ReturnAnswer>;

  /**
   * Approves what waits for approval: the lines named, or all of the return. Safe to repeat: what no longer waits is left alone. The
   * return goes on by itself afterwards, so that the answer may show it before it has.
   */
  abstract approve(site: SiteProfile, number: OrderNumber, lines?: readonly LineId[]): Promise<ReturnAnswer>;

  /** Lets the OMS go on with a return that has stopped half-way. Safe to repeat: one that is over is left alone. */
  abstract process(site: SiteProfile, number: OrderNumber): Promise<ReturnAnswer>;

  /** Has the OMS give the money back now. Safe to repeat: what is refunded is left alone; the OMS pays no more than the credit that it has reckoned. */
  abstract refund(site: SiteProfile, number: OrderNumber): Promise<ReturnAnswer>;
}

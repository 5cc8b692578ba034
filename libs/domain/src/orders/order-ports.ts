import type { Violation } from '../kernel/faults.js';
import type { CrmOrderId, CrmOrgName, OmsOrderId } from '../kernel/ids.js';
import type { CrmModel, SiteProfile } from '../sites/site-profile.js';
import type { SyncFault } from '../kernel/faults.js';
import type { CapturedOrder } from './captured-order.js';
import type { OrderTerms } from './order.js';
import type { RecordChange } from './projection.js';

/** Orders as the CRM holds them. */
export abstract class CrmOrders {
  /**
   * Reads the order with all that belongs to it, in one request. Undefined where the org has no such order.
   * Reads only; whatever goes wrong is a SyncFault.
   */
  abstract read(site: SiteProfile, id: CrmOrderId): Promise<CapturedOrder | undefined>;
}

/** What the CRM is shown of orders. */
export abstract class CrmProjections {
  /**
   * Writes the changes of many orders in as few requests as the org allows, and answers one outcome for each, in their order.
   * Safe to repeat: each record is named by its id or external id, so that a second write changes nothing.
   * Throws a SyncFault only where no record was looked at (connection, session, budget).
   */
  abstract write(org: CrmOrgName, changes: readonly RecordChange[], model?: CrmModel): Promise<readonly WriteOutcome[]>;
}

export type WriteOutcome =
  /** `withheld` names the fields that the org has no place for: it does not show them. */
  | { readonly kind: 'written'; readonly withheld?: readonly string[] }
  | { readonly kind: 'failed'; readonly fault: SyncFault };

/** Orders as the order-management system knows them. */
export abstract class OmsOrders {
  /**
   * Places the order, confirmed. Safe to repeat: one order number always yields one order and the same reference.
   * A refusal is an answer. Anything else that goes wrong is a SyncFault.
   */
  abstract place(site: SiteProfile, order: OrderTerms): Promise<OmsAnswer>;
}

export type OmsAnswer =
  | { readonly kind: 'placed'; readonly omsOrderId: OmsOrderId }
  | { readonly kind: 'refused'; readonly violations: readonly Violation[] };

import type { CrmOrderId, OrderNumber } from '../kernel/ids.js';
import type { Acknowledged, ProjectedKind } from '../orders/projection.js';
import type { SiteProfile } from '../sites/site-profile.js';

/** What the CRM shows of one order. */
export interface ShownOrder {
  /** By `recordName`. A field that the org does not have, or hides from us, is left out; an empty one is null. */
  readonly records: Acknowledged;
  /** The kinds of record that the org has at all. */
  readonly kinds: ReadonlySet<ProjectedKind>;
}

/** Orders as the CRM shows them now. Reads only. */
export abstract class CrmOrderBook {
  /** Many orders in few requests; those that the org does not have are left out. Whatever goes wrong is a SyncFault. */
  abstract read(site: SiteProfile, ids: readonly CrmOrderId[]): Promise<ReadonlyMap<CrmOrderId, ShownOrder>>;

  /**
   * The orders that the CRM shows under these numbers of the OMS: an order by its own, and by the number of each return of it. Numbers
   * that the CRM shows nowhere are left out.
   */
  abstract named(site: SiteProfile, numbers: readonly OrderNumber[]): Promise<ReadonlyMap<OrderNumber, CrmOrderId>>;
}

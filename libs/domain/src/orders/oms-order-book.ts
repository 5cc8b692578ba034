import type { OrderSnapshot } from '../fulfillment/order-snapshot.js';
import type { SyncFault } from '../kernel/faults.js';
import type { LineId, OrderNumber } from '../kernel/ids.js';
import type { Instant } from '../kernel/instant.js';
import type { ReturnSnapshot } from '../returns/oms-returns.js';
import type { SiteProfile } from '../sites/site-profile.js';

export interface OrderLineName {
  readonly number: OrderNumber;
  readonly line: LineId;
}

/** What the OMS holds under one number: an order, what comes back of orders, or something that cannot be read. */
export type OmsHolding =
  | { readonly kind: 'order'; readonly number: OrderNumber; readonly order: OrderSnapshot }
  | { readonly kind: 'return'; readonly number: OrderNumber; readonly returned: ReturnSnapshot }
  | { readonly kind: 'unreadable'; readonly number: OrderNumber; readonly fault: SyncFault };

/** Orders as the OMS holds them now. Reads only. */
export abstract class OmsOrderBook {
  /** Undefined where the OMS has no such order. Sees what was written just before. */
  abstract read(site: SiteProfile, number: OrderNumber): Promise<OrderSnapshot | undefined>;
  /** Of the last change that the OMS was told with one; undefined where there was none. */
  abstract version(site: SiteProfile, number: OrderNumber): Promise<number | undefined>;
  /**
   * What changed within a window, both ends included, in pages of the tenant's size; may lag behind what was written just before. One
   * that changes meanwhile may come again.
   */
  abstract changedBetween(site: SiteProfile, from: Instant, to: Instant): AsyncIterable<OmsHolding>;
  /** Asks the OMS to publish the orders again, for repair. */
  abstract publishAgain(site: SiteProfile, numbers: readonly OrderNumber[]): Promise<void>;
  /** The same for single lines, where the OMS publishes those. */
  abstract publishLinesAgain(site: SiteProfile, lines: readonly OrderLineName[]): Promise<void>;
}

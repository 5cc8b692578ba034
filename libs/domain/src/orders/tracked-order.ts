import { UNSEEN, type OrderLife } from '../fulfillment/order-life.js';
import type { RecordedEntry } from '../fulfillment/recorded-history.js';
import type { AcceptedOrder, Order } from './order.js';
import type { Acknowledged, Projection } from './projection.js';

/** An order with all we know of it: what was agreed, what the OMS said, and what the CRM shows. */
export interface TrackedOrder {
  readonly order: Order;
  readonly life: OrderLife;
  readonly history: readonly RecordedEntry[];
  /** What the CRM should show. */
  readonly wanted: Projection;
  /** Counts the changes of `wanted`: zero while there is nothing to show. */
  readonly version: number;
  /** What the CRM acknowledged so far. */
  readonly acknowledged: Acknowledged;
  /** Guards against two writers: the revision that this was loaded at, zero when new. */
  readonly revision: number;
}

export const trackAccepted = (order: AcceptedOrder): TrackedOrder => ({
  order,
  life: UNSEEN,
  history: [],
  wanted: {},
  version: 0,
  acknowledged: {},
  revision: 0,
});

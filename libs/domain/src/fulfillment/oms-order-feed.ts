import type { OmsOrganization, OrderNumber } from '../kernel/ids.js';
import type { ReturnSnapshot } from '../returns/oms-returns.js';
import type { OrderSnapshot } from './order-snapshot.js';

/** A message of the OMS as it came through some door. Header names are in lower case. */
export interface FeedDelivery {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** What stands on the envelope: enough to sort, not yet to believe. */
export interface FeedEnvelope {
  /** Same for every repeat of the message; undefined where the sender gave none, then the body's hash has to do. */
  readonly messageId: string | undefined;
  /** One entry for each order in the message, in the order of the body; a message without one cannot be read. */
  readonly orders: readonly { readonly organization: OmsOrganization; readonly orderNumber: OrderNumber }[];
}

/** Reads the order publishes of the OMS: single or consolidated, bare or wrapped. Pure; what cannot be read is a PermanentFault. */
export abstract class OmsOrderFeed {
  abstract open(delivery: FeedDelivery): FeedEnvelope;

  /** The body as it may be kept: secrets that the OMS sends along within it are blotted out, all else is as it came. `open` reads the same in it. */
  abstract keepable(delivery: FeedDelivery): Uint8Array;

  /** Defined where the order at that position takes goods back: a return or an exchange, told by its own number. */
  abstract returned(delivery: FeedDelivery, position: number): ReturnSnapshot | undefined;

  /** The snapshot at a position of `open(delivery).orders`. Unknown attributes are passed over; an unknown status is a fault that names it. */
  abstract snapshot(delivery: FeedDelivery, position: number): OrderSnapshot;
}

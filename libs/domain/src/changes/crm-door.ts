import type { FeedDelivery } from '../fulfillment/oms-order-feed.js';
import type { CrmOrgName } from '../kernel/ids.js';
import type { SyncFault } from '../kernel/faults.js';

/** A channel of one org that tells what happened there. Its name is the CRM's own. */
export interface CrmChannel {
  readonly org: CrmOrgName;
  readonly name: string;
}

/** How far a channel was read. */
export interface CrmCursor {
  /** Opaque: not ordered, of any length, without meaning elsewhere. Kept byte by byte. Empty: listened, and never told of anything. */
  readonly position: Uint8Array;
  /** Our time when it was kept, or when we began to listen: everything that happened before was received. */
  readonly keptAt: Date;
}

/** Events that belong together, and how far the channel is read once they are kept. */
export interface CrmBatch {
  readonly channel: CrmChannel;
  /** In the order of the channel; none where the channel only moved on. */
  readonly events: readonly FeedDelivery[];
  /** To be kept in the transaction that keeps the events. Undefined where the events come from a look at the records themselves. */
  readonly position: Uint8Array | undefined;
  /** Why records were looked at instead of told of: the channel lost its place, or told that it had too much to tell. */
  readonly because?: 'cursor-lost' | 'overflow';
}

/** A door that the CRM's events come in by, pulled by us. */
export abstract class CrmDoor {
  /** The channels that this installation listens to; none of an org that tells us nothing. Fixed for the life of the process. */
  abstract channels(): readonly CrmChannel[];

  /**
   * Begins to take the events of a channel: after the cursor, or the new ones only where there is none. One batch at a time, in order;
   * no more is asked for than was handled. An event may come more than once. Where the far side no longer knows the cursor, it begins with
   * the oldest event it keeps, and the records that changed since the cursor are given as if they had just changed.
   */
  abstract open(
    channel: CrmChannel,
    after: CrmCursor | undefined,
    handler: (batch: CrmBatch) => Promise<void>,
  ): CrmSubscription;
}

export interface CrmSubscription {
  /** Resolves when it was closed, else with what ended it: the connection, the session, the handler. Never rejects. It is not opened again by itself. */
  readonly ended: Promise<SyncFault | undefined>;
  /** Takes nothing more and waits for the running handler. */
  close(): Promise<void>;
}

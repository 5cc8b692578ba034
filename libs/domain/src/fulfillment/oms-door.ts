import type { FeedDelivery } from './oms-order-feed.js';

/** A door that the OMS's messages come in by, pulled by us. */
export abstract class OmsDoor {
  /**
   * Begins to take messages. Each batch is acknowledged only after the handler has resolved; when it rejects, its messages come again.
   * No order is promised, and a message may come more than once. No more than a bounded number is taken before it is acknowledged.
   */
  abstract open(handler: (batch: readonly FeedDelivery[]) => Promise<void>): Promise<OpenDoor>;
}

export interface OpenDoor {
  /** Takes nothing more and waits for the running handlers; what was not acknowledged comes again elsewhere. */
  close(): Promise<void>;
}

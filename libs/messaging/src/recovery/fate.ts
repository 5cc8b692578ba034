import type { SyncFault } from '@tandem/domain';
import type { Delivery } from '../bus/message-bus.js';
import type { Message } from '../envelope.js';

/** A delivery and what was read from it. */
export interface Arrival {
  readonly delivery: Delivery;
  readonly message: Message;
}

/** What follows for one delivery. Delays are milliseconds from the settlement on. */
export type Fate =
  | { readonly kind: 'done' }
  | { readonly kind: 'retry'; readonly fault: SyncFault; readonly afterMs: number }
  /** Nothing of its kind works at the moment; the attempt does not count. */
  | { readonly kind: 'suspended'; readonly fault: SyncFault; readonly afterMs: number }
  /** Not tried: an earlier message of its key waits, its site is suspended, or a connection that it needs is down. */
  | { readonly kind: 'behind'; readonly afterMs: number }
  | { readonly kind: 'parked'; readonly fault: SyncFault };

export interface Settled {
  readonly delivery: Delivery;
  /** Undefined where it could not be read; then it is parked. */
  readonly message: Message | undefined;
  readonly fate: Fate;
}

import type { VirtualClock } from '../wire/virtual-clock.js';
import type { RpcRefusal } from './rpc-refusal.js';
import type { PubsubMessage, ReceivedMessage } from './rpc-shapes.js';

/** Somebody who takes messages: a streaming pull, or one pull. */
export interface Consumer {
  ackDeadlineSeconds: number;
  /** Flow control: what may be with the consumer neither acknowledged nor given back; 0 is no limit. */
  maxMessages: number;
  maxBytes: number;
  deliver(batch: ReceivedMessage[]): void;
  /** There will be no more: the subscription was deleted, or the line was cut. */
  end(because: RpcRefusal): void;
}

/** What becomes of messages that come back. */
export interface Redelivery {
  /** Milliseconds until a message is delivered again after this many deliveries. */
  backoffMs(deliveries: number): number;
  /** After so many deliveries a message goes to `bury` instead; infinite without a dead-letter policy. */
  maxDeliveries: number;
  bury(message: PubsubMessage, deliveries: number): void;
}

interface Waiting {
  message: PubsubMessage;
  deliveries: number;
}

interface Lease extends Waiting {
  consumer: Consumer;
  callOff: () => void;
}

/** What is with a consumer now. */
interface Held {
  messages: number;
  bytes: number;
}

/** Messages in one response; clients take less at a time than a backlog has. */
const LARGEST_BATCH = 50;

/**
 * The messages of one subscription: waiting, or leased to a consumer until an acknowledgement, a refusal (deadline 0) or
 * the end of the ack deadline. At least once, in no order that anybody may rely on. Leases outlive their consumer.
 */
export class SubscriptionQueue {
  private readonly waiting: Waiting[] = [];
  private readonly leases = new Map<string, Lease>();
  private readonly consumers = new Set<Consumer>();
  private readonly held = new WeakMap<Consumer, Held>();
  private readonly backingOff = new Set<() => void>();
  private lastAckId = 0;

  constructor(
    private readonly clock: VirtualClock,
    private readonly redelivery: Redelivery,
  ) {}

  get counters(): { waiting: number; leased: number } {
    return { waiting: this.waiting.length + this.backingOff.size, leased: this.leases.size };
  }

  offer(message: PubsubMessage): void {
    this.waiting.push({ message, deliveries: 0 });
    this.dispatch();
  }

  attach(consumer: Consumer): void {
    this.consumers.add(consumer);
    this.dispatch();
  }

  detach(consumer: Consumer): void {
    this.consumers.delete(consumer);
  }

  /** An id that has expired or was never given is passed over: its message comes again. */
  acknowledge(ackIds: string[]): void {
    for (const ackId of ackIds) this.endLease(ackId);
    this.dispatch();
  }

  /** Counts from now; 0 gives the message back. Ids that have expired are passed over. */
  modifyDeadline(ackId: string, seconds: number): void {
    if (seconds === 0) return this.giveBack(ackId);
    const lease = this.leases.get(ackId);
    if (!lease) return;
    lease.callOff();
    lease.callOff = this.clock.later(seconds * 1_000, () => this.giveBack(ackId));
  }

  /** Forgets every message; consumers stay. */
  purge(): void {
    for (const ackId of [...this.leases.keys()]) this.endLease(ackId);
    for (const callOff of this.backingOff) callOff();
    this.backingOff.clear();
    this.waiting.length = 0;
  }

  /** Sends every consumer away. */
  dismiss(because: RpcRefusal): void {
    const dismissed = [...this.consumers];
    this.consumers.clear();
    for (const consumer of dismissed) consumer.end(because);
  }

  private dispatch(): void {
    let progress = true;
    while (progress && this.waiting.length > 0) {
      progress = false;
      for (const consumer of [...this.consumers]) {
        const batch = this.batchFor(consumer);
        if (batch.length === 0) continue;
        progress = true;
        consumer.deliver(batch);
      }
    }
  }

  private batchFor(consumer: Consumer): ReceivedMessage[] {
    const batch: ReceivedMessage[] = [];
    while (batch.length < LARGEST_BATCH && hasRoom(consumer, this.heldBy(consumer))) {
      const next = this.waiting.shift();
      if (!next) break;
      batch.push(this.lease(next, consumer));
    }
    return batch;
  }

  private heldBy(consumer: Consumer): Held {
    const held = this.held.get(consumer) ?? { messages: 0, bytes: 0 };
    this.held.set(consumer, held);
    return held;
  }

  private lease({ message, deliveries }: Waiting, consumer: Consumer): ReceivedMessage {
    this.lastAckId += 1;
    const ackId = `${message.messageId}-${this.lastAckId}`;
    const callOff = this.clock.later(consumer.ackDeadlineSeconds * 1_000, () => this.giveBack(ackId));
    this.leases.set(ackId, { message, deliveries: deliveries + 1, consumer, callOff });
    const held = this.heldBy(consumer);
    held.messages += 1;
    held.bytes += message.data.length;
    return { ackId, message, deliveryAttempt: Number.isFinite(this.redelivery.maxDeliveries) ? deliveries + 1 : 0 };
  }

  private endLease(ackId: string): Lease | undefined {
    const lease = this.leases.get(ackId);
    if (!lease) return undefined;
    lease.callOff();
    this.leases.delete(ackId);
    const held = this.heldBy(lease.consumer);
    held.messages -= 1;
    held.bytes -= lease.message.data.length;
    return lease;
  }

  private giveBack(ackId: string): void {
    const lease = this.endLease(ackId);
    if (!lease) return;
    const { message, deliveries } = lease;
    if (deliveries >= this.redelivery.maxDeliveries) this.redelivery.bury(message, deliveries);
    else this.again({ message, deliveries });
    this.dispatch();
  }

  private again(returned: Waiting): void {
    const wait = this.redelivery.backoffMs(returned.deliveries);
    if (wait === 0) return void this.waiting.push(returned);
    const callOff = this.clock.later(wait, () => {
      this.backingOff.delete(callOff);
      this.waiting.push(returned);
      this.dispatch();
    });
    this.backingOff.add(callOff);
  }
}

/** The service sends until a limit is reached; the message that reaches it may go beyond the bytes. */
function hasRoom({ maxMessages, maxBytes }: Consumer, held: Held): boolean {
  return (maxMessages <= 0 || held.messages < maxMessages) && (maxBytes <= 0 || held.bytes < maxBytes);
}

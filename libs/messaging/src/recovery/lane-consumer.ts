import { faultOf, unreachable, type SyncFault } from '@tandem/domain';
import type { DataSource } from 'typeorm';
import type { ConsumeOptions, Delivery, MessageBus, Subscription } from '../bus/message-bus.js';
import type { Message } from '../envelope.js';
import type { UnitOfWork } from '../outbox/unit-of-work.js';
import type { MessageName } from '../catalog.js';
import { queueNamed, topology, type MessageOn, type QueueName } from '../topology.js';
import { callBack } from './call-back.js';
import { ConnectionBreakers, type ConnectionBack, type ConnectionDown } from './connection-breakers.js';
import { inConsumerSpan } from './consumer-span.js';
import type { Arrival, Fate, Settled } from './fate.js';
import { done, type Outcome } from './outcome.js';
import { messageIn } from './read-delivery.js';
import { defaultRecovery, recoveryAfter, type RecoverySettings } from './recovery-policy.js';
import { outcomesOf, roundsByKey } from './rounds.js';
import { Settlement } from './settlement.js';
import { Suspensions } from './suspensions.js';

/** Handles messages of a queue, no two of one key at a time; yields what became of each, in order. */
export type BatchHandler<Q extends QueueName> = (
  messages: readonly Message<MessageOn<Q>>[],
) => Promise<readonly Outcome[]>;

/** Handles one message of a queue. What it throws becomes a fault. */
export type MessageHandler<Q extends QueueName> = (message: Message<MessageOn<Q>>) => Promise<unknown>;

export interface LaneConsumerOptions {
  readonly bus: MessageBus;
  readonly database: DataSource;
  readonly work: UnitOfWork;
  /** Yields a number from 0 to below 1. */
  readonly random: () => number;
  readonly recovery?: RecoverySettings;
  /** Told of every fault, for the log; what follows is decided here. The message is undefined where it could not be read. */
  readonly onFault: (fault: SyncFault, message: Message | undefined) => void;
  /** Told when a far side is held to be down for a site, and when it is well again. */
  readonly onConnection?: (change: ConnectionDown | ConnectionBack) => void;
}

/**
 * Between the bus and a handler: decodes, handles, and turns faults into retries and parked messages, so that a handler need not know
 * of any of it. The batch is acknowledged after all that is committed.
 */
export class LaneConsumer {
  private readonly settlement: Settlement;
  private readonly connections: ConnectionBreakers;
  private readonly recovery: RecoverySettings;

  constructor(private readonly options: LaneConsumerOptions) {
    const { database, work, recovery = defaultRecovery, onConnection = () => undefined } = options;
    this.settlement = new Settlement(database, work);
    this.recovery = recovery;
    this.connections = new ConnectionBreakers(recovery.breaker, now, onConnection);
  }

  /** The far sides that do not answer, as far as this process knows: messages that need them wait. */
  connectionsDown(): readonly ConnectionDown[] {
    return this.connections.down();
  }

  /**
   * Takes from every lane of a queue. The handler's effects must be repeatable: a message comes again when it was not settled, and after
   * a throw (which fails the whole call) in smaller batches. It claims the messages (`HandledMessages`) in the transaction of their
   * effect. A failed message goes back with its id, and later ones of its key wait behind it.
   */
  consume<Q extends QueueName>(queue: Q, options: ConsumeOptions, handler: BatchHandler<Q>): Promise<Subscription> {
    // The edge where messages get the type of their queue: `read` has looked at every name.
    const handle: Handle = (messages) => handler(messages as unknown as readonly Message<MessageOn<Q>>[]);
    return this.take(queue, options, (arrivals) => [arrivals], handle);
  }

  /** The same, one message after the other within a lane: what is done for a message belongs to its own trace and no other. */
  consumeEach<Q extends QueueName>(
    queue: Q,
    options: ConsumeOptions,
    handler: MessageHandler<Q>,
  ): Promise<Subscription> {
    const handle: Handle = async ([message]) => {
      await handler(message as unknown as Message<MessageOn<Q>>);
      return [done];
    };
    return this.take(queue, options, (arrivals) => arrivals.map((arrival) => [arrival]), handle);
  }

  private take(queue: QueueName, options: ConsumeOptions, split: Split, handle: Handle): Promise<Subscription> {
    const taking = { queue, split, handle, suspensions: new Suspensions(now) };
    return this.options.bus.consume(queue, options, async (batch) => {
      const begun = now();
      const settled = await this.handle(taking, read(queue, batch));
      for (const { fate, message } of settled) if ('fault' in fate) this.options.onFault(fate.fault, message);
      await this.settlement.settle(settled);
      // Also where another batch found it well: what this one has just made wait was not there yet to be called back.
      await callBack(this.options.work, this.connections.reopenedSince(begun));
    });
  }

  private async handle(taking: Taking, { arrivals, unreadable }: Readable): Promise<Settled[]> {
    const settled = [...unreadable];
    const ahead = await this.settlement.waitingAhead(taking.queue, arrivals);
    for (const round of roundsByKey(arrivals, ({ message }) => message.key)) {
      const blocked = waitsByKey(settled);
      const behindMs = ({ delivery, message }: Arrival) =>
        ahead.get(delivery.position ?? '') ?? blocked.get(message.key);
      for (const together of taking.split(round)) {
        const { ready, waiting } = this.sort(together, taking, behindMs);
        settled.push(...waiting, ...(await this.attempt(ready, taking)));
      }
    }
    return settled;
  }

  private sort(
    arrivals: readonly Arrival[],
    taking: Taking,
    behindMs: (arrival: Arrival) => number | undefined,
  ): { readonly ready: readonly Arrival[]; readonly waiting: readonly Settled[] } {
    const ready: Arrival[] = [];
    const waiting: Settled[] = [];
    for (const arrival of arrivals) {
      const behind = behindMs(arrival);
      const afterMs = behind ?? this.waitMs(taking, arrival.message);
      if (behind === undefined && afterMs === 0) ready.push(arrival);
      else waiting.push({ ...arrival, fate: { kind: 'behind', afterMs } });
    }
    return { ready, waiting };
  }

  /** A probe is let through only where nothing else holds it up: it would keep the next one waiting. */
  private waitMs({ queue, suspensions }: Taking, message: Message): number {
    const afterMs = this.connections.waitMs(queue, message) || suspensions.waitMs(message.site);
    if (afterMs === 0) this.connections.letThrough(queue, message);
    return afterMs;
  }

  private async attempt(ready: readonly Arrival[], { queue, handle, suspensions }: Taking): Promise<Settled[]> {
    if (ready.length === 0) return [];
    const messages = ready.map(({ message }) => message);
    const outcomes = await inConsumerSpan(queue, messages, () => outcomesOf(messages, handle, ({ site }) => site));
    const ended = ready.map(({ delivery, message }, index) => ({
      delivery,
      message,
      outcome: outcomes[index] ?? done,
    }));
    for (const { message, outcome } of ended) this.connections.note(queue, message, outcome);
    return ended.map(({ delivery, message, outcome }) => {
      const fate = this.fateOf(delivery, message, outcome);
      if (fate.kind === 'suspended' && fate.fault.kind === 'suspending')
        suspensions.suspend(message.site, fate.afterMs);
      if (fate.kind === 'done') suspensions.resume(message.site);
      return { delivery, message, fate };
    });
  }

  private fateOf(delivery: Delivery, message: Message, outcome: Outcome): Fate {
    if (outcome.kind === 'done') return outcome;
    const { fault } = outcome;
    const downMs = this.connections.waitAfter(fault, message);
    if (downMs !== undefined) return { kind: 'suspended', fault, afterMs: downMs };
    const next = recoveryAfter(fault, delivery.attempts + 1, this.options.random, this.recovery);
    switch (next.then) {
      case 'retry':
        return { kind: 'retry', fault, afterMs: next.afterMs };
      case 'suspend':
        return { kind: 'suspended', fault, afterMs: next.probeAfterMs };
      case 'park':
        return { kind: 'parked', fault };
      default:
        return unreachable(next);
    }
  }
}

/** Yields one outcome for each message, in order. */
type Handle = (messages: readonly Message[]) => Promise<readonly Outcome[]>;

/** What of a round is handled at once. */
type Split = (round: readonly Arrival[]) => readonly (readonly Arrival[])[];

/** How a queue is taken from. */
interface Taking {
  readonly queue: QueueName;
  readonly split: Split;
  readonly handle: Handle;
  readonly suspensions: Suspensions;
}

const now = () => performance.now();

interface Readable {
  readonly arrivals: readonly Arrival[];
  readonly unreadable: readonly Settled[];
}

/**
 * What can be read, each message once (a repeat shares the fate of the first), in the order of the outbox: one that was sent again may
 * have come in behind later ones of its key. What cannot be read is parked.
 */
function read(queue: QueueName, batch: readonly Delivery[]): Readable {
  const names: readonly MessageName[] = queueNamed(queue, topology).messages;
  const arrivals = new Map<string, Arrival>();
  const unreadable: Settled[] = [];
  for (const delivery of batch) {
    try {
      const message = messageIn(delivery, names);
      if (!arrivals.has(message.id)) arrivals.set(message.id, { delivery, message });
    } catch (error) {
      unreadable.push({ delivery, message: undefined, fate: { kind: 'parked', fault: faultOf(error) } });
    }
  }
  const placeOf = ({ delivery }: Arrival) => BigInt(delivery.position ?? 0);
  return { arrivals: [...arrivals.values()].sort((a, b) => Number(placeOf(a) - placeOf(b))), unreadable };
}

/** Keys of which a message goes back, with the longest wait of each. */
function waitsByKey(settled: readonly Settled[]): ReadonlyMap<string, number> {
  const waits = new Map<string, number>();
  for (const { message, fate } of settled) {
    if (message === undefined || !('afterMs' in fate)) continue;
    waits.set(message.key, Math.max(fate.afterMs, waits.get(message.key) ?? 0));
  }
  return waits;
}

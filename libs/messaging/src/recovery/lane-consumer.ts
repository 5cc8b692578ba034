import { faultOf, unreachable, type SyncFault } from '@tandem/domain';
import type { DataSource } from 'typeorm';
import type { ConsumeOptions, Delivery, MessageBus, Subscription } from '../bus/message-bus.js';
import type { Message } from '../envelope.js';
import type { UnitOfWork } from '../outbox/unit-of-work.js';
import type { MessageName } from '../catalog.js';
import { queueNamed, topology, type MessageOn, type QueueName } from '../topology.js';
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
}

/**
 * Between the bus and a handler: decodes, handles, and turns faults into retries and parked messages, so that a handler need not know
 * of any of it. The batch is acknowledged after all that is committed.
 */
export class LaneConsumer {
  private readonly settlement: Settlement;

  constructor(private readonly options: LaneConsumerOptions) {
    this.settlement = new Settlement(options.database, options.work);
  }

  /**
   * Takes from every lane of a queue. The handler's effects must be repeatable: a message comes again when it was not settled, and after
   * a throw (which fails the whole call) in smaller batches. It claims the messages (`HandledMessages`) in the transaction of their
   * effect. A failed message goes back with its id, and later ones of its key wait behind it.
   */
  consume<Q extends QueueName>(queue: Q, options: ConsumeOptions, handler: BatchHandler<Q>): Promise<Subscription> {
    // The edge where messages get the type of their queue: `read` has looked at every name.
    const handle: Handle = (messages) => handler(messages as unknown as readonly Message<MessageOn<Q>>[]);
    return this.take(queue, options, (messages) => inConsumerSpan(queue, messages, () => outcomesOf(messages, handle)));
  }

  /** The same, one message after the other within a lane: what is done for a message belongs to its own trace and no other. */
  consumeEach<Q extends QueueName>(
    queue: Q,
    options: ConsumeOptions,
    handler: MessageHandler<Q>,
  ): Promise<Subscription> {
    const handle = async ([message]: readonly Message[]) => {
      await handler(message as unknown as Message<MessageOn<Q>>);
      return [done];
    };
    return this.take(queue, options, async (messages) => {
      const outcomes: Outcome[] = [];
      for (const message of messages)
        outcomes.push(...(await inConsumerSpan(queue, [message], () => outcomesOf([message], handle))));
      return outcomes;
    });
  }

  private take(queue: QueueName, options: ConsumeOptions, handle: Handle): Promise<Subscription> {
    const suspensions = new Suspensions(() => performance.now());
    return this.options.bus.consume(queue, options, async (batch) => {
      const settled = await this.handle(queue, read(queue, batch), suspensions, handle);
      for (const { fate, message } of settled) if ('fault' in fate) this.options.onFault(fate.fault, message);
      await this.settlement.settle(settled);
    });
  }

  private async handle(
    queue: QueueName,
    { arrivals, unreadable }: Readable,
    suspensions: Suspensions,
    handler: Handle,
  ) {
    const settled = [...unreadable];
    const ahead = await this.settlement.waitingAhead(queue, arrivals);
    for (const round of roundsByKey(arrivals, ({ message }) => message.key)) {
      const blocked = waitsByKey(settled);
      const ready: Arrival[] = [];
      for (const { delivery, message } of round) {
        const behindMs = ahead.get(delivery.position ?? '') ?? blocked.get(message.key);
        const afterMs = behindMs ?? suspensions.waitMs(message.site);
        if (behindMs === undefined && afterMs === 0) ready.push({ delivery, message });
        else settled.push({ delivery, message, fate: { kind: 'behind', afterMs } });
      }
      settled.push(...(await this.attempt(ready, suspensions, handler)));
    }
    return settled;
  }

  private async attempt(ready: readonly Arrival[], suspensions: Suspensions, handler: Handle): Promise<Settled[]> {
    if (ready.length === 0) return [];
    const outcomes = await handler(ready.map(({ message }) => message));
    return ready.map(({ delivery, message }, index) => {
      const fate = this.fateOf(delivery, outcomes[index]);
      if (fate.kind === 'suspended') suspensions.suspend(message.site, fate.afterMs);
      if (fate.kind === 'done') suspensions.resume(message.site);
      return { delivery, message, fate };
    });
  }

  private fateOf(delivery: Delivery, outcome: Outcome | undefined): Fate {
    if (outcome === undefined || outcome.kind === 'done') return { kind: 'done' };
    const { random, recovery = defaultRecovery } = this.options;
    const { fault } = outcome;
    const next = recoveryAfter(fault, delivery.attempts + 1, random, recovery);
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

/** Yields one outcome for each message, in order; never rejects. */
type Handle = (messages: readonly Message[]) => Promise<readonly Outcome[]>;

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

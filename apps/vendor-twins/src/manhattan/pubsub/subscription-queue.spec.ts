import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { VirtualClock } from '../wire/virtual-clock.js';
import type { PubsubMessage, ReceivedMessage } from './rpc-shapes.js';
import { SubscriptionQueue, type Consumer, type Redelivery } from './subscription-queue.js';

const PATIENT: Redelivery = {
  backoffMs: () => 0,
  maxDeliveries: Number.POSITIVE_INFINITY,
  bury: () => undefined,
};

describe('§7.1 the queue of a subscription', () => {
  let clock: VirtualClock;
  beforeEach(() => {
    clock = new VirtualClock();
  });
  afterEach(() => clock.reset());

  const message = (messageId: string, bytes = 1): PubsubMessage => ({
    data: Buffer.alloc(bytes),
    attributes: {},
    messageId,
    publishTime: { seconds: 0, nanos: 0 },
    orderingKey: '',
  });
  /** A consumer that only collects. */
  const consume = (queue: SubscriptionQueue, limits: { maxMessages?: number; maxBytes?: number } = {}) => {
    const taken: ReceivedMessage[] = [];
    const consumer: Consumer = {
      ackDeadlineSeconds: 10,
      maxMessages: 0,
      maxBytes: 0,
      ...limits,
      deliver: (batch) => void taken.push(...batch),
      end: () => undefined,
    };
    queue.attach(consumer);
    return { taken, ids: () => taken.map(({ message: { messageId } }) => messageId), consumer };
  };

  it('stops at the bytes that a consumer may hold, and goes on when they are settled', () => {
    const queue = new SubscriptionQueue(clock, PATIENT);
    for (const id of ['a', 'b', 'c', 'd']) queue.offer(message(id, 60));
    const { taken, ids } = consume(queue, { maxBytes: 100 });
    expect(ids()).toEqual(['a', 'b']);
    queue.acknowledge([taken[0]?.ackId ?? '', 'unknown']);
    expect(ids()).toEqual(['a', 'b', 'c']);
    expect(queue.counters).toEqual({ waiting: 1, leased: 2 });
  });

  it('gives what one consumer may not hold to another', () => {
    const queue = new SubscriptionQueue(clock, PATIENT);
    const [one, two] = [consume(queue, { maxMessages: 1 }), consume(queue, { maxMessages: 1 })];
    for (const id of ['a', 'b', 'c']) queue.offer(message(id));
    expect([...one.ids(), ...two.ids()].sort()).toEqual(['a', 'b']);
    expect(queue.counters).toEqual({ waiting: 1, leased: 2 });
  });

  it('waits between deliveries as the retry policy says', () => {
    const queue = new SubscriptionQueue(clock, { ...PATIENT, backoffMs: (deliveries) => deliveries * 1_000 });
    const { taken, ids } = consume(queue);
    queue.offer(message('a'));
    queue.modifyDeadline(taken[0]?.ackId ?? '', 0);
    clock.advance(900);
    expect(ids()).toEqual(['a']);
    expect(queue.counters).toEqual({ waiting: 1, leased: 0 });
    clock.advance(200);
    expect(ids()).toEqual(['a', 'a']);
    queue.modifyDeadline(taken[1]?.ackId ?? '', 0);
    clock.advance(1_900);
    expect(ids()).toHaveLength(2);
    clock.advance(200);
    expect(ids()).toHaveLength(3);
  });

  it('keeps the lease of a consumer that left until its deadline, and gives it to the next', () => {
    const queue = new SubscriptionQueue(clock, PATIENT);
    const { consumer } = consume(queue);
    queue.offer(message('a'));
    queue.detach(consumer);
    const next = consume(queue);
    clock.advance(9_000);
    expect(next.ids()).toEqual([]);
    clock.advance(1_100);
    expect(next.ids()).toEqual(['a']);
  });

  it('does not take an acknowledgement that comes after the deadline', () => {
    const queue = new SubscriptionQueue(clock, PATIENT);
    const { taken, ids, consumer } = consume(queue);
    queue.offer(message('a'));
    queue.detach(consumer);
    clock.advance(11_000);
    queue.acknowledge([taken[0]?.ackId ?? '']);
    expect(queue.counters).toEqual({ waiting: 1, leased: 0 });
    queue.attach(consumer);
    expect(ids()).toEqual(['a', 'a']);
  });

  it('forgets every message when it is purged, and keeps its consumers', () => {
    const queue = new SubscriptionQueue(clock, PATIENT);
    const { ids } = consume(queue, { maxMessages: 1 });
    for (const id of ['a', 'b']) queue.offer(message(id));
    queue.purge();
    clock.advance(60_000);
    expect(queue.counters).toEqual({ waiting: 0, leased: 0 });
    queue.offer(message('c'));
    expect(ids()).toEqual(['a', 'c']);
  });
});

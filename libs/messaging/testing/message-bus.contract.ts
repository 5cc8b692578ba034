import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Delivery, MessageBus, RawDelivery, RoutedMessage } from '../src/bus/message-bus.js';
import { laneName, laneOf, type LaneQueue } from '../src/topology.js';
import { eventually } from './eventually.js';

/** The queues that a bus under test is made with. */
export const contractQueues = [
  { name: 'orders.place-order', messages: ['order.accepted.v1'], lanes: 4 },
  { name: 'orders.submit-order', messages: ['order.submission-requested.v1'], lanes: 1 },
] as const satisfies readonly LaneQueue[];

export interface BusHarness {
  /** A further replica on the same queues, not yet started. */
  make(): Promise<MessageBus>;
  /** Severs every connection of every replica; new connections are let through. */
  cut(): Promise<void>;
  /** Severs every connection and lets no new one through until `restore`. */
  block(): Promise<void>;
  restore(): Promise<void>;
  /** Puts a message into a queue as a foreign system would. Makes the queue if it is missing. */
  sendForeign(queue: string, message: RawDelivery): Promise<void>;
  /** After all buses are closed. */
  dispose(): Promise<void>;
}

const many = 'orders.place-order';
const single = 'orders.submit-order';
const textOf = ({ body }: { readonly body: Buffer }) => body.toString('utf8');

let place = 0;
const routed = (queue: string, lane: number, body: string): RoutedMessage => {
  place += 1;
  const sent = { messageId: `message-${place}`, name: 'order.accepted.v1', attempts: 0, position: String(place) };
  return { queue, lane, body, ...sent };
};
const onSingle = (...bodies: readonly string[]) => bodies.map((body) => routed(single, 0, body));
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `m${index}`);

/** What every message bus promises. */
export function messageBusContract(name: string, makeHarness: () => Promise<BusHarness>): void {
  describe(`MessageBus, as kept by ${name}`, () => {
    let harness: BusHarness;
    let bus: MessageBus;
    let buses: MessageBus[];

    async function replica(): Promise<MessageBus> {
      const another = await harness.make();
      await another.start();
      buses.push(another);
      return another;
    }

    beforeEach(async () => {
      harness = await makeHarness();
      buses = [];
      bus = await replica();
    });

    afterEach(async () => {
      await harness.restore();
      await Promise.all(buses.map((each) => each.close({ graceMs: 5_000 })));
      await harness.dispose();
    });

    /** Collects what arrives on a queue. */
    async function collect(from: MessageBus, queue: string, batchSize = 100) {
      const seen: Delivery[] = [];
      const subscription = await from.consume(queue, { batchSize }, async (batch) => void seen.push(...batch));
      return { seen, subscription };
    }

    it('hands over what was published, with its id, attempts and place', async () => {
      const { seen } = await collect(bus, many);
      await bus.publish([
        { ...routed(many, 2, '{"größe":"✓"}'), messageId: 'message-a', attempts: 3, position: '9007199254740993' },
      ]);
      await eventually('the message arrives', () => seen.length === 1);
      expect(seen.map((delivery) => ({ ...delivery, body: textOf(delivery) }))).toEqual([
        {
          queue: many,
          lane: 2,
          messageId: 'message-a',
          name: 'order.accepted.v1',
          contentType: 'application/json',
          attempts: 3,
          position: '9007199254740993',
          body: '{"größe":"✓"}',
        },
      ]);
    });

    it('keeps the order of each key while all lanes are busy', async () => {
      const { seen } = await collect(bus, many, 7);
      const keys = Array.from({ length: 20 }, (_, index) => `order-${index}`);
      for (let round = 0; round < 10; round++) {
        await bus.publish(keys.map((key) => routed(many, laneOf(key, 4), `${key}:${round}`)));
      }
      await eventually('all 200 arrive', () => seen.length === 200);
      for (const key of keys) {
        const mine = seen.map(textOf).filter((body) => body.startsWith(`${key}:`));
        expect(mine).toEqual(Array.from({ length: 10 }, (_, round) => `${key}:${round}`));
      }
    });

    it('lets one lane go on while another stands still', async () => {
      const gate = Promise.withResolvers<true>();
      const handled: number[] = [];
      await bus.consume(many, { batchSize: 10 }, async (batch) => {
        if (batch[0]?.lane === 0) await gate.promise;
        handled.push(...batch.map(({ lane }) => lane));
      });
      await bus.publish([routed(many, 0, 'slow'), routed(many, 1, 'quick'), routed(many, 3, 'quick')]);
      await eventually('the other lanes are through', () => handled.length === 2);
      expect(handled.toSorted()).toEqual([1, 3]);
      gate.resolve(true);
      await eventually('the slow lane is through', () => handled.includes(0));
    });

    it('hands over no more than a batch at a time, and one batch after the other', async () => {
      const batches: string[][] = [];
      let running = 0;
      let most = 0;
      await bus.publish(onSingle(...numbered(10)));
      await bus.consume(single, { batchSize: 4 }, async (batch) => {
        most = Math.max(most, (running += 1));
        await Promise.resolve();
        batches.push(batch.map(textOf));
        running -= 1;
      });
      await eventually('all ten arrive', () => batches.flat().length === 10);
      expect(batches.flat()).toEqual(numbered(10));
      expect(Math.max(...batches.map((batch) => batch.length))).toBeLessThanOrEqual(4);
      expect(most).toBe(1);
    });

    it('brings a refused batch again, first and in order', async () => {
      const seen: string[][] = [];
      let refusals = 2;
      await bus.publish(onSingle(...numbered(6)));
      await bus.consume(single, { batchSize: 3 }, async (batch) => {
        seen.push(batch.map(textOf));
        if (refusals-- > 0) throw new Error('The handler refuses.');
      });
      await eventually('the last message is through', () => seen.flat().at(-1) === 'm5' && refusals < 0);
      const first = seen[0] ?? [];
      expect(first[0]).toBe('m0');
      expect(seen[1]?.slice(0, first.length)).toEqual(first);
      expect(seen.slice(2).flat()).toEqual(numbered(6));
    });

    it('loses nothing and keeps the order when the connection is cut in the middle of a batch', async () => {
      const gate = Promise.withResolvers<true>();
      const seen: string[] = [];
      await bus.publish(onSingle(...numbered(9)));
      await bus.consume(single, { batchSize: 3 }, async (batch) => {
        seen.push(...batch.map(textOf));
        await gate.promise;
      });
      await eventually('a batch is in hand', () => seen.length > 0);
      await harness.cut();
      // Only when the messages have come again on the new connection: the late end of the old batch must not settle the new one.
      await eventually('the bus is well again', async () => (await bus.healthy()).up);
      await eventually('it takes another message', () => bus.publish(onSingle('m9')));
      gate.resolve(true);
      await eventually('every message arrives', () => new Set(seen).size === 10);
      expect([...new Set(seen)]).toEqual(numbered(10));
      await eventually('nothing is left behind', async () =>
        (await bus.depths()).every(({ messages }) => messages === 0),
      );
    });

    it('rejects a publish that cannot be held, and holds the next one once the far side is back', async () => {
      const { seen } = await collect(bus, single);
      await harness.block();
      await expect(bus.publish(onSingle('lost'))).rejects.toMatchObject({ kind: 'transient' });
      expect((await bus.healthy()).up).toBe(false);
      await harness.restore();
      await eventually('the bus takes messages again', () => bus.publish(onSingle('found')));
      await eventually('it arrives', () => seen.map(textOf).includes('found'));
      await eventually('the bus is well', async () => (await bus.healthy()).up);
    });

    it('lets a second replica stand by, and take over when the first goes', async () => {
      const second = await replica();
      const first = await collect(bus, single);
      await bus.publish(onSingle('a'));
      await eventually('the first has taken it', () => first.seen.length === 1);
      const standby = await collect(second, single);
      // One by one, so that the second has long been ready for its share by the end.
      for (let count = 2; count <= 50; count++) {
        await bus.publish(onSingle('b'));
        await eventually('the first has taken this too', () => first.seen.length === count);
      }
      expect(standby.seen).toEqual([]);
      await first.subscription.close();
      await bus.publish(onSingle('d'));
      await eventually('the second has taken over', () => standby.seen.length === 1);
      expect(standby.seen.map(textOf)).toEqual(['d']);
      expect(first.seen).toHaveLength(50);
    });

    it('gives back what it had in hand, in order, when it closes', async () => {
      const second = await replica();
      const gate = Promise.withResolvers<true>();
      const taken: string[] = [];
      await bus.publish(onSingle(...numbered(8)));
      const subscription = await bus.consume(single, { batchSize: 2 }, async (batch) => {
        taken.push(...batch.map(textOf));
        await gate.promise;
      });
      await eventually('a batch is in hand', () => taken.length > 0);
      const heir = await collect(second, single, 3);
      const closing = subscription.close();
      gate.resolve(true);
      await closing;
      await eventually('the heir has the rest', () => taken.length + heir.seen.length === 8);
      expect([...taken, ...heir.seen.map(textOf)]).toEqual(numbered(8));
    });

    it('gives up the lanes that it is told to leave, and takes from the others', async () => {
      const leaving = await collect(bus, many);
      await bus.publish([routed(many, 0, 'a'), routed(many, 3, 'b')]);
      await eventually('it has both lanes', () => leaving.seen.length === 2);
      const heir = await collect(await replica(), many);
      await leaving.subscription.narrow(1);
      await bus.publish([routed(many, 0, 'c'), routed(many, 3, 'd')]);
      await eventually('both are taken', () => leaving.seen.length + heir.seen.length === 4);
      expect(heir.seen.map(textOf)).toEqual(['d']);
    });

    it('waits for running handlers when it closes', async () => {
      const gate = Promise.withResolvers<true>();
      let ended = false;
      let started = false;
      await bus.publish(onSingle('a'));
      await bus.consume(single, { batchSize: 1 }, async () => {
        started = true;
        await gate.promise;
        ended = true;
      });
      await eventually('the handler runs', () => started);
      let closed = false;
      const closing = bus.close({ graceMs: 10_000 }).then(() => (closed = true));
      expect(closed).toBe(false);
      gate.resolve(true);
      await closing;
      expect(ended).toBe(true);
      buses = [];
      const { seen } = await collect(await replica(), single);
      await buses[0]?.publish(onSingle('b'));
      await eventually('only what came later arrives', () => seen.length > 0);
      expect(seen.map(textOf)).toEqual(['b']);
    });

    it('brings foreign messages exactly as they came, and again when they are refused', async () => {
      const queue = `foreign-${place}-${performance.now()}`;
      const body = Buffer.from([0x7b, 0x00, 0xff, 0x7d]);
      const foreign = {
        headers: { organization: 'Nordwind' },
        body,
        contentType: 'application/octet-stream',
        messageId: 'f-1',
      };
      const seen: RawDelivery[] = [];
      await harness.sendForeign(queue, foreign);
      await bus.consumeExternal(queue, { batchSize: 5 }, async (batch) => {
        seen.push(...batch);
        if (seen.length === 1) throw new Error('The handler refuses.');
      });
      await eventually('it came twice', () => seen.length === 2);
      expect(seen).toEqual([foreign, foreign]);
      await harness.sendForeign(queue, { ...foreign, messageId: 'f-2' });
      await eventually('the next one comes', () => seen.length === 3);
      expect(seen[2]?.messageId).toBe('f-2');
    });

    it('carries a large body unharmed', async () => {
      const { seen } = await collect(bus, single);
      const large = 'ä'.repeat(3 * 1024 * 1024);
      await bus.publish(onSingle(large, 'small'));
      await eventually('both arrive', () => seen.length === 2);
      expect(seen[0] && textOf(seen[0]) === large).toBe(true);
    });

    it('tells how many messages wait in each lane', async () => {
      await bus.publish([routed(many, 1, 'a'), routed(many, 1, 'b'), routed(many, 3, 'c')]);
      await eventually('the depths are true', async () => {
        const depths = await bus.depths();
        expect(depths.filter(({ messages }) => messages > 0)).toEqual([
          { queue: laneName(many, 1), messages: 2 },
          { queue: laneName(many, 3), messages: 1 },
        ]);
        expect(depths).toHaveLength(5);
      });
    });
  });
}

import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connect } from 'amqplib';
import { accepted, createTestDatabase, eventually, type TestDatabase } from '../../testing/index.js';
import type { MessageBus } from '../bus/message-bus.js';
import { PostgresMessageBus } from '../bus/postgres/postgres-message-bus.js';
import { RabbitMessageBus } from '../bus/rabbit/rabbit-message-bus.js';
import { OutboxRelay } from '../outbox/outbox-relay.js';
import { Outbox } from '../outbox/outbox.js';
import { UnitOfWork } from '../outbox/unit-of-work.js';
import { LaneConsumer } from '../recovery/lane-consumer.js';
import { laneName, laneOf, type LaneQueue } from '../topology.js';
import { LaneGenerations } from './lane-generations.js';

const queue = 'orders.place-order';
const queuesOf = (lanes: number): readonly LaneQueue[] => [{ name: queue, messages: ['order.accepted.v1'], lanes }];
const onFailure = () => undefined;
const lost = { lookEveryMs: 50, settledWithinMs: 60_000 };

const keys = Array.from({ length: 400 }, (_, index) => `K-${index}`);
const found = (key: string | undefined): string => {
  if (key === undefined) throw new Error('No key is like that.');
  return key;
};

interface BusOnTrial {
  readonly name: string;
  readonly busOf: (queues: readonly LaneQueue[], prefix: string, databaseUrl: string) => MessageBus;
  readonly remove: (prefix: string) => Promise<void>;
}

function keepsOrder({ name, busOf, remove }: BusOnTrial) {
  describe(`Another number of lanes on ${name}`, () => {
    let database: TestDatabase;
    let prefix: string;
    let seen: string[];
    let gate: PromiseWithResolvers<true>;
    let held: string;
    let running: (() => Promise<void>)[];

    beforeAll(async () => {
      database = await createTestDatabase();
    });
    afterAll(() => database.drop());
    beforeEach(async () => {
      await database.clear();
      prefix = `test-${randomUUID()}.`;
      seen = [];
      gate = Promise.withResolvers();
      held = '';
      running = [];
    });
    afterEach(async () => {
      gate.resolve(true);
      for (const stop of running) await stop();
      await remove(prefix);
    });

    /** A process of the service, as it starts: `forgetful` does not know of the lanes before. */
    async function replica(
      lanes: number,
      { forgetful = false, relaysOnly = false } = {},
    ): Promise<() => Promise<void>> {
      const bus = busOf(queuesOf(lanes), prefix, database.url);
      const relay = new OutboxRelay(database.source, bus, { queues: queuesOf(lanes), pollMs: 10, lost, onFailure });
      const work = new UnitOfWork(database.source, relay);
      const generations = new LaneGenerations(database.source);
      await bus.start();
      await generations.begin(lanes);
      if (forgetful)
        await database.source.query('DELETE FROM lane_generations WHERE id < (SELECT max(id) FROM lane_generations)');
      const toRead = Math.max(lanes, ...(await generations.live()));
      const consumer = new LaneConsumer({
        bus,
        database: database.source,
        work,
        random: () => 0.5,
        onFault: onFailure,
      });
      if (!relaysOnly)
        await consumer.consumeEach(queue, { batchSize: 5, lanes: toRead }, async ({ key, site }) => {
          if (key === held) await gate.promise;
          seen.push(`${key}@${site}`);
        });
      relay.start();
      const stop = async () => {
        running = running.filter((one) => one !== stop);
        await relay.stop();
        await bus.close({ graceMs: 5_000 });
      };
      running.push(stop);
      return stop;
    }

    const put = (site: string, ...of: readonly string[]) =>
      database.source.transaction((tx) =>
        new Outbox().put(
          tx,
          of.map((key) => accepted(key, { site })),
        ),
      );
    const count = async (from: string) =>
      Number((await database.source.query<{ n: string }[]>(`SELECT count(*) AS n FROM ${from}`))[0]?.n);
    const settled = () =>
      eventually(
        'all is settled',
        async () => (await count('outbox_messages')) + (await count('waiting_messages')) === 0,
      );

    /** A key whose first message stands in a lane that is held up, and whose second one would go to a lane that is not. */
    function crossing(before: number, after: number): string {
      held = 'K-0';
      const lane = laneOf(held, before);
      return found(
        keys
          .slice(1)
          .find(
            (key) =>
              laneOf(key, before) === lane && laneOf(key, after) !== laneOf(held, after) && laneOf(key, after) !== lane,
          ),
      );
    }

    for (const [before, after] of [
      [8, 3],
      [8, 12],
    ] as const) {
      it(`keeps the order of each key while old and new replicas work side by side (${before} to ${after})`, async () => {
        const key = crossing(before, after);
        await replica(before);
        await put('first', held, ...keys);
        await eventually(
          'only what is held up is left',
          async () => seen.length > 0 && seen.length + (await count('outbox_messages')) === keys.length + 1,
        );
        expect(seen).not.toContain(`${key}@first`);
        await replica(after);
        await put('second', ...keys);
        await eventually(
          'the second of the key waits',
          async () => (await count(`waiting_messages WHERE key = '${key}'`)) === 1,
        );
        expect(seen).not.toContain(`${key}@second`);
        gate.resolve(true);
        await settled();
        for (const each of keys.slice(1))
          expect(seen.filter((one) => one.startsWith(`${each}@`))).toEqual([`${each}@first`, `${each}@second`]);
        await eventually('the change is over', async () => (await count('lane_generations')) === 1);
      });

      it(`lets messages overtake each other where nobody knows of the lanes before (${before} to ${after})`, async () => {
        const key = crossing(before, after);
        await replica(before);
        await put('first', held, key);
        await eventually(
          'the first is sent',
          async () => (await count('outbox_messages WHERE sent_at IS NOT NULL')) === 2,
        );
        await replica(after, { forgetful: true });
        await put('second', key);
        await eventually('the second comes first', () => seen.length > 0);
        expect(seen).toEqual([`${key}@second`]);
      });
    }

    it('reads the lanes that are no more until nothing is left in them', async () => {
      const stop = await replica(8, { relaysOnly: true });
      await put('first', ...keys);
      await eventually('all are sent', async () => (await count('outbox_messages WHERE sent_at IS NULL')) === 0);
      await stop();
      await replica(2);
      await put('second', ...keys);
      await settled();
      for (const key of keys)
        expect(seen.filter((one) => one.startsWith(`${key}@`))).toEqual([`${key}@first`, `${key}@second`]);
    });

    it('may be changed back while the change is under way', async () => {
      const key = crossing(8, 3);
      await replica(8);
      await put('first', held, key);
      await eventually('they are sent', async () => (await count('outbox_messages WHERE sent_at IS NOT NULL')) === 2);
      await replica(3);
      await put('second', key);
      await eventually('the second waits', async () => (await count(`waiting_messages WHERE key = '${key}'`)) === 1);
      await replica(8);
      await put('third', key);
      gate.resolve(true);
      await settled();
      expect(seen).toEqual([`${held}@first`, ...['first', 'second', 'third'].map((site) => `${key}@${site}`)]);
      await eventually('the changes are over', async () => (await count('lane_generations')) === 1);
    });
  });
}

keepsOrder({
  name: 'PostgreSQL',
  busOf: (queues, _prefix, connectionString) =>
    new PostgresMessageBus({ connection: { connectionString }, queues, pollMs: 50, onFailure }),
  remove: async () => undefined,
});

const broker = process.env.TANDEM_TEST_AMQP_URL;
if (broker === undefined) {
  describe('Another number of lanes on RabbitMQ', () => {
    it.skip('cannot be tried: no broker was found (set TANDEM_AMQP_URL, or TANDEM_TEST_INSTALL=1)', () => undefined);
  });
} else {
  keepsOrder({
    name: 'RabbitMQ',
    busOf: (queues, prefix) => new RabbitMessageBus({ url: broker, prefix, queues, onFailure }),
    remove: async (prefix) => {
      const operator = await connect(broker);
      const channel = await operator.createChannel();
      for (let lane = 0; lane < 12; lane += 1) await channel.deleteQueue(prefix + laneName(queue, lane));
      await channel.deleteExchange(`${prefix}lanes`);
      await operator.close();
    },
  });
}

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { laneName } from '@tandem/messaging';
import pg from 'pg';
import { seedCatalogue } from '../../golden/catalogue.js';
import type { GoldenCase } from '../../golden/golden-order.js';
import { tally, type Observation } from '../../golden/observer.js';
import { orderOfTurn, runName } from '../../golden/order-stream.js';
import { playOrder, type PlayedOrder } from '../../golden/play-order.js';
import { inSentences, settle } from '../../golden/settle.js';
import { freshDatabase, type FreshDatabase } from '../../support/environment/index.js';
import { eventually } from '../../support/eventually.js';
import { longestRests, type Handling } from './rests.js';
import { startReplicas, type Replicas } from './replicas.js';

const brokerUrl = process.env['TANDEM_TEST_AMQP_URL'];
const rounds = 2;
/** So many orders are placed between two restarts. */
const betweenRestarts = 4;

/** What a sender handed over, and when it was first handled; by the database's clock. Not what waited behind a message of its order that failed. */
const handlings = `
  SELECT t.queue, r.business_key AS key, extract(epoch FROM r.received_at) * 1000 AS "acceptedAt", extract(epoch FROM min(t.at)) * 1000 AS "handledAt"
  FROM message_archive r JOIN message_attempts t ON t.archive_id = r.id
  WHERE NOT EXISTS (
      SELECT FROM message_attempts f JOIN message_archive o ON o.id = f.archive_id
      WHERE f.queue = t.queue AND f.outcome <> 'done' AND o.business_key = r.business_key)
    AND r.direction = 'inbound' AND t.queue IN ('orders.submit-order', 'fulfillment.record-snapshot')
  GROUP BY t.queue, r.id`;
const handledAgain = `
  SELECT queue, message_id, count(*) AS times FROM message_attempts WHERE outcome = 'done' GROUP BY queue, message_id HAVING count(*) > 1`;

function taken(orders: readonly GoldenCase[], turn: number): GoldenCase {
  const order = orders[turn];
  if (order === undefined) throw new Error('There are not so many orders.');
  return order;
}

/** Each round changes it. */
const lanesOf = (round: number) => (round % 2 === 0 ? 12 : 5);

const doneBy = async ({ syncApi }: Replicas) => (await syncApi.summary()).archive.done;

function restartsOn(bus: string, amqpUrl: string | undefined) {
  describe(`Two replicas on ${bus}, told to stop one after the other, ${rounds} times, while orders come and live`, () => {
    let database: FreshDatabase | undefined;
    let replicas: Replicas | undefined;
    let seen: Observation | undefined;
    const ends: { readonly code: number | null; readonly signal: string | null }[] = [];
    /** How many messages came to their end while one replica was away. */
    const progress: number[] = [];
    const rows: { handlings: readonly Handling[]; again: readonly unknown[]; lanes?: number } = {
      handlings: [],
      again: [],
    };

    async function restart(running: Replicas, play: (turn: number) => Promise<PlayedOrder>) {
      const placed: Promise<PlayedOrder>[] = [];
      for (let round = 0; round < rounds; round += 1) {
        running.useLanes(lanesOf(round));
        for (const replica of running.all) {
          for (let order = 0; order < betweenRestarts; order += 1) placed.push(play(placed.length));
          await eventually(
            'they are being worked on',
            async () => {
              const { archive } = await running.syncApi.summary();
              return archive.received + archive.waiting > 0 && archive.done > 0 ? true : undefined;
            },
            { every: 20 },
          );
          const before = await doneBy(running);
          await replica.stop();
          ends.push(replica.ending);
          await replica.start();
          progress.push((await doneBy(running)) - before);
        }
      }
      return Promise.all(placed);
    }

    beforeAll(async () => {
      database = await freshDatabase();
      const running = await startReplicas({ databaseUrl: database.url, amqpUrl });
      replicas = running;
      const catalogue = await seedCatalogue(running.crm);
      const run = runName(new Date());
      // What people do in between they do when they see the order in a certain state, which a restart may let pass.
      const orders = Array.from({ length: 60 }, (_, turn) => orderOfTurn({ catalogue, run, paceMs: 200 }, turn)).filter(
        ({ acts }) => acts.length === 0,
      );
      const play = (turn: number) => playOrder(running, taken(orders, turn));
      seen = await settle(running, await restart(running, play), { within: 120_000 });
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      const own = await client.query<Handling>(handlings);
      const again = await client.query(handledAgain);
      const generation = await client.query<{ lanes: number }>(
        'SELECT lanes FROM lane_generations ORDER BY id DESC LIMIT 1',
      );
      await client.end();
      const inNumbers = own.rows.map((row) => ({
        ...row,
        acceptedAt: Number(row.acceptedAt),
        handledAt: Number(row.handledAt),
      }));
      Object.assign(rows, { handlings: inNumbers, again: again.rows, lanes: generation.rows[0]?.lanes });
    }, 300_000);

    afterAll(async () => {
      await replicas?.stop();
      await database?.drop();
    }, 60_000);

    it('end in time and in order, each time', () => {
      expect(ends).toEqual(Array.from({ length: 2 * rounds }, () => ({ code: 0, signal: null })));
    });

    it('leave nothing undone and nothing done twice at either far side', () => {
      if (seen === undefined) throw new Error('The orders were not played.');
      const { orders, converged, lost, parked, duplicateEffects } = tally(seen);
      expect({ converged, lost, parked, duplicateEffects, because: inSentences(seen) }).toEqual({
        ...{ converged: orders, lost: 0, parked: 0, duplicateEffects: 0, because: '' },
      });
    });

    it('finish what they have in hand, so that no message is handled a second time', () => {
      expect(rows.handlings.length).toBeGreaterThan(8 * betweenRestarts);
      expect(rows.again).toEqual([]);
    });

    it('have another number of lanes after each round', () => {
      expect(rows.lanes).toBe(lanesOf(rounds - 1));
    });

    it('read the lanes that there are, and those that are no more not any longer', async () => {
      const readers = async (lane: number) => (await replicas?.readersOf(laneName('orders.place-order', lane))) ?? 0;
      await eventually('the others are left', async () => ((await readers(11)) === 0 ? true : undefined));
      expect(await readers(4)).toBeGreaterThan(0);
    });

    it('let no lane rest for long', () => {
      const rests = longestRests(rows.handlings);
      process.stdout.write(
        `Longest rest of a lane on ${bus}: ${rests
          .slice(0, 3)
          .map(({ lane, ms }) => `${lane} ${ms} ms`)
          .join(', ')}\n`,
      );
      expect(rests.length).toBeGreaterThan(8);
      expect(progress.filter((ended) => ended > 0)).toHaveLength(2 * rounds);
    });
  });
}

restartsOn('PostgreSQL', undefined);

if (brokerUrl === undefined) {
  describe('Two replicas on RabbitMQ, told to stop', () => {
    it.skip('cannot be tried: no broker was found (set TANDEM_AMQP_URL, or TANDEM_TEST_INSTALL=1)', () => undefined);
  });
} else {
  restartsOn('RabbitMQ', brokerUrl);
}

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedCatalogue } from '../golden/catalogue.js';
import { tally, type Observation } from '../golden/observer.js';
import { eachOnce, runName } from '../golden/order-stream.js';
import { goldenOrders } from '../golden/orders/index.js';
import { playOrder } from '../golden/play-order.js';
import { inSentences, settle } from '../golden/settle.js';
import { goldenSites } from '../golden/sites.js';
import { freshDatabase, type FreshDatabase } from '../support/environment/index.js';
import type { ChaosSwitches } from '../support/stack/oms-shapes.js';
import { startStack, type Stack } from '../support/stack/start-stack.js';

/** Milliseconds within which copies of a message are shuffled; a release proves it with 60000. */
const shuffleMs = Number(process.env['TANDEM_TEST_SHUFFLE_MS'] ?? 8000);
const brokerUrl = process.env['TANDEM_TEST_AMQP_URL'];
const ids = goldenOrders.map(({ id, title }) => [id, title] as const);

const soldAt = (id: string) =>
  goldenSites.filter((site) => goldenOrders.some((order) => order.id === id && order.sold(site))).length;

function goldenOrdersOn(bus: string, amqpUrl: string | undefined, chaos: ChaosSwitches, paceMs: number) {
  const shuffled = chaos.shuffleWithinMs ?? 0;

  describe(`The golden orders on ${bus}`, () => {
    let database: FreshDatabase | undefined;
    let stack: Stack | undefined;
    let seen: Observation | undefined;

    beforeAll(
      async () => {
        database = await freshDatabase();
        stack = await startStack({ databaseUrl: database.url, amqpUrl, chaos });
        const running = stack;
        const catalogue = await seedCatalogue(running.crm);
        const cases = eachOnce({ catalogue, run: runName(new Date()), paceMs });
        const played = await Promise.all(cases.map((order) => playOrder(running, order)));
        seen = await settle(running, played, { within: 60_000 + 3 * shuffled });
      },
      150_000 + 3 * shuffled,
    );

    afterAll(async () => {
      await stack?.stop();
      await database?.drop();
    }, 60_000);

    const ended = (): Observation => {
      if (seen === undefined) throw new Error('The orders were not played.');
      return seen;
    };

    it.each(ids)('%s (%s) ends alike on both sides, with its whole history and money to the cent', (id) => {
      const verdicts = ended().orders.flatMap(({ verdict }) => (verdict.shape === id ? [verdict] : []));
      expect(verdicts).toHaveLength(soldAt(id));
      expect(verdicts.flatMap(({ number, differences }) => differences.map((what) => `${number}: ${what}`))).toEqual(
        [],
      );
    });

    it('have each effect once: one order, one write for each changed field set', () => {
      expect(ended().orders.flatMap(({ verdict }) => verdict.duplicateEffects)).toEqual([]);
      expect(ended().strays).toEqual([]);
    });

    if (shuffled > 0) {
      it('were really told repeatedly and out of order', () => {
        expect(ended().summary?.archive.duplicate).toBeGreaterThan(0);
        const history = ended().orders.flatMap(({ evidence }) => evidence.crm.history);
        expect(history.filter((entry) => entry['Late__c'] === true)).not.toHaveLength(0);
      });
    }

    it('leave nothing parked and nothing lost', () => {
      const { parked, lost } = tally(ended());
      expect({ parked, lost, because: inSentences(ended()) }).toEqual({ parked: 0, lost: 0, because: '' });
    });
  });
}

goldenOrdersOn('the bus that is kept on PostgreSQL', undefined, {}, 200);

goldenOrdersOn(
  `PostgreSQL, every publish three times and shuffled over ${shuffleMs} ms`,
  undefined,
  { copies: 3, shuffleWithinMs: shuffleMs },
  200,
);

if (brokerUrl === undefined) {
  describe('The golden orders on RabbitMQ', () => {
    it.skip('cannot be played: no broker was found (set TANDEM_AMQP_URL, or TANDEM_TEST_INSTALL=1)', () => undefined);
  });
} else {
  goldenOrdersOn('RabbitMQ', brokerUrl, {}, 200);
  goldenOrdersOn(
    `RabbitMQ, every publish three times and shuffled over ${shuffleMs} ms`,
    brokerUrl,
    { copies: 3, shuffleWithinMs: shuffleMs },
    200,
  );
}

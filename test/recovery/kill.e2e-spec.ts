import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedCatalogue } from '../golden/catalogue.js';
import { tally, type Observation } from '../golden/observer.js';
import { orderOfTurn, runName } from '../golden/order-stream.js';
import { playOrder } from '../golden/play-order.js';
import { inSentences, settle } from '../golden/settle.js';
import { freshDatabase, type FreshDatabase } from '../support/environment/index.js';
import { eventually } from '../support/eventually.js';
import { seededRandom } from '../support/seeded-random.js';
import { startStack, type Stack } from '../support/stack/start-stack.js';

/** Chooses the instants; printed in the titles, so that a failed run can be played again. */
const seed = Number(process.env['TANDEM_TEST_SEED'] ?? Date.now() % 100_000);
const kills = Number(process.env['TANDEM_TEST_KILLS'] ?? 4);
const orders = 20;
/** All kills happen before this many effects: fewer than the orders have in all, even when writes are coalesced. */
const killsBefore = 20 * orders;
const brokerUrl = process.env['TANDEM_TEST_AMQP_URL'];

/** Effects at both far sides so far: the measure of how far the work has come. */
const effects = async ({ oms, crm }: Stack): Promise<number> =>
  (await oms.writes()).effective.length + (await crm.writes()).effective.length;

/** Kills sync-api again and again, each time at a seeded number of effects, wherever in its work it then is. */
async function killInTheMiddle(stack: Stack): Promise<number> {
  const random = seededRandom(seed);
  let killed = 0;
  for (; killed < kills; killed += 1) {
    const mark = Math.floor(((killed + random()) / kills) * killsBefore);
    await eventually(`${mark} effects`, async () => ((await effects(stack)) >= mark ? true : undefined), { every: 15 });
    await stack.killSyncApi('SIGKILL');
    await stack.startSyncApi();
  }
  return killed;
}

function survivesOn(bus: string, amqpUrl: string | undefined) {
  describe(`sync-api on ${bus}, killed ${kills} times while ${orders} orders come and live (seed ${seed})`, () => {
    let database: FreshDatabase | undefined;
    let stack: Stack | undefined;
    let seen: Observation | undefined;
    let killed = 0;
    let doneBefore = 0;

    beforeAll(async () => {
      database = await freshDatabase();
      const running = await startStack({ databaseUrl: database.url, amqpUrl });
      stack = running;
      const catalogue = await seedCatalogue(running.crm);
      const run = runName(new Date());
      const playing = Promise.all(
        Array.from({ length: orders }, (_, turn) =>
          playOrder(running, orderOfTurn({ catalogue, run, paceMs: 300 + 100 * turn }, turn)),
        ),
      );
      killed = await killInTheMiddle(running);
      doneBefore = await effects(running);
      seen = await settle(running, await playing, { within: 120_000 });
    }, 300_000);

    afterAll(async () => {
      await stack?.stop();
      await database?.drop();
    }, 60_000);

    const ended = (): Observation => {
      if (seen === undefined) throw new Error('The orders were not played.');
      return seen;
    };

    it('was really killed, and before its work was done', () => {
      const all = ended().orders.flatMap(({ evidence }) => [...evidence.oms.writes, ...evidence.crm.writes]);
      expect(killed).toBe(kills);
      expect(doneBefore).toBeGreaterThan(0);
      expect(all.length).toBeGreaterThan(doneBefore);
    });

    it('brings every order to its end, with its whole history', () => {
      const { converged, lost, parked } = tally(ended());
      expect({ converged, lost, parked, because: inSentences(ended()) }).toEqual({
        converged: orders,
        lost: 0,
        parked: 0,
        because: '',
      });
    });

    it('has no effect twice at either far side', () => {
      expect(ended().orders.flatMap(({ verdict }) => verdict.duplicateEffects)).toEqual([]);
      expect(ended().strays).toEqual([]);
    });
  });
}

survivesOn('PostgreSQL', undefined);

if (brokerUrl === undefined) {
  describe('sync-api on RabbitMQ, killed', () => {
    it.skip('cannot be tried: no broker was found (set TANDEM_AMQP_URL, or TANDEM_TEST_INSTALL=1)', () => undefined);
  });
} else {
  survivesOn('RabbitMQ', brokerUrl);
}

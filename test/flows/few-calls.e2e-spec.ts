import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedCatalogue, type Catalogue } from '../golden/catalogue.js';
import { isQuiet } from '../golden/observer.js';
import { g01 } from '../golden/orders/g01-guest-one-line.js';
import { runName } from '../golden/order-stream.js';
import { playOrder, type PlayedOrder } from '../golden/play-order.js';
import { goldenSites } from '../golden/sites.js';
import { freshDatabase, type FreshDatabase } from '../support/environment/index.js';
import { eventually } from '../support/eventually.js';
import type { CountedCalls } from '../support/stack/crm-twin.js';
import type { LifeStep } from '../support/stack/oms-shapes.js';
import { startStack, type Stack } from '../support/stack/start-stack.js';

const orders = 200;
const steps = ['allocate', 'release', 'pick', 'pack', 'ship'] as const;
const updates = orders * steps.length;
/** All updates are told within ten seconds. */
const paceMs = 9_500 / (steps.length - 1);
/** Orders are placed a few at a time, so that each is confirmed soon, and begin to live together after so many milliseconds. */
const together = 20;
const placedWithinMs = 45_000;
/** A machine that does not keep up with the usual 80 a second would see no load in this. */
const loadFrom = 20;

const [site] = goldenSites;
if (!site) throw new Error('There is no golden site.');

/** Writes of records go by composite calls, and so does the reading of an order: that one finds records, and writes none. */
const writeCalls = (calls: readonly CountedCalls[]) =>
  calls
    .filter(({ method, resource }) => method !== 'GET' && /^\/(composite|sobjects|jobs)/.test(resource))
    .reduce((sum, one) => sum + one.calls, 0);

describe('What the CRM is told costs few of its calls', () => {
  let database: FreshDatabase | undefined;
  let stack: Stack | undefined;
  const running = (): Stack => {
    if (!stack) throw new Error('The stack did not start.');
    return stack;
  };

  const orderOf = async ({ crmOrderId }: PlayedOrder) =>
    (await running().crm.records('Order', { field: 'Id', value: crmOrderId }))[0];
  const shown = async (status: string) =>
    (await running().crm.records('Order', { field: 'OMS_Status__c', value: status })).length;
  const quiet = async () => ((await isQuiet(running())) ? true : undefined);
  const written = async () => {
    const [calls, writes] = await Promise.all([running().crm.calls(), running().crm.writes()]);
    return { calls: writeCalls(calls), writes: writes.effective };
  };

  let catalogue: Catalogue | undefined;
  const place = async (suffix: string, turn: number, life: readonly LifeStep[]) => {
    if (!catalogue) throw new Error('The catalogue was not seeded.');
    const order = g01.place({ site, suffix, turn, catalogue, paceMs, now: Date.now() });
    const played = await playOrder(running(), { ...order, life });
    await eventually(
      'the order is submitted',
      async () => ((await orderOf(played))?.['OMS_Status__c'] ? true : undefined),
      {
        every: 250,
      },
    );
    return played;
  };

  beforeAll(async () => {
    database = await freshDatabase();
    stack = await startStack({ databaseUrl: database.url, loadFrom });
    catalogue = await seedCatalogue(stack.crm);
  }, 120_000);

  afterAll(async () => {
    await stack?.stop();
    await database?.drop();
  }, 60_000);

  it(`${updates} updates of orders within ten seconds take at most 1.3 × ${updates}/200 × the object types they touch`, async () => {
    const run = runName(new Date());
    const begin = Date.now() + placedWithinMs;
    for (let turn = 0; turn < orders; turn += together) {
      const lives = Array.from({ length: together }, () =>
        steps.map((step, index) => ({ do: step, after: index === 0 ? Math.max(begin - Date.now(), 0) : paceMs })),
      );
      await Promise.all(lives.map((life, index) => place(`${run}-${turn + index}`, turn + index, life)));
    }
    const before = await written();
    expect(Date.now()).toBeLessThan(begin);

    await eventually('all are shipped', async () => ((await shown('shipped')) >= orders ? true : undefined), {
      within: 90_000,
      every: 500,
    });
    await eventually('nothing is left to write', quiet);
    const after = await written();
    const writes = after.writes.slice(before.writes.length);
    const calls = after.calls - before.calls;
    const types = new Set(writes.map(({ object }) => object)).size;
    const told = (await running().oms.writes()).effective.filter(({ by }) => by === 'life');
    const overMs = Date.parse(told.at(-1)?.at ?? '') - Date.parse(told[0]?.at ?? '');
    process.stdout.write(
      `${told.length} updates in ${overMs} ms; ${writes.length} records of ${types} types; ${calls} calls.\n`,
    );
    expect(told).toHaveLength(updates);
    expect(calls).toBeLessThanOrEqual((updates / 200) * types * 1.3);
  }, 240_000);

  it('an order that changes while nothing else happens takes one call', async () => {
    const alone = await place(`${runName(new Date())}-A`, 1, [{ do: 'hold', after: 4_000, holdTypeId: 'FRAUD' }]);
    // What the OMS said of it when it was submitted is told by a call of its own, soon after.
    await eventually('nothing is left to write', quiet);
    const before = await written();
    await eventually('the hold is shown', async () => ((await orderOf(alone))?.['OMS_Holds__c'] ? true : undefined));
    expect((await written()).calls - before.calls).toBe(1);
  });
});

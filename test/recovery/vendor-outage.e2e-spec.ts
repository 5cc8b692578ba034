import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectDatabase } from '@tandem/sync-api';
import { seedCatalogue } from '../golden/catalogue.js';
import { g01 } from '../golden/orders/g01-guest-one-line.js';
import { runName } from '../golden/order-stream.js';
import { playOrder } from '../golden/play-order.js';
import { goldenSites } from '../golden/sites.js';
import { freshDatabase, type FreshDatabase } from '../support/environment/index.js';
import { eventually } from '../support/eventually.js';
import { startStack, type Stack } from '../support/stack/start-stack.js';

interface FarSides {
  readonly down: readonly { readonly site: string; readonly farSide: string; readonly probes: number }[];
}

const orders = 40;
/** By then the first rungs of every ladder would be used up. */
const probes = 4;

describe(`An OMS that answers 500 to everything while ${orders} orders come`, () => {
  let database: FreshDatabase | undefined;
  let stack: Stack | undefined;
  const placed: string[] = [];
  const running = (): Stack => {
    if (!stack) throw new Error('The stack did not start.');
    return stack;
  };
  const down = async () => {
    const health = (await running().syncApi.health()) as { readonly details?: { readonly farSides?: FarSides } };
    return health.details?.farSides?.down;
  };
  const atOms = async () => {
    const found = await Promise.all(placed.map((number) => running().oms.order(number)));
    return found.filter((order) => order !== undefined).length;
  };

  beforeAll(async () => {
    database = await freshDatabase();
    stack = await startStack({ databaseUrl: database.url });
    const { crm, oms } = stack;
    const catalogue = await seedCatalogue(crm);
    const [site] = goldenSites;
    if (!site) throw new Error('There is no golden site.');
    await oms.setChaos({ status5xxRatio: 1 });
    const run = runName(new Date());
    for (let turn = 0; turn < orders; turn += 1) {
      const order = g01.place({ site, suffix: `${run}-${turn}`, turn, catalogue, paceMs: 50, now: Date.now() });
      await playOrder(stack, { ...order, life: [] });
      placed.push(order.number);
    }
  }, 120_000);

  afterAll(async () => {
    await stack?.stop();
    await database?.drop();
  }, 60_000);

  it('is seen to be down, and shown where operators look', async () => {
    const outage = await eventually(
      'it is probed',
      async () => {
        const [first] = (await down()) ?? [];
        return first && first.probes >= probes ? first : undefined;
      },
      { within: 90_000 },
    );
    expect(outage).toMatchObject({ site: goldenSites[0]?.id, farSide: 'oms' });
    expect(await atOms()).toBe(0);
  }, 120_000);

  it('gets every order once it is back, though hardly an attempt was counted', async () => {
    await running().oms.setChaos({ status5xxRatio: 0 });
    const since = Date.now();
    await eventually('all are placed', async () => ((await atOms()) === orders ? true : undefined), { within: 60_000 });
    process.stdout.write(
      `All ${orders} orders were placed ${(Date.now() - since) / 1_000} s after the OMS was back.\n`,
    );
    await eventually('it is no longer down', async () => ((await down())?.length === 0 ? true : undefined));
    const source = await connectDatabase(database?.url ?? '');
    const counted = await source.query<{ outcome: string; n: number }[]>(
      `SELECT outcome, count(*)::int AS n FROM message_attempts WHERE outcome IN ('retry', 'parked') GROUP BY outcome`,
    );
    await source.destroy();
    expect(counted.filter(({ outcome, n }) => outcome === 'parked' || n >= orders)).toEqual([]);
  }, 120_000);
});

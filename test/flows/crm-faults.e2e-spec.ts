import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedCatalogue } from '../golden/catalogue.js';
import type { GoldenCase } from '../golden/golden-order.js';
import { tally, type Observation } from '../golden/observer.js';
import { runName } from '../golden/order-stream.js';
import { goldenOrder, shippedInOneParcel } from '../golden/place-order.js';
import { playOrder, type PlayedOrder } from '../golden/play-order.js';
import { inSentences, settle } from '../golden/settle.js';
import { goldenSites } from '../golden/sites.js';
import { freshDatabase, type FreshDatabase } from '../support/environment/index.js';
import { eventually } from '../support/eventually.js';
import { startStack, type Stack } from '../support/stack/start-stack.js';

const orders = 100;
const together = 25;
/** Fewer than 500, since we make fewer calls in all. */
const expireEvery = 50;
/** A channel for accounts, one for contacts, one for orders, one for what agents ask. */
const channels = 4;
const stations = ['open', 'allocated', 'released', 'in-process', 'picked', 'packed', 'shipped', 'delivered'];
/** Of records, as the CRM counts them. */
const changes = 2_000;

/** An order that changes eight times. */
const busy = goldenOrder({
  id: 'F01',
  title: 'one line, told of at every station',
  registered: false,
  basket: { items: [{ product: 'kettle', quantity: 1 }] },
  life: ({ parcel }) => [
    ...(['allocate', 'release', 'process', 'pick', 'pack'] as const).map((step) => ({ do: step })),
    { do: 'ship', package: parcel(1) },
    { do: 'deliver' },
  ],
  ending: (order) => ({
    ...shippedInOneParcel({ 1: 1 })(order),
    status: 'delivered',
    lines: { 1: { delivered: 1 } },
    orderHistory: stations,
    lineHistory: { 1: stations.map((station) => `1 ${station}`) },
  }),
});

const [site] = goldenSites;
if (!site) throw new Error('There is no golden site.');

describe(`Over ${changes} changes, while the CRM locks records, ends sessions (401), refuses all calls for 20 s and loses a cursor`, () => {
  let database: FreshDatabase | undefined;
  let stack: Stack | undefined;
  let seen: Observation | undefined;
  let fired: Readonly<Record<string, number>> = {};

  const play = async (running: Stack, cases: readonly GoldenCase[]) => {
    const played: PlayedOrder[] = [];
    for (let from = 0; from < cases.length; from += together) {
      played.push(...(await Promise.all(cases.slice(from, from + together).map((order) => playOrder(running, order)))));
    }
    return played;
  };

  beforeAll(async () => {
    database = await freshDatabase();
    const running = await startStack({ databaseUrl: database.url, crmEvents: true });
    stack = running;
    const { crm } = running;
    await eventually('all channels are listened to', async () =>
      (await crm.listeners()) === channels ? true : undefined,
    );
    const catalogue = await seedCatalogue(crm);
    const run = runName(new Date());
    const cases = Array.from({ length: orders }, (_, turn) =>
      busy.place({ site, suffix: `${run}-${turn}`, turn, catalogue, paceMs: 1_000, now: Date.now() }),
    );
    const since = Date.now();
    const note = (what: string) => process.stdout.write(`${Math.round((Date.now() - since) / 100) / 10} s: ${what}\n`);
    await crm.setChaos({ rowLockRatio: 0.05, expireEvery });
    const played = await play(running, cases);
    await eventually('all orders are placed', async () =>
      (await crm.records('Order')).every((order) => order['OMS_Order_Ref__c']) ? true : undefined,
    );
    note('all orders are placed');
    await running.killSyncApi('SIGKILL');
    await crm.setChaos({ limitForMs: 20_000, corruptedCursors: 1 });
    await running.startSyncApi();
    const delivered = async () => (await crm.records('Order', { field: 'OMS_Status__c', value: 'delivered' })).length;
    await eventually('nearly all is shown', async () => ((await delivered()) > orders * 0.9 ? true : undefined), {
      within: 150_000,
      every: 500,
    });
    note('nearly all is shown');
    await crm.setChaos({ rowLockRatio: 0, expireEvery: 0 });
    await eventually('all is shown', async () => ((await delivered()) >= orders ? true : undefined), {
      within: 90_000,
    });
    note('all is shown');
    seen = await settle(running, played, { within: 120_000, every: 1_000 });
    note('nothing moves');
    fired = await crm.fired();
  }, 300_000);

  afterAll(async () => {
    await stack?.stop();
    await database?.drop();
  }, 60_000);

  const ended = (): Observation => {
    if (!seen) throw new Error('The orders were not played.');
    return seen;
  };

  it('really meet each of these faults', () => {
    process.stdout.write(`Faults: ${JSON.stringify(fired)}\n`);
    for (const name of ['rowLockRatio', 'expireEvery', 'requestLimitExceeded', 'corruptedCursors']) {
      expect({ name, fired: fired[name] ?? 0 }).not.toEqual({ name, fired: 0 });
    }
  });

  it('converge, with nothing lost and nothing parked', () => {
    const { converged, lost, parked } = tally(ended());
    expect({ converged, lost, parked, because: inSentences(ended()).slice(0, 2_000) }).toEqual({
      converged: orders,
      lost: 0,
      parked: 0,
      because: '',
    });
  });

  it('have no effect twice at either far side', () => {
    const { duplicateEffects, effects } = tally(ended());
    process.stdout.write(`${effects} effects, ${duplicateEffects} of them twice.\n`);
    const inTheCrm = ended().orders.reduce((sum, { evidence }) => sum + evidence.crm.writes.length, 0);
    expect(inTheCrm).toBeGreaterThan(changes);
    expect(duplicateEffects).toBe(0);
  });
});

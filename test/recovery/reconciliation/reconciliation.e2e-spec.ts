import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '../../support/environment/index.js';
import { eventually } from '../../support/eventually.js';
import { startStack, type Stack } from '../../support/stack/start-stack.js';
import { ManyOrders, type ManyOrder } from './many-orders.js';
import { NEVER_AT_OMS, PLANTED, type Told } from './planted.js';

const ORDERS = 10_000;
const OF_EACH_CLASS = 10;
const AT_ONCE = 500;
const SITE = 'aurora-us';

interface Report {
  readonly id: string;
  readonly state: string;
  readonly compared: { readonly oms: number; readonly ledger: number; readonly crm: number };
  readonly differences: { readonly found: number; readonly orders: number; readonly byRepair: Record<string, number> };
  readonly repaired: number;
}

type Difference = Told & { readonly orderNumber: string; readonly position: number };

const numbers = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`);
const partsOf = <T>(all: readonly T[]) =>
  Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, part) => all.slice(part * AT_ONCE, (part + 1) * AT_ONCE));

describe(`Reconciling ${ORDERS} orders`, () => {
  let database: FreshDatabase | undefined;
  let running: Stack | undefined;
  let many: ManyOrders | undefined;
  const planted: (Told & { readonly orderNumber: string })[] = [];

  const stack = (): Stack => {
    if (!running) throw new Error('The stack did not start.');
    return running;
  };

  const settled = (shown: number) =>
    eventually(
      `${shown} orders shown in the CRM`,
      async () => {
        const [now, { outbox }] = await Promise.all([many?.shown(), stack().syncApi.summary()]);
        return now === shown && outbox.waiting === 0 ? now : undefined;
      },
      { within: 600_000, every: 1_000 },
    );

  async function reconciled(apply: boolean): Promise<Report> {
    const [from, to] = [-1, 1].map((hours) => new Date(Date.now() + hours * 3_600_000).toISOString());
    const path = `/v1/sites/${SITE}/reconciliations`;
    const asked = await stack().syncApi.post(path, { from, to, apply, settleSeconds: 1 }, `${Math.random()}`);
    expect(asked.status).toBe(202);
    const { id } = asked.body as Report;
    return eventually(
      'the reconciliation is complete',
      async () => {
        const report = (await stack().syncApi.get(`${path}/${id}`)).body as Report;
        return report.state === 'complete' || report.state === 'failed' ? report : undefined;
      },
      { within: 600_000, every: 500 },
    );
  }

  async function differencesOf({ id }: Report): Promise<readonly Difference[]> {
    const answer = await stack().syncApi.get(`/v1/sites/${SITE}/reconciliations/${id}/differences`);
    return (answer.body as { differences: readonly Difference[] }).differences;
  }

  beforeAll(async () => {
    database = await freshDatabase();
    running = await startStack({ databaseUrl: database.url });
    many = await ManyOrders.at(database.url, running);
  }, 120_000);

  afterAll(async () => {
    await many?.close();
    await running?.stop();
    await database?.drop();
  }, 60_000);

  it('begins with orders that are the same on all three sides, but for those that somebody touched', async () => {
    const orders: ManyOrder[] = [];
    await stack().oms.setChaos({ dropRatio: 1 });
    for (const part of partsOf(numbers('R', ORDERS - OF_EACH_CLASS))) {
      orders.push(...((await many?.placed(part)) ?? []));
    }
    await settled(orders.length);

    const untold = (await many?.believedPlaced(numbers('N', OF_EACH_CLASS))) ?? [];
    await settled(ORDERS);
    planted.push(...untold.map(({ number }) => ({ ...NEVER_AT_OMS, orderNumber: number })));
    for (const [index, { plant, ...told }] of PLANTED.entries()) {
      // Spread over the whole window.
      const chosen = Array.from({ length: OF_EACH_CLASS }, (_, turn) => orders[turn * 900 + index * 7]);
      for (const order of chosen) {
        if (!order) throw new Error('There are too few orders.');
        await plant(stack(), order);
        planted.push({ ...told, orderNumber: order.number });
      }
    }
  }, 1_800_000);

  it('finds exactly what was planted, and a dry run shows its repair and writes nothing', async () => {
    const before = await stack().crm.writes();
    const report = await reconciled(false);
    const found = (await differencesOf(report)).map(({ orderNumber, class: what, behind, field, repair }) => ({
      ...{ orderNumber, class: what, behind, field, repair },
    }));
    const sorted = (all: readonly object[]) => all.map((one) => JSON.stringify(one, Object.keys(one).sort())).sort();
    expect(sorted(found)).toEqual(sorted(planted));
    expect(report).toMatchObject({
      compared: { oms: ORDERS - OF_EACH_CLASS, ledger: ORDERS, crm: ORDERS },
      differences: { found: 100, orders: 100, byRepair: { 're-send': 80, pull: 10, 'place-again': 10 } },
      repaired: 0,
    });
    process.stdout.write(`${found.length} differences of ${new Set(planted.map((one) => one.class)).size} classes.\n`);
    expect((await stack().crm.writes()).counts.effective).toBe(before.counts.effective);
  }, 900_000);

  it('repairs them, each by the least that makes it go, and a second run finds none', async () => {
    await stack().oms.setChaos({ dropRatio: 0 });
    const before = (await stack().crm.writes()).effective.length;
    expect(await reconciled(true)).toMatchObject({ differences: { found: 100 }, repaired: 100 });
    await settled(ORDERS);
    const written = (await stack().crm.writes()).effective.slice(before);
    // Seven classes are one field of one record each; whole orders are told of where the OMS knows better, or has them anew.
    const oneField = written.filter(({ kind, changes }) => kind === 'update' && Object.keys(changes).length === 1);
    expect(oneField).toHaveLength(7 * OF_EACH_CLASS);
    expect(written.length).toBeLessThan(300);
    expect(await reconciled(false)).toMatchObject({
      compared: { oms: ORDERS, ledger: ORDERS, crm: ORDERS },
      differences: { found: 0 },
    });
  }, 1_800_000);
});

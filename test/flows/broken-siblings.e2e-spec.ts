import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BROKEN_ENTRIES, BROKEN_PUBLISHES, BROKEN_SIBLINGS } from '../golden/broken-siblings.js';
import { seedCatalogue } from '../golden/catalogue.js';
import type { GoldenCase } from '../golden/golden-order.js';
import type { Observation } from '../golden/observer.js';
import { eachOnce, runName } from '../golden/order-stream.js';
import { goldenOrders } from '../golden/orders/index.js';
import { playOrder, type PlayedOrder } from '../golden/play-order.js';
import { settle } from '../golden/settle.js';
import { freshDatabase, type FreshDatabase } from '../support/environment/index.js';
import { eventually } from '../support/eventually.js';
import { startStack, type Stack } from '../support/stack/start-stack.js';

/** Reasons that golden orders are given; where a site names its reasons, another one is unknown. */
const reasons = ['1000.000', '2000.000', 'FulfillmentSystemShorted'];

interface Followed {
  readonly state: string;
  readonly code: string;
  readonly violations: readonly { readonly field: string; readonly rule: string }[];
}

type Table<Kinds extends object> = readonly (readonly [id: string, kind: keyof Kinds & string])[];
const rowsOf = <Kinds extends object>(kinds: Kinds): Table<Kinds> =>
  Object.entries(BROKEN_SIBLINGS).flatMap(([id, kind]) =>
    Object.keys(kinds).flatMap((known) => (known === kind ? [[id, known as keyof Kinds & string] as const] : [])),
  );
const entered = rowsOf(BROKEN_ENTRIES);
const told = rowsOf(BROKEN_PUBLISHES);

describe('The broken sibling of each golden order', () => {
  let database: FreshDatabase | undefined;
  let stack: Stack | undefined;
  let folder = '';
  const cases = new Map<string, GoldenCase>();
  const played = new Map<string, PlayedOrder>();
  let before: Observation | undefined;

  const running = (): Stack => {
    if (!stack) throw new Error('The stack did not start.');
    return stack;
  };
  const present = <T>(what: string, value: T | undefined): T => {
    if (value === undefined) throw new Error(`There is no ${what}.`);
    return value;
  };
  const parked = async () => (await running().syncApi.summary()).parked;
  const writes = async () => (await running().crm.writes()).counts.effective;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tandem-sites-'));
    await cp('config', folder, { recursive: true });
    for (const file of ['aurora-us.yaml', 'boreal-eu.yaml']) {
      const path = join(folder, 'sites', file);
      const named = `\noms:\n  reasons: [${reasons.map((id) => `'${id}'`).join(', ')}]\n`;
      await writeFile(path, (await readFile(path, 'utf8')).replace('\noms:\n', named));
    }
    database = await freshDatabase();
    const started = await startStack({ databaseUrl: database.url, sitesFolder: join(folder, 'sites') });
    stack = started;
    const catalogue = await seedCatalogue(started.crm);
    for (const order of eachOnce({ catalogue, run: runName(new Date()), paceMs: 100 })) {
      if (!cases.has(order.shape)) cases.set(order.shape, order);
    }
    await Promise.all(told.map(async ([id]) => played.set(id, await playOrder(started, present(id, cases.get(id))))));
    before = await settle(started, [...played.values()], { within: 60_000 });
  }, 150_000);

  afterAll(async () => {
    await stack?.stop();
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  it('is there for every golden order', () => {
    expect(Object.keys(BROKEN_SIBLINGS).sort()).toEqual(goldenOrders.map(({ id }) => id).sort());
    expect(present('observation', before).orders.filter(({ verdict }) => !verdict.converged)).toEqual([]);
  });

  it.each(entered)('of %s, with %s, is parked before the OMS hears of it', async (id, kind) => {
    const { change, rule } = BROKEN_ENTRIES[kind];
    const { records, site, number } = present(id, cases.get(id));
    const { order: crmOrderId = '' } = await running().crm.seed([...change(records)]);
    const shown = await writes();
    expect((await running().syncApi.submit(site.id, crmOrderId, `broken-${id}`)).status).toBe(202);
    const status = await eventually(`${id} is parked`, async () => {
      const body = (await running().syncApi.follow(site.id, crmOrderId)).body as Followed;
      return body.state === 'parked' ? body : undefined;
    });
    expect(status.code).toBe('order.refused');
    expect(status.violations.map(({ field, rule: broken }) => `${field} ${broken}`)).toContain(rule);
    expect(await running().oms.order(number)).toBeUndefined();
    expect(await writes()).toBe(shown);
  });

  it.each(told)(
    'of %s, told with %s, is parked with its sentence, and the order stays what it was',
    async (id, kind) => {
      const { tell, code, sentence } = BROKEN_PUBLISHES[kind];
      const { expected } = present(id, played.get(id));
      const order = present(`order ${expected.number}`, await running().oms.order(expected.number));
      const [known, shown] = [await parked(), await writes()];
      expect((await running().syncApi.push(JSON.stringify({ ...order, ...tell(order) }))).status).toBe(202);
      const [newest] = await eventually(`${id} is parked`, async () => {
        const now = await parked();
        return now.length > known.length ? now : undefined;
      });
      expect(newest).toMatchObject({ code, sentence: expect.stringMatching(sentence) });
      expect(await writes()).toBe(shown);
    },
  );

  it('leaves every order in the CRM as its golden order ends', async () => {
    const after = await settle(running(), [...played.values()], { within: 30_000 });
    const wrong = after.orders.flatMap(({ verdict }) =>
      verdict.differences.map((what) => `${verdict.number}: ${what}`),
    );
    expect(wrong).toEqual([]);
    expect(after.summary?.parked).toHaveLength(entered.length + told.length);
    expect(after.summary?.archive.waiting).toBe(0);
  });
});

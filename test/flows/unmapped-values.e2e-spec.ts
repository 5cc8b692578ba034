import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedCatalogue } from '../golden/catalogue.js';
import { g01 } from '../golden/orders/g01-guest-one-line.js';
import { playOrder } from '../golden/play-order.js';
import { goldenSites } from '../golden/sites.js';
import { freshDatabase, type FreshDatabase } from '../support/environment/index.js';
import { eventually } from '../support/eventually.js';
import { startStack, type Stack } from '../support/stack/start-stack.js';

interface Group {
  readonly code: string;
  readonly field: string | null;
  readonly value: string | null;
  readonly count: number;
  readonly keys: number;
}

/** No rung of any ladder of the vendor. */
const ownStatus = '2500';
const orders = 3;

describe('A status of the OMS that nobody has mapped', () => {
  let database: FreshDatabase | undefined;
  let stack: Stack | undefined;
  let folder = '';
  const placed: { readonly number: string; readonly crmOrderId: string }[] = [];
  const running = (): Stack => {
    if (!stack) throw new Error('The stack did not start.');
    return stack;
  };
  const groups = async () => (await running().syncApi.operations('parked-messages/groups')) as readonly Group[];
  const statuses = () =>
    Promise.all(
      placed.map(async ({ crmOrderId }) => {
        const [order] = await running().crm.records('Order', { field: 'Id', value: crmOrderId });
        return order?.['OMS_Status__c'];
      }),
    );
  const release = (body: object, key: string) =>
    running().syncApi.post('/v1/operations/parked-messages/release', body, key);

  const replay = (body: object, key: string) =>
    running().syncApi.post('/v1/operations/parked-messages/replays', body, key);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tandem-sites-'));
    await cp('config', folder, { recursive: true });
    database = await freshDatabase();
    stack = await startStack({ databaseUrl: database.url, sitesFolder: join(folder, 'sites') });
    const catalogue = await seedCatalogue(stack.crm);
    const [site] = goldenSites;
    if (!site) throw new Error('There is no golden site.');
    for (let turn = 0; turn < orders; turn += 1) {
      const order = g01.place({ site, suffix: `UV${turn}`, turn, catalogue, paceMs: 50, now: Date.now() });
      const { crmOrderId } = await playOrder(stack, { ...order, life: [] });
      placed.push({ number: order.number, crmOrderId });
    }
    await eventually('all are open', async () =>
      (await statuses()).every((one) => one === 'open') ? true : undefined,
    );
  }, 120_000);

  afterAll(async () => {
    await stack?.stop();
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  it('parks every publish that has it, as one group with field and value, and leaves the CRM as it was', async () => {
    for (const { number } of placed) {
      const order = await running().oms.order(number);
      const OrderLine = order?.OrderLine?.map((line) => ({
        ...line,
        QuantityDetail: [{ StatusId: ownStatus, Quantity: line.Quantity }],
      }));
      const later = new Date(Date.now() + 60_000).toISOString().replace('Z', '');
      const publish = { ...order, OrderLine, UpdatedTimestamp: later };
      expect((await running().syncApi.push(JSON.stringify(publish))).status).toBe(202);
    }
    const [group] = await eventually('they are parked', async () => {
      const found = await groups();
      return found[0]?.count === orders ? found : undefined;
    });
    expect(group).toMatchObject({
      ...{ code: 'oms.unmapped_status', field: 'OrderLine.QuantityDetail.StatusId', value: ownStatus, keys: orders },
    });
    expect(await statuses()).toEqual(placed.map(() => 'open'));
  });

  it('parks them again where they are released before it is mapped', async () => {
    const [group] = await groups();
    const { code, field, value } = group ?? {};
    expect(await release({ code, field, value }, 'too-early')).toMatchObject({
      status: 200,
      body: { released: orders },
    });
    await eventually('they are parked again', async () => ((await groups())[0]?.count === orders ? true : undefined));
  });

  it('is replayed by selection: told first, then at a pace, and what fails again is left parked', async () => {
    const [first] = placed;
    const code = 'oms.unmapped_status';
    expect(await replay({ code }, 'dry')).toMatchObject({ status: 200, body: { messages: orders, keys: orders } });
    expect(await replay({ code, queue: 'orders.place-order' }, 'none')).toMatchObject({ body: { messages: 0 } });
    const selection = { code, key: first?.number };
    const begun = await replay({ ...selection, perSecond: 1, apply: true }, 'one');
    expect(begun).toMatchObject({ status: 202, body: { selection, selected: 1, perSecond: 1 } });
    const replays = async () => (await running().syncApi.operations('parked-messages/replays')) as readonly object[];
    await eventually('it is complete', async () => {
      const [latest] = await replays();
      return JSON.stringify(latest).includes('"state":"complete"') ? latest : undefined;
    });
    expect(await replays()).toMatchObject([{ selection, released: 1 }]);
    await eventually('it is parked again', async () => ((await groups())[0]?.count === orders ? true : undefined));
  });

  it('is not replayed where nothing says which messages are meant, or there is no such replay to stop', async () => {
    expect(await replay({ apply: true }, 'all')).toMatchObject({ status: 400 });
    const unknown = await running().syncApi.post('/v1/operations/parked-messages/replays/999/stop', {}, 'unknown');
    expect(unknown).toMatchObject({ status: 404 });
  });

  it('is released as a whole once a site profile maps it, and the CRM shows it', async () => {
    const profile = join(folder, 'sites', 'aurora-us.yaml');
    const text = await readFile(profile, 'utf8');
    await writeFile(profile, text.replace('\noms:\n', `\noms:\n  statuses:\n    '${ownStatus}': packed\n`));
    await running().killSyncApi('SIGTERM');
    await running().startSyncApi();

    const [group] = await groups();
    const { code, field, value } = group ?? {};
    expect(await release({ code, field, value }, 'mapped')).toMatchObject({ body: { released: orders } });
    await eventually('all are packed', async () =>
      (await statuses()).every((one) => one === 'packed') ? true : undefined,
    );
    expect(await groups()).toEqual([]);
    expect(await running().syncApi.summary()).toMatchObject({ archive: { parked: 0, waiting: 0 } });
  });

  it('is refused in a release that names no reason', async () => {
    expect(await release({ value: ownStatus }, 'nameless')).toMatchObject({ status: 400 });
  });
});

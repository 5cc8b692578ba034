import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { seedCatalogue, type Catalogue } from '../golden/catalogue.js';
import { g01 } from '../golden/orders/g01-guest-one-line.js';
import { runName } from '../golden/order-stream.js';
import { goldenSites } from '../golden/sites.js';
import { freshDatabase, type FreshDatabase } from '../support/environment/index.js';
import { eventually } from '../support/eventually.js';
import type { SeedRecord } from '../support/stack/crm-twin.js';
import { startStack, type Stack } from '../support/stack/start-stack.js';

interface Parked {
  readonly state: string;
  readonly code: string;
  readonly remedy: string;
  readonly violations: readonly { readonly field: string; readonly rule: string; readonly remedy: string }[];
}

type Change = (records: readonly SeedRecord[]) => readonly SeedRecord[];

const ofType =
  (type: string, fields: Record<string, unknown>): Change =>
  (records) =>
    records.map((record) => (record.attributes.type === type ? { ...record, ...fields } : record));

const without =
  (...types: readonly string[]): Change =>
  (records) =>
    records.filter((record) => !types.includes(record.attributes.type));

const lines =
  (count: number): Change =>
  (records) => {
    const [line] = records.filter((record) => record.attributes.referenceId === 'line-1');
    const more = Array.from({ length: count - 1 }, (_, index) => ({
      ...line,
      attributes: { type: 'OrderItem', referenceId: `line-${index + 2}` },
      LineNumber: index + 2,
    }));
    return [...records, ...more];
  };

/** The org knows a currency that ISO does not. */
const inUnknownCurrency: Change = (records) => [
  {
    attributes: { type: 'CurrencyType', referenceId: 'zzz' },
    IsoCode: 'ZZZ',
    ConversionRate: 1,
    DecimalPlaces: 2,
    IsActive: true,
  },
  ...ofType('Order', { CurrencyIsoCode: 'ZZZ' })(records),
];

const broken: readonly (readonly [string, Change, string, string])[] = [
  ['251 lines', lines(251), 'lines', 'lines.too_many'],
  ['a negative quantity', ofType('OrderItem', { Quantity: -2 }), 'lines[0].quantity', 'quantity.negative'],
  ['tenders that differ from the total', ofType('Order_Tender__c', { Amount__c: 1 }), 'tenders', 'tenders.sum_differs'],
  ['an unknown currency', inUnknownCurrency, 'currency', 'currency.unknown'],
  [
    'a currency that the site does not sell in',
    ofType('Order', { CurrencyIsoCode: 'JPY' }),
    'currency',
    'currency.not_sold_in',
  ],
  ['no line', without('OrderItem', 'OrderItemTaxLineItem'), 'lines', 'lines.none'],
  [
    'a delivery address without city',
    ofType('OrderDeliveryGroup', { DeliverToCity: null }),
    'lines[0].delivery.address.city',
    'field.required',
  ],
  [
    'an order date that is missing',
    ofType('Order', { OrderedDate: null, EffectiveDate: null }),
    'capturedAt',
    'field.required',
  ],
];

describe('Bad input', () => {
  let database: FreshDatabase | undefined;
  let stack: Stack | undefined;
  let catalogue: Catalogue | undefined;

  beforeAll(async () => {
    database = await freshDatabase();
    stack = await startStack({ databaseUrl: database.url });
    catalogue = await seedCatalogue(stack.crm);
  }, 120_000);

  afterAll(async () => {
    await stack?.stop();
    await database?.drop();
  }, 60_000);

  const running = (): Stack => {
    if (!stack) throw new Error('The stack did not start.');
    return stack;
  };

  const seed = async (suffix: string, change: Change) => {
    if (!catalogue) throw new Error('The catalogue was not seeded.');
    const [site] = goldenSites;
    if (!site) throw new Error('There is no golden site.');
    const order = g01.place({ site, suffix, turn: 0, catalogue, paceMs: 100, now: Date.now() });
    const ids = await running().crm.seed([...change(order.records)]);
    return { site: site.id, number: order.number, crmOrderId: ids['order'] ?? '' };
  };

  const follow = async (site: string, crmOrderId: string) => running().syncApi.follow(site, crmOrderId);
  const effects = async () => {
    const [crm, oms] = await Promise.all([running().crm.writes(), running().oms.writes()]);
    return { crm: crm.counts.effective, oms: oms.counts.effective };
  };

  it.each(broken)(
    'with %s parks the order, naming field and rule, and nothing else moves',
    async (title, change, field, rule) => {
      const before = await effects();
      const kept = (await running().syncApi.summary()).archive;
      const { site, number, crmOrderId } = await seed(
        `${runName(new Date())}-${broken.findIndex(([name]) => name === title)}`,
        change,
      );

      const answer = await running().syncApi.submit(site, crmOrderId, `bad-${crmOrderId}`);
      expect(answer.status).toBe(202);

      const parked = await eventually(`${title} is parked`, async () => {
        const status = (await follow(site, crmOrderId)).body as Parked;
        return status.state === 'parked' ? status : undefined;
      });
      expect(parked).toMatchObject({ code: 'order.refused' });
      expect(parked.violations.map((one) => `${one.field} ${one.rule}`)).toContain(`${field} ${rule}`);
      expect(parked.violations.every((one) => one.remedy !== '')).toBe(true);
      expect(await running().oms.order(number)).toBeUndefined();
      expect(await effects()).toEqual(before);
      expect((await running().syncApi.summary()).archive.parked).toBe(kept.parked + 1);
    },
  );

  it('with an order that the CRM does not have parks the request and says so', async () => {
    const nobody = '801000000000ZZZAAA';
    await running().syncApi.submit('aurora-us', nobody, 'unknown-order');
    const parked = await eventually('the request is parked', async () => {
      const status = (await follow('aurora-us', nobody)).body as Parked;
      return status.state === 'parked' ? status : undefined;
    });
    expect(parked).toMatchObject({ code: 'crm.order_unknown', violations: [{ field: 'crmOrderId' }] });
  });

  const refused: readonly (readonly [string, string, string, number, string])[] = [
    ['an unknown site', 'nowhere', '{}', 404, 'site site.known'],
    ['malformed JSON', 'aurora-us', '{"requestedBy":', 400, 'body json.object'],
    ['an unknown attribute', 'aurora-us', '{"priority":1}', 400, 'priority field.unknown'],
    ['an attribute of another type', 'aurora-us', '{"requestedBy":7}', 400, 'requestedBy field.isString'],
  ];

  it.each(refused)('with %s is refused as problem+json, and kept', async (_, site, body, status, complaint) => {
    const before = await effects();
    const kept = (await running().syncApi.summary()).archive;
    const answer = await running().syncApi.submitRaw(site, '801000000000001AAA', body);
    expect(answer.status).toBe(status);
    expect(answer.contentType).toContain('application/problem+json');
    const problem = answer.body as Parked & { readonly traceId: string };
    expect(problem.violations.map((one) => `${one.field} ${one.rule}`)).toContain(complaint);
    expect(problem.traceId).toMatch(/^[0-9a-f]{32}$/);
    const now = (await running().syncApi.summary()).archive;
    expect(total(now)).toBe(total(kept) + 1);
    expect(await effects()).toEqual(before);
  });

  it('with an idempotency key that was used for another body is refused, and the first answer is given again', async () => {
    const { site, crmOrderId } = await seed(`${runName(new Date())}-K`, (records) => records);
    const first = await running().syncApi.submitRaw(site, crmOrderId, '{}', 'one-key');
    const again = await running().syncApi.submitRaw(site, crmOrderId, '{}', 'one-key');
    const other = await running().syncApi.submitRaw(site, crmOrderId, '{"requestedBy":"agent"}', 'one-key');
    expect(first.status).toBe(202);
    expect(again).toEqual(first);
    expect(other).toMatchObject({ status: 422, body: { code: 'api.idempotency_key_reused' } });
  });

  it('in a publish of the OMS is kept and parked, and the sender is not asked to repeat it', async () => {
    const kept = (await running().syncApi.summary()).archive;
    const answers = await Promise.all(
      [
        '{"OrderId":',
        'no JSON',
        '{"OrderId":"NEVER-SEEN","OrgId":"AURORA","UpdatedTimestamp":"2026-11-20T10:00:00","CurrencyCode":"USD","OrderLine":[]}',
      ].map((body) => running().syncApi.push(body)),
    );
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    await eventually('three publishes are parked', async () => {
      const { archive } = await running().syncApi.summary();
      return archive.parked === kept.parked + 3 ? true : undefined;
    });
    const codes = (await running().syncApi.summary()).parked.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['oms.unreadable_message', 'fulfillment.order_unknown']));
  });

  it('that carries a token of the OMS is kept without it, and known again although the token has changed', async () => {
    const inner = { OrderId: 'WITH-TOKEN', OrgId: 'AURORA', UpdatedTimestamp: '2026-11-20T10:00:00', OrderLine: [] };
    const wrapped = (token: string) =>
      JSON.stringify({ OriginalHeaders: { ENCRYPTED_OAUTH_TOKEN: token }, OriginalPayload: JSON.stringify(inner) });
    for (const token of ['first-secret', 'second-secret']) {
      expect((await running().syncApi.push(wrapped(token))).status).toBe(202);
    }
    const kept = await archivedBodies(database?.url ?? '', 'WITH-TOKEN');
    expect(kept).toEqual([wrapped('[redacted]'), wrapped('[redacted]')]);
    const states = await archivedStates(database?.url ?? '', 'WITH-TOKEN');
    expect(states.filter((state) => state === 'duplicate')).toHaveLength(1);
  });

  it('from a caller who does not prove who it is is refused with 401', async () => {
    const answer = await fetch(`${running().syncApi.url}/v1/operations/summary`);
    expect(answer.status).toBe(401);
    const push = await fetch(`${running().syncApi.url}/v1/oms/order-events`, { method: 'POST', body: '{}' });
    expect(push.status).toBe(401);
  });
});

async function archived(url: string, column: string, order: string): Promise<readonly string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<'value', string>>(
      `SELECT ${column} AS value FROM message_archive WHERE business_key = $1 ORDER BY id`,
      [order],
    );
    return rows.map(({ value }) => value);
  } finally {
    await client.end();
  }
}

const archivedBodies = (url: string, order: string) => archived(url, "convert_from(body, 'UTF8')", order);
const archivedStates = (url: string, order: string) => archived(url, 'state', order);

const total = (archive: Readonly<Record<string, number>>) =>
  Object.values(archive).reduce((sum, count) => sum + count, 0);

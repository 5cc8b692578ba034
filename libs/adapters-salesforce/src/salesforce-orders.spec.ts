import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { crmOrderId, crmOrgName, locationId, omsOrganization, siteId, Clock, type SiteProfile } from '@tandem/domain';
import { AnsweringOrg, isLogin, type SpokenAnswer } from '../fixtures/answering-org.js';
import { SalesforceConnection } from './salesforce-connection.js';
import { SalesforceOrders } from './salesforce-orders.js';
import { literal } from './soql.js';
import { SalesforceOrgs } from './salesforce-orgs.js';

interface Part {
  readonly url: string;
  readonly referenceId: string;
}
type PartAnswer = { readonly status?: number; readonly body: unknown };

const fixture = JSON.parse(readFileSync(new URL('../fixtures/order.json', import.meta.url), 'utf8')) as Record<
  string,
  unknown
>;
class StoppedClock extends Clock {
  override now = () => new Date('2026-03-01T10:00:00.000Z');
}
const clock = new StoppedClock();
const site: SiteProfile = {
  id: siteId('north-us'),
  crmOrg: crmOrgName('north'),
  oms: {
    organization: omsOrganization('NORTH'),
    orderType: 'Web',
    docType: 'CustomerOrder',
    sellingChannel: 'Web',
    unitOfMeasure: 'U',
    tenderTypes: {},
  },
  locale: 'en-US',
  currencies: [],
  pricesIncludeTax: false,
  deliveryMethods: {},
  stores: [locationId('S-1')],
  maxLines: 500,
};
const knownOrder = crmOrderId('801000000000001AAA');

const page = (records: unknown) => ({ totalSize: 1, done: true, records: [records].flat() });

/** Answers each part of a composite call by what its URL asks for. */
const partsOf = (body: string, answerTo: (url: string) => PartAnswer): SpokenAnswer => {
  const { compositeRequest } = JSON.parse(body) as { compositeRequest: readonly Part[] };
  const compositeResponse = compositeRequest.map(({ url, referenceId }) => {
    const { status = 200, body: said } = answerTo(decodeURIComponent(url));
    return { referenceId, httpStatusCode: status, httpHeaders: {}, body: said };
  });
  // The org may answer in any order: parts are known by their reference.
  return { json: { compositeResponse: compositeResponse.toReversed() } };
};

const describedAs = (url: string, features: readonly string[]): PartAnswer => ({
  body: {
    fields: features
      .filter((feature) => url.includes(`/${feature.split('.')[0]}/describe`))
      .map((feature) => ({ name: feature.split('.')[1], type: feature.endsWith('Rate') ? 'percent' : 'string' })),
  },
});

const FROM = /FROM (\w+) WHERE/;
const records: Record<string, unknown> = {
  Order: fixture['order'],
  OrderItem: fixture['items'],
  OrderItemAdjustmentLineItem: fixture['adjustments'],
  OrderItemTaxLineItem: fixture['taxes'],
  OrderAdjustmentGroup: fixture['adjustmentGroups'],
};
const found = (url: string): PartAnswer => ({ body: page(records[FROM.exec(url)?.[1] ?? '']) });

let org: AnsweringOrg | undefined;
afterEach(async () => {
  await org?.stop();
  org = undefined;
});

async function ordersOf(
  answerTo: (url: string) => PartAnswer,
  features: readonly string[] = ['OrderItemTaxLineItem.Rate'],
  rest: (url: string) => SpokenAnswer = () => ({ status: 404, json: [] }),
  failure: () => number | undefined = () => undefined,
) {
  org = await AnsweringOrg.start((call, self) => {
    if (isLogin(call)) return self.token();
    const status = failure();
    if (status !== undefined) return { status, text: '<html>' };
    if (!call.url.endsWith('/composite')) return rest(call.url);
    return partsOf(call.body, (url) => (url.endsWith('/describe') ? describedAs(url, features) : answerTo(url)));
  });
  const options = { org: crmOrgName('north'), loginUrl: org.url, clientId: 'tandem-app', clientSecret: 'invented' };
  const connection = new SalesforceConnection({ ...options, currency: 'EUR' }, clock);
  return { org, orders: new SalesforceOrders(new SalesforceOrgs([connection])) };
}

const queriesIn = (asked: AnsweringOrg) =>
  asked
    .calls('/services/data/v67.0/composite')
    .flatMap(({ body }) => (JSON.parse(body) as { compositeRequest: readonly Part[] }).compositeRequest)
    .map(({ url }) => decodeURIComponent(url))
    .filter((url) => url.includes('/query?q='));

describe('Reading an order from the CRM', () => {
  it('takes one call of five queries, after the org was described once', async () => {
    const { org, orders } = await ordersOf(found);
    const first = await orders.read(site, knownOrder);

    expect(first).toMatchObject({ number: 'NW-1001', lines: [{ id: '1' }], charges: [{ id: '2' }], tenders: [{}] });
    expect(first?.lines[0]?.taxes[0]?.rate).toBe(0.0625);
    expect(await orders.read(site, knownOrder)).toEqual(first);
    expect(org.calls('/services/data/v67.0/composite')).toHaveLength(3);
    expect(queriesIn(org)).toHaveLength(10);
  });

  it('asks only for optional fields that the org has', async () => {
    const plain = await ordersOf(found, []);
    await plain.orders.read(site, knownOrder);
    expect(queriesIn(plain.org).join()).not.toMatch(/CurrencyIsoCode|CountryCode|BillToContact|OMS_Store__c/);
    await plain.org.stop();

    const rich = await ordersOf(found, ['Order.CurrencyIsoCode', 'OrderDeliveryGroup.OMS_Store__c']);
    await rich.orders.read(site, knownOrder);
    expect(queriesIn(rich.org)[0]).toContain('CurrencyIsoCode');
    expect(queriesIn(rich.org)[1]).toContain('OrderDeliveryGroup.OMS_Store__c');
  });

  it('follows the pages that an answer leaves out', async () => {
    const [first, second] = fixture['items'] as unknown[];
    const next = '/services/data/v67.0/query/01g000000000001-2000';
    const { org, orders } = await ordersOf(
      (url) =>
        FROM.exec(url)?.[1] === 'OrderItem'
          ? { body: { totalSize: 2, done: false, nextRecordsUrl: next, records: [first] } }
          : found(url),
      [],
      () => ({ json: page(second) }),
    );

    expect(await orders.read(site, knownOrder)).toMatchObject({ lines: [{ id: '1' }], charges: [{ id: '2' }] });
    expect(org.calls(next)).toHaveLength(1);
  });

  it.each([
    ['an id that no order has', 200, { totalSize: 0, done: true, records: [] }],
    [
      'an id of another kind',
      400,
      [{ errorCode: 'MALFORMED_ID', message: 'Order ID: id value of incorrect type: 001' }],
    ],
    ['an id that was never given', 404, [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }]],
  ])('finds nothing for %s', async (_claim, status, body) => {
    const { orders } = await ordersOf(() => ({ status, body }));

    expect(await orders.read(site, knownOrder)).toBeUndefined();
  });

  it('finds nothing for a malformed id, without a call', async () => {
    const { org, orders } = await ordersOf(found);

    expect(await orders.read(site, crmOrderId("801' OR Name != '"))).toBeUndefined();
    expect(org.heard).toEqual([]);
  });

  it('throws the fault of a query that failed', async () => {
    const { orders } = await ordersOf((url) =>
      url.includes('FROM OrderAdjustmentGroup')
        ? {
            status: 400,
            body: [
              {
                errorCode: 'INVALID_FIELD',
                message:
                  "\nSELECT OMS_Amount__c FROM\n ^\nNo such column 'OMS_Amount__c' on entity 'OrderAdjustmentGroup'.",
              },
            ],
          }
        : found(url),
    );

    await expect(orders.read(site, knownOrder)).rejects.toMatchObject({
      kind: 'suspending',
      code: 'crm.field_unknown',
      context: { rule: "No such column 'OMS_Amount__c' on entity 'OrderAdjustmentGroup'" },
    });
  });

  it('asks the org again what it has where the first description failed', async () => {
    const failures = [503];
    const { orders } = await ordersOf(found, [], undefined, () => failures.pop());

    await expect(orders.read(site, knownOrder)).rejects.toMatchObject({ kind: 'transient' });
    expect(await orders.read(site, knownOrder)).toMatchObject({ number: 'NW-1001' });
  });

  it('writes quotes and backslashes of a literal so that they stay inside it', () => {
    expect(literal(`O'Hara \\`)).toBe(`'O\\'Hara \\\\'`);
  });
});

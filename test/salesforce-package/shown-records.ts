import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SalesforceConnection, SalesforceOrgs, SalesforceProjections } from '@tandem/adapters-salesforce';
import { changesBetween, Clock, crmOrderId, crmOrgName, crmRecordId, type CapturedOrder } from '@tandem/domain';
import { aCapturedLine, aCapturedTender, anAcceptedOrder } from '@tandem/domain/testing';
import { startSalesforceTwin } from '@tandem/vendor-twins';
import { CrmTwin, type SeedRecord } from '../support/stack/crm-twin.js';
import { askJson } from '../support/stack/json-http.js';
import { lastTold, ordered, splitOrder } from './split-order.js';

const sfdx = 'libs/adapters-salesforce/sfdx/force-app/main/default';
const client = { clientId: 'tandem', clientSecret: 'invented', runAs: 'tandem@aurora.example' };
const org = crmOrgName('main');
/** The panel is opened that long after the OMS was in its last state. Milliseconds. */
const openedAfter = 14_000;

class OrgClock extends Clock {
  override now = () => new Date(Date.parse(lastTold) + openedAfter);
}

const record = (type: string, referenceId: string, fields: Record<string, unknown>): SeedRecord => ({
  attributes: { type, referenceId },
  ...fields,
});

/**
 * What the Apex class would hand to the panel for a split order, cancelled in part: the order's life as the domain
 * follows it, written by the adapter into an org with our package, and read there by the queries of the class itself.
 */
export async function shownRecords(): Promise<Readonly<Record<string, unknown>>> {
  const clock = new OrgClock();
  const objectsFolder = join(sfdx, 'objects');
  const twin = await startSalesforceTwin({ port: 0, objectsFolder, clients: [client], now: () => clock.now() });
  try {
    const crm = new CrmTwin(twin.url);
    const ids = await crm.seed(captured());
    const { clientId, clientSecret } = client;
    const connection = new SalesforceConnection({ org, loginUrl: twin.url, clientId, clientSecret }, clock);
    const changes = changesBetween({}, splitOrder(anAcceptedOrder(orderOf(ids))).wanted);
    const outcomes = await new SalesforceProjections(new SalesforceOrgs([connection])).write(org, changes);
    const failed = outcomes.find(({ kind }) => kind !== 'written');
    if (failed) throw new Error(`The adapter could not write: ${JSON.stringify(failed)}`);
    await crm.seed(askedFor(ids));
    const read = await readAsApex(twin.url, ids['order'] ?? '');
    return { ...read, carriers: carriers(), readAt: clock.now().toISOString() };
  } finally {
    await twin.close();
  }
}

const captured = (): readonly SeedRecord[] => [
  record('Account', 'customer', { Name: 'Mira Oakfield' }),
  record('Pricebook2', 'book', { Name: 'Web prices', IsActive: true }),
  ...ordered.flatMap(({ product, sku, name }) => [
    record('Product2', product, { Name: name, ProductCode: sku, StockKeepingUnit: sku, IsActive: true }),
    record('PricebookEntry', `entry-${product}`, {
      ...{ Pricebook2Id: '@book', Product2Id: `@${product}`, UnitPrice: 10, IsActive: true },
    }),
  ]),
  record('Order', 'order', {
    ...{ AccountId: '@customer', Pricebook2Id: '@book', EffectiveDate: '2026-03-02', Status: 'Draft' },
    ...{ OrderReferenceNumber: 'A-1001' },
  }),
  ...ordered.map(({ line, product, quantity }) =>
    record('OrderItem', `line-${line}`, {
      ...{ OrderId: '@order', PricebookEntryId: `@entry-${product}`, Product2Id: `@${product}` },
      ...{ Quantity: quantity, UnitPrice: 10, LineNumber: Number(line) },
    }),
  ),
];

function orderOf(ids: Readonly<Record<string, string>>): Partial<CapturedOrder> {
  const lines = ordered.map(({ line, quantity, sku }) =>
    aCapturedLine({ id: line, crmLineId: crmRecordId(ids[`line-${line}`] ?? ''), sku, quantity }),
  );
  const amount = ordered.reduce((sum, { quantity }) => sum + quantity * 10, 0);
  return { crmOrderId: crmOrderId(ids['order'] ?? ''), lines, tenders: [aCapturedTender({ amount })] };
}

/** What an agent asked, as `AgentActionController` keeps it, and what the middleware answered. */
const askedFor = (ids: Readonly<Record<string, string>>): readonly SeedRecord[] => [
  record('OMS_Action_Request__c', 'cancel', {
    ...{ Order__c: ids['order'], Request_Key__c: 'key-1', Action__c: 'Cancel', Quantity__c: 2 },
    ...{ Order_Line_Key__c: 'aurora-us:A-1001:3', Reason__c: 'Customer changed mind', Status__c: 'Confirmed' },
    ...{ Requested_By__c: 'r.fernley@aurora.example', Requested_At__c: '2026-03-02T18:25:00.000Z' },
  }),
  record('OMS_Action_Request__c', 'reroute', {
    ...{ Order__c: ids['order'], Request_Key__c: 'key-2', Action__c: 'Reroute', Target_Location__c: 'STORE-104' },
    ...{ Order_Line_Key__c: 'aurora-us:A-1001:2', Status__c: 'Accepted' },
    ...{ Requested_By__c: 'r.fernley@aurora.example', Requested_At__c: '2026-03-03T16:02:00.000Z' },
  }),
];

/** The settings that come with the package, as `getAll` gives them. */
const carriers = () =>
  globSync(join(sfdx, 'customMetadata', 'OMS_Carrier.*.md-meta.xml')).map((file) =>
    Object.fromEntries(
      [...readFileSync(file, 'utf8').matchAll(/<field>(\w+)<\/field>\s*<value [^>]*>(.*?)<\/value>/gs)].map(
        ([, field = '', value = '']) => [field, value],
      ),
    ),
  );

/** Runs each query of the class, by the name of its method. */
async function readAsApex(url: string, orderId: string): Promise<Readonly<Record<string, unknown>>> {
  const apex = readFileSync(join(sfdx, 'classes', 'OrderStatusController.cls'), 'utf8');
  const queries = [...apex.matchAll(/private static List<\w+> (\w+)\(Id orderId\) \{\s*return \[(.*?)\];/gs)];
  const login = { grant_type: 'client_credentials', client_id: client.clientId, client_secret: client.clientSecret };
  const answer = await fetch(`${url}/services/oauth2/token`, { method: 'POST', body: new URLSearchParams(login) });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  const read: Record<string, unknown> = {};
  for (const [, method = '', query = ''] of queries) {
    const soql = query.replace('WITH USER_MODE', '').replaceAll(':orderId', `'${orderId}'`).replace(/\s+/g, ' ').trim();
    const { records } = await askJson<{ records: readonly unknown[] }>(
      'GET',
      `${url}/services/data/v67.0/query?q=${encodeURIComponent(soql)}`,
      { headers: { authorization: `Bearer ${token}` } },
    );
    const rows: readonly unknown[] = JSON.parse(JSON.stringify(records, asApexWrites)) as unknown[];
    if (method === 'orders') read['orderRecord'] = rows[0];
    else read[method] = rows;
  }
  return read;
}

/** Apex hands records to a component without what is empty, and moments in UTC with a Z. */
function asApexWrites(name: string, value: unknown): unknown {
  if (value === null || name === 'attributes') return undefined;
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT.*\+0000$/.test(value) ? new Date(value).toISOString() : value;
}

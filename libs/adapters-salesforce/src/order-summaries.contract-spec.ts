import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  Clock,
  crmOrderId,
  crmOrgName,
  crmRecordId,
  recordName,
  type CrmOrderId,
  type RecordChange,
} from '@tandem/domain';
import { aSite } from '@tandem/domain/testing';
import { startSalesforceTwin } from '@tandem/vendor-twins';
import { SalesforceConnection } from './salesforce-connection.js';
import { SalesforceOrderBook } from './salesforce-order-book.js';
import { SalesforceOrgs } from './salesforce-orgs.js';
import { SalesforceProjections } from './salesforce-projections.js';

class SystemClock extends Clock {
  override now = () => new Date();
}

type Twin = Awaited<ReturnType<typeof startSalesforceTwin>>;
type Row = Readonly<Record<string, unknown>>;

const client = { clientId: 'tandem-twin', clientSecret: 'invented', runAs: 'tandem@aurora.example' };
const north = crmOrgName('north');
const packaged = new URL('../sfdx/force-app/main/default/objects', import.meta.url).pathname;

/** Objects of our own, and the standard ones that take their place under Order Management: they need the same fields. */
const IN_PLACE_OF = {
  Order: 'OrderSummary',
  OMS_Shipment__c: 'Shipment',
  OMS_Shipment_Line__c: 'ShipmentItem',
  OMS_Return__c: 'ReturnOrder',
  OMS_Return_Line__c: 'ReturnOrderLineItem',
} as const;

async function objectsWithSummaries(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-objects-'));
  await cp(packaged, folder, { recursive: true });
  for (const [own, standard] of Object.entries(IN_PLACE_OF)) {
    // The standard objects have parents of their own.
    const isParent = (file: string) => /\/(?:Order|Shipment|Return)__c\.field/.test(file);
    const filter = (file: string) => !isParent(file);
    await cp(join(packaged, own, 'fields'), join(folder, standard, 'fields'), { recursive: true, filter });
  }
  // Of an older package.
  await rm(join(folder, 'Order', 'fields', 'OMS_Holds__c.field-meta.xml'));
  await rm(join(folder, 'Order_Status_History__c'), { recursive: true });
  return folder;
}

const call = async (url: string, body?: object): Promise<unknown> => {
  const answer = await fetch(url, {
    method: body ? 'POST' : 'GET',
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  return answer.json();
};

describe('An org with Order Management, as the twin keeps it', () => {
  let twin: Twin | undefined;
  let folder = '';
  let crm: SalesforceProjections | undefined;
  let book: SalesforceOrderBook | undefined;
  let order: CrmOrderId = crmOrderId('');
  let line = '';

  const url = (path: string) => `${twin?.url ?? ''}/control/${path}`;
  const rows = async (object: string): Promise<readonly Row[]> => {
    const answer = (await call(url(`records/${object}`))) as readonly Row[] | { records: readonly Row[] };
    return 'records' in answer ? answer.records : answer;
  };
  const write = (changes: readonly RecordChange[]) => {
    if (!crm) throw new Error('The twin did not start.');
    return crm.write(north, changes, 'order-management');
  };

  beforeAll(async () => {
    folder = await objectsWithSummaries();
    const features = {
      multiCurrency: false,
      stateCountryPicklists: false,
      personAccounts: false,
      orderManagement: true,
    };
    twin = await startSalesforceTwin({
      port: 0,
      pubsubPort: 0,
      seed: 1,
      objectsFolder: folder,
      clients: [client],
      features,
    });
    const connection = new SalesforceConnection({ org: north, loginUrl: twin.url, ...client }, new SystemClock());
    const orgs = new SalesforceOrgs([connection]);
    crm = new SalesforceProjections(orgs);
    book = new SalesforceOrderBook(orgs);
    const of = (type: string, referenceId: string, fields: object) => ({
      attributes: { type, referenceId },
      ...fields,
    });
    const records = [
      of('Account', 'account', { Name: 'Quill' }),
      of('Product2', 'product', { Name: 'Kettle', IsActive: true }),
      of('Pricebook2', 'book', { Name: 'Web', IsActive: true }),
      of('PricebookEntry', 'entry', { Pricebook2Id: '@book', Product2Id: '@product', UnitPrice: 5, IsActive: true }),
      of('Order', 'order', {
        AccountId: '@account',
        Status: 'Activated',
        EffectiveDate: '2026-01-01',
        Pricebook2Id: '@book',
      }),
      of('OrderDeliveryGroup', 'group', { OrderId: '@order', DeliverToName: 'Ada Quill' }),
      of('OrderItem', 'line', {
        ...{ OrderId: '@order', OrderDeliveryGroupId: '@group', Product2Id: '@product', PricebookEntryId: '@entry' },
        ...{ Quantity: 2, UnitPrice: 5, OMS_Order_Line_Key__c: 'north:N-1:1' },
      }),
    ];
    const { ids } = (await call(url('seed'), { records })) as { ids: Record<string, string> };
    order = crmOrderId(ids['order'] ?? '');
    line = ids['line'] ?? '';
  });

  afterAll(async () => {
    await twin?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const parcel = (): readonly RecordChange[] => [
    { address: { kind: 'order', id: order }, isNew: false, fields: { status: 'shipped' }, version: 4 },
    { address: { kind: 'line', id: crmRecordId(line), order }, isNew: false, fields: { shipped: 2 }, version: 4 },
    {
      address: { kind: 'shipment', key: 's-1', order },
      isNew: true,
      fields: { packageId: 'P-1', carrier: null, trackingNumber: 'T-1', shippedAt: '2026-01-02T03:04:05.000Z' },
      version: 4,
    },
    {
      address: { kind: 'shipment-line', key: 's-1/1', shipmentKey: 's-1' },
      isNew: true,
      fields: { lineKey: 'north:N-1:1', sku: 'KTL', quantity: 2 },
    },
  ];

  it('gets one unmanaged summary for an order, and shows parcels on it, however often they are written', async () => {
    expect(await write(parcel())).toEqual(Array(4).fill({ kind: 'written' }));
    expect(await write(parcel())).toEqual(Array(4).fill({ kind: 'written' }));

    const [summaries, shipments, items] = await Promise.all(['OrderSummary', 'Shipment', 'ShipmentItem'].map(rows));
    expect(summaries).toHaveLength(1);
    expect(summaries?.[0]).toMatchObject({ OrderLifeCycleType: 'UNMANAGED', OMS_Status__c: 'shipped' });
    expect(shipments).toHaveLength(1);
    expect(shipments?.[0]).toMatchObject({
      ...{ OrderSummaryId: summaries?.[0]?.['Id'], TrackingNumber: 'T-1', Status: 'Shipped', ShipToName: 'Ada Quill' },
    });
    expect(items).toMatchObject([{ ShipmentId: shipments?.[0]?.['Id'], Quantity: 2 }]);
  });

  const shown = async () => {
    const read = await book?.read(aSite({ crmOrg: north, crmModel: 'order-management' }), [order]);
    return read?.get(order);
  };
  const asWritten = (changes: readonly RecordChange[]) =>
    Object.fromEntries(changes.map(({ address, fields }) => [recordName(address), expect.objectContaining(fields)]));

  it('answers what it shows as it was written, parcels too', async () => {
    await write(parcel());
    expect((await shown())?.records).toMatchObject(asWritten(parcel()));
  });

  it('leaves out of it the field and the object that it does not have', async () => {
    const answered = await shown();
    expect(answered?.kinds).toEqual(
      new Set(['order', 'line', 'tender', 'shipment', 'shipment-line', 'return', 'return-line', 'request']),
    );
    expect(answered?.records[`order:${order}`]).toHaveProperty('authorizationExpires', null);
    expect(answered?.records[`order:${order}`]).not.toHaveProperty('holds');
  });

  it('shows a return on it, with the lines that come back', async () => {
    const back: readonly RecordChange[] = [
      { address: { kind: 'return', key: 'r-1', order }, isNew: true, fields: { number: 'R-1', status: 'pending' } },
      {
        address: { kind: 'return-line', key: 'r-1/1', returnKey: 'r-1' },
        isNew: true,
        fields: { lineKey: 'north:N-1:1', sku: 'KTL', expected: 1, received: 0 },
      },
    ];

    expect(await write(back)).toEqual([{ kind: 'written' }, { kind: 'written' }]);
    expect(await rows('ReturnOrder')).toMatchObject([{ Status: 'Approved', Status__c: 'pending' }]);
    expect(await rows('ReturnOrderLineItem')).toMatchObject([{ QuantityReturned: 1, QuantityExpected: 1 }]);
    expect((await shown())?.records).toMatchObject(asWritten(back));
  });
});

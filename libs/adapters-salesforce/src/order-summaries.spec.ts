import { afterEach, describe, expect, it } from '@jest/globals';
import { Clock, crmOrderId, crmOrgName, crmRecordId, type RecordChange } from '@tandem/domain';
import { AnsweringOrg, isLogin, type SpokenAnswer } from '../fixtures/answering-org.js';
import { SalesforceConnection } from './salesforce-connection.js';
import { SalesforceOrgs } from './salesforce-orgs.js';
import { SalesforceProjections } from './salesforce-projections.js';

class StoppedClock extends Clock {
  override now = () => new Date('2026-03-01T10:00:00.000Z');
}
const north = crmOrgName('north');
const order = crmOrderId('801000000000001AAA');
const other = crmOrderId('801000000000002AAA');

const parcel: readonly RecordChange[] = [
  { address: { kind: 'order', id: order }, isNew: false, fields: { status: 'shipped' }, version: 4 },
  {
    address: { kind: 'shipment', key: 's-1', order },
    isNew: true,
    fields: { packageId: 'P-1', carrier: 'NORTHPOST', trackingNumber: 'T-1' },
    version: 4,
  },
  {
    address: { kind: 'shipment-line', key: 's-1/1', shipmentKey: 's-1' },
    isNew: true,
    fields: { lineKey: 'north:N-1:1', sku: 'KTL', quantity: 2 },
  },
];

interface Sent {
  readonly compositeRequest: readonly {
    readonly url: string;
    readonly referenceId: string;
    readonly body?: { readonly records: readonly Record<string, unknown>[] };
  }[];
}

let org: AnsweringOrg | undefined;
afterEach(async () => {
  await org?.stop();
  org = undefined;
});

const page = (records: readonly object[]): SpokenAnswer => ({
  json: { totalSize: records.length, done: true, records },
});

/** An org under Order Management that knows the summaries of some orders, and makes others when it is asked to. */
async function managedOrg(known: readonly string[], refuses: readonly string[] = []) {
  const summaries = new Set(known);
  const written: Record<string, unknown>[] = [];
  const answerTo = (url: string, body: string): SpokenAnswer => {
    const soql = decodeURIComponent(url);
    if (url.endsWith('/order-summaries')) {
      const { orderId } = JSON.parse(body) as { orderId: string };
      if (refuses.includes(orderId)) {
        return { status: 400, json: [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'no right' }] };
      }
      summaries.add(orderId);
      return { status: 201, json: { orderSummaryId: `1Os${orderId.slice(3)}AAA` } };
    }
    const asked = [...soql.matchAll(/801\w{12}/g)].map(([id]) => id);
    if (soql.includes('FROM OrderSummary ')) {
      const found = asked.filter((id) => summaries.has(id));
      return page(found.map((id) => ({ Id: `1Os${id.slice(3)}AAA`, OriginalOrderId: `${id}AAA` })));
    }
    if (soql.includes('FROM OrderDeliveryGroup'))
      return page(asked.map((OrderId) => ({ OrderId, DeliverToName: 'Ada Quill' })));
    return page([{ Id: '10u000000000001AAA', OriginalOrderItem: { OMS_Order_Line_Key__c: 'north:N-1:1' } }]);
  };
  org = await AnsweringOrg.start((call, self) => {
    if (isLogin(call)) return self.token();
    if (!call.url.endsWith('/composite')) return answerTo(call.url, call.body);
    const { compositeRequest } = JSON.parse(call.body) as Sent;
    const compositeResponse = compositeRequest.map(({ url, referenceId, body }) => {
      written.push(...(body?.records ?? []));
      const answers = body?.records.map(() => ({ success: true, errors: [] }));
      return {
        referenceId,
        httpHeaders: {},
        httpStatusCode: url.endsWith('/describe') ? 404 : 200,
        body: answers ?? [],
      };
    });
    return { json: { compositeResponse } };
  });
  const options = { org: north, loginUrl: org.url, clientId: 'tandem-app', clientSecret: 'invented' };
  const adapter = new SalesforceProjections(
    new SalesforceOrgs([new SalesforceConnection(options, new StoppedClock())]),
  );
  const write = (changes: readonly RecordChange[]) => adapter.write(north, changes, 'order-management');
  return { org, written, write };
}

const made = (asked: AnsweringOrg) => asked.heard.filter(({ url }) => url.endsWith('/order-summaries'));

describe('Writing projections to an org with Order Management, unmanaged', () => {
  it('shows the order on its summary too, and a parcel as Shipment with its items', async () => {
    const { org, written, write } = await managedOrg(['801000000000001']);

    expect(await write(parcel)).toEqual(Array(3).fill({ kind: 'written' }));
    expect(made(org)).toEqual([]);
    expect(written).toEqual([
      { attributes: { type: 'Order' }, id: order, OMS_Version__c: 4, OMS_Status__c: 'shipped' },
      { attributes: { type: 'OrderSummary' }, id: '1Os000000000001AAA', OMS_Version__c: 4, OMS_Status__c: 'shipped' },
      {
        attributes: { type: 'Shipment' },
        OMS_Shipment_Key__c: 's-1',
        ...{ OrderSummaryId: '1Os000000000001AAA', ShipToName: 'Ada Quill', Status: 'Shipped' },
        ...{ OMS_Version__c: 4, Package__c: 'P-1', Provider: 'NORTHPOST', TrackingNumber: 'T-1' },
      },
      {
        attributes: { type: 'ShipmentItem' },
        OMS_Shipment_Line_Key__c: 's-1/1',
        ...{ Shipment: { OMS_Shipment_Key__c: 's-1' }, OrderItemSummaryId: '10u000000000001AAA' },
        ...{ Order_Line_Key__c: 'north:N-1:1', Sku__c: 'KTL', Quantity: 2 },
      },
    ]);
  });

  it('makes the summary of an order that has none, unmanaged and once', async () => {
    const { org, write } = await managedOrg([]);
    await write(parcel);
    await write(parcel);

    expect(made(org).map(({ body }): unknown => JSON.parse(body))).toEqual([
      { orderId: '801000000000001', orderLifeCycleType: 'UNMANAGED' },
    ]);
  });

  it('fails the changes of an order whose summary cannot be made, and no others', async () => {
    const { written, write } = await managedOrg(['801000000000002'], ['801000000000001']);
    const line: RecordChange = {
      address: { kind: 'line', id: crmRecordId('802000000000002AAA'), order: other },
      isNew: false,
      fields: { shipped: 1 },
    };

    expect(await write([...parcel.slice(0, 2), line])).toMatchObject([
      { kind: 'failed', fault: { kind: 'suspending', code: 'crm.access_missing' } },
      { kind: 'failed', fault: { code: 'crm.access_missing' } },
      { kind: 'written' },
    ]);
    expect(written.map(({ id }) => id)).toEqual([line.address.kind === 'line' ? line.address.id : '']);
  });

  it('shows a return as ReturnOrder, approved, with its lines', async () => {
    const { written, write } = await managedOrg(['801000000000001']);
    await write([
      { address: { kind: 'return', key: 'r-1', order }, isNew: true, fields: { number: 'R-1', status: 'pending' } },
      {
        address: { kind: 'return-line', key: 'r-1/1', returnKey: 'r-1' },
        isNew: true,
        fields: { lineKey: 'north:N-1:1', expected: 2, received: 0 },
      },
    ]);

    expect(written).toMatchObject([
      { attributes: { type: 'ReturnOrder' }, OMS_Return_Key__c: 'r-1', Status: 'Approved', Status__c: 'pending' },
      {
        attributes: { type: 'ReturnOrderLineItem' },
        ...{ ReturnOrder: { OMS_Return_Key__c: 'r-1' }, OrderItemSummaryId: '10u000000000001AAA' },
        ...{ QuantityReturned: 2, QuantityExpected: 2, QuantityReceived: 0 },
      },
    ]);
  });
});

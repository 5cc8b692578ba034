import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { anOrder, member, startTwin, type TwinFixture } from './testing/twin-fixture.js';

describe('Order Management of the Salesforce twin (§4.3)', () => {
  let twin: TwinFixture;
  beforeAll(async () => {
    twin = await startTwin({ features: { orderManagement: true } });
  });
  afterAll(() => twin.close());
  beforeEach(() => twin.control('POST', 'reset'));

  const summaries = '/commerce/order-management/order-summaries';
  const summarize = (orderId: unknown, more: object = {}) =>
    twin.call('POST', summaries, { orderId, orderLifeCycleType: 'UNMANAGED', ...more });
  const summarized = async () => {
    const { order } = await twin.seed(anOrder('O1', { Status: 'Activated', BillingCity: 'Graz' }));
    return String(member((await summarize(order)).body, 'orderSummaryId'));
  };

  it('makes a summary with its lines from an activated order, once, and never by plain insert', async () => {
    const { order } = await twin.seed(anOrder('O1', { Status: 'Activated', BillingCity: 'Graz' }));
    expect((await summarize(order, { externalReferenceIdentifier: 'aurora@shop@O1' })).status).toBe(201);
    const shown = await twin.query(
      'SELECT OrderLifeCycleType, ExternalReferenceIdentifier, BillingCity, Status, (SELECT Status, QuantityOrdered, StockKeepingUnit FROM OrderItemSummaries) FROM OrderSummary',
    );
    expect(member(shown.body, 'records.0')).toMatchObject({
      OrderLifeCycleType: 'UNMANAGED',
      ExternalReferenceIdentifier: 'aurora@shop@O1',
      BillingCity: 'Graz',
      Status: 'Activated',
      OrderItemSummaries: { records: [{ Status: 'ORDERED', QuantityOrdered: 2, StockKeepingUnit: 'SKU-O1' }] },
    });
    expect((await summarize(order)).status).toBe(400);
    expect(await twin.call('POST', '/sobjects/OrderSummary', { OrderNumber: '1' })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY' }],
    });
    expect((await twin.call('GET', '/sobjects/OrderSummary/describe')).body).toMatchObject({
      createable: false,
      updateable: true,
    });
  });

  it('makes none from a draft', async () => {
    const { order } = await twin.seed(anOrder('O1'));
    expect((await summarize(order)).status).toBe(400);
  });

  it('takes the edits of an unmanaged summary, but not of what is computed', async () => {
    const id = await summarized();
    const path = `/sobjects/OrderSummary/${id}`;
    expect((await twin.call('PATCH', path, { Status: 'Shipped', IsSuspended: true })).status).toBe(204);
    expect(await twin.call('PATCH', path, { OrderLifeCycleType: 'MANAGED' })).toMatchObject({
      body: [{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' }],
    });
  });

  it('starts a return order submitted, and a parcel with a name to ship to', async () => {
    const OrderSummaryId = await summarized();
    expect((await twin.call('POST', '/sobjects/ReturnOrder', { OrderSummaryId, Status: 'Draft' })).status).toBe(400);
    expect((await twin.call('POST', '/sobjects/ReturnOrder', { OrderSummaryId, Status: 'Submitted' })).status).toBe(
      201,
    );
    expect(await twin.call('POST', '/sobjects/Shipment', { OrderSummaryId })).toMatchObject({
      body: [{ errorCode: 'REQUIRED_FIELD_MISSING', fields: ['ShipToName'] }],
    });
    const parcel = { OrderSummaryId, ShipToName: 'Ada', TrackingNumber: '1Z', Status: 'In Transit' };
    expect((await twin.call('POST', '/sobjects/Shipment', parcel)).status).toBe(201);
  });

  it('starts a fulfillment order in Draft, and lets its category follow its status', async () => {
    const OrderSummaryId = await summarized();
    const seeded = await twin.seed([
      { attributes: { type: 'Location', referenceId: 'from' }, Name: 'DC 1', LocationType: 'Warehouse' },
      { attributes: { type: 'OrderDeliveryMethod', referenceId: 'by' }, Name: 'Ground', IsActive: true },
    ]);
    const body = {
      ...{ OrderSummaryId, Status: 'Draft', Type: 'Warehouse', FulfilledToName: 'Ada', FulfilledToPhone: '1' },
      ...{ DeliveryMethodId: seeded['by'], FulfilledFromLocationId: seeded['from'], FulfilledToStreet: 'Way 1' },
      ...{ FulfilledToEmailAddress: 'ada@example.org', FulfilledToCity: 'Graz', FulfilledToState: 'Styria' },
      ...{ FulfilledToPostalCode: '8010', FulfilledToCountry: 'Austria' },
      ...{ FulfilledToLatitude: 47.07, FulfilledToLongitude: 15.43 },
    };
    const path = '/sobjects/FulfillmentOrder';
    expect((await twin.call('POST', path, { ...body, Status: 'Allocated' })).status).toBe(400);
    const id = String(member((await twin.call('POST', path, body)).body, 'id'));
    await twin.call('PATCH', `${path}/${id}`, { Status: 'Pick Complete' });
    expect((await twin.call('GET', `${path}/${id}`)).body).toMatchObject({ StatusCategory: 'FULFILLING' });
  });

  it('has none of it without the licence (§8 item 9)', async () => {
    const plain = await startTwin();
    try {
      expect((await plain.call('GET', '/sobjects/Shipment/describe')).status).toBe(404);
      expect((await plain.call('POST', summaries, { orderId: '801' })).status).toBe(404);
      expect((await plain.query('SELECT Id FROM OrderSummary')).body).toMatchObject([{ errorCode: 'INVALID_TYPE' }]);
    } finally {
      await plain.close();
    }
  });

  it('describes the record type that every object has, and a person’s where there are person accounts (§4.6)', async () => {
    const persons = await startTwin({ features: { personAccounts: true } });
    try {
      expect(member((await twin.call('GET', '/sobjects/Order/describe')).body, 'recordTypeInfos')).toMatchObject([
        { developerName: 'Master', master: true, recordTypeId: '012000000000000AAA' },
      ]);
      const described = (await persons.call('GET', '/sobjects/Account/describe')).body;
      expect(member(described, 'recordTypeInfos')).toMatchObject([
        { developerName: 'PersonAccount', master: false },
        { developerName: 'Master' },
      ]);
    } finally {
      await persons.close();
    }
  });
});

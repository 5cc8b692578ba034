import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aLine, anOrder } from '../testing/an-order.js';
import { eventually } from '../../testing/eventually.js';
import { firstMessage, TwinClient } from '../testing/twin-client.js';
import { rows, type JsonObject } from '../wire/json.js';

describe('§4.3 fulfilment events', () => {
  let twin: TwinClient;
  beforeAll(async () => {
    twin = await TwinClient.start();
  });
  afterAll(() => twin.close());

  const released = async (orderId: string) => {
    await twin.live(orderId, { after: 0, do: 'allocate' }, { after: 0, do: 'release' });
    await twin.save(anOrder(orderId, { IsConfirmed: true, OrderLine: [aLine('1', { Quantity: 3 })] }));
    await eventually(
      'the order is released',
      async () => (await twin.stored(orderId)).MinFulfillmentStatusId === '3000',
    );
  };
  const send = (...events: object[]) => twin.post('/order/api/order/orderevent/receive', { OrderEvent: events });
  const event = (orderId: string, EventTypeId: string, more: object = {}) => ({
    EventTypeId,
    OrderId: orderId,
    ReleaseId: `${orderId}1`,
    ReleaseLineId: '1',
    ...more,
  });
  const shipment = {
    Item: 'SKU-1',
    Quantity: 1,
    FulfillmentInfo: { TrackingNumber: 'TRK-9', PackageId: 'PK-9', CarrierCode: '' },
  };
  const lineOf = async (orderId: string): Promise<JsonObject> => rows(await twin.stored(orderId), 'OrderLine')[0] ?? {};
  const units = (line: JsonObject): JsonObject =>
    Object.fromEntries(rows(line, 'QuantityDetail').map((row) => [String(row.StatusId), row.Quantity ?? 0]));

  it('Ship makes fulfilment detail, tracking and an invoice, and lowers the allocation', async () => {
    await released('E1');
    expect((await send(event('E1', 'Ship', shipment))).status).toBe(200);
    const line = await lineOf('E1');
    expect(units(line)).toEqual({ 1000: 0, 2000: 0, 3000: 2, 7000: 1 });
    expect(line).toMatchObject({
      FulfillmentDetail: [
        { PackageId: 'PK-9', TrackingNumber: 'TRK-9', ReleaseId: 'E11', ReleaseLineId: '1', Quantity: 1 },
      ],
      Allocation: [{ Quantity: 2 }],
      FulfillmentStatus: 'Partially Fulfilled',
    });
    expect(await twin.stored('E1')).toMatchObject({
      Invoice: [{ PackageId: 'PK-9', InvoiceTotal: 10 }],
      Release: [{ ReleaseLine: [{ FulfilledQuantity: 1 }] }],
    });
  });

  it.each([
    ['ReleaseId', { ReleaseId: null }],
    ['ReleaseLineId', { ReleaseLineId: null }],
    ['Item', { Item: null }],
    ['Quantity', { Quantity: null }],
    ['FulfillmentInfo', { FulfillmentInfo: null }],
    ['Quantity', { Quantity: 4 }],
    ['EventTypeId', { EventTypeId: 'Teleport' }],
  ])('refuses a Ship with a bad %s', async (field, change) => {
    const orderId = `BAD${field}${JSON.stringify(change).length}`;
    await released(orderId);
    const { status, body } = await send({ ...event(orderId, 'Ship', shipment), ...change });
    expect(status).toBe(400);
    expect(firstMessage(body)).toMatch(new RegExp(`^${field}: `));
    expect(units(await lineOf(orderId))).not.toHaveProperty('7000');
  });

  it('rolls the whole list back when one event is refused', async () => {
    await released('E2');
    expect((await send(event('E2', 'Ship', shipment), event('E2', 'Ship', { ...shipment, Quantity: 9 }))).status).toBe(
      400,
    );
    expect(units(await lineOf('E2'))).toMatchObject({ 3000: 3 });
  });

  it('accepts a repeated external message id and does it once', async () => {
    await released('E3');
    const ship = event('E3', 'Ship', { ...shipment, ExternalMessageId: 'WH-1' });
    await send(ship);
    expect((await send(ship)).status).toBe(200);
    expect(units(await lineOf('E3'))).toMatchObject({ 3000: 2, 7000: 1 });
  });

  it('Short cancels or goes back to allocation, as its reason says; an unknown reason is refused', async () => {
    await released('E4');
    expect((await send(event('E4', 'Short', { Quantity: 1, ShortReasonId: 'Whim' }))).status).toBe(400);
    await send(event('E4', 'Short', { Quantity: 1, ShortReasonId: 'Inventory Not Found' }));
    expect(await lineOf('E4')).toMatchObject({
      Quantity: 2,
      LineShortCount: 1,
      OrderLineCancelHistory: [{ CancelQuantity: 1 }],
      Allocation: [{ Quantity: 2 }],
    });
    const reasons = rows(await lineOf('E4'), 'QuantityDetail').map(({ Reason }) => Reason);
    expect(reasons).toContainEqual({ ReasonId: 'Inventory Not Found' });
    await send(event('E4', 'Short', { Quantity: 1, ShortReasonId: 'Store Reject' }));
    expect(await lineOf('E4')).toMatchObject({ Quantity: 2, LineShortCount: 2 });
    expect(units(await lineOf('E4'))).toEqual({ 1000: 0, 1500: 0, 2000: 1, 3000: 1 });
  });

  it('StatusUpdate moves a release through the warehouse, and delivers by tracking number alone', async () => {
    await released('E5');
    for (const [StatusId, Quantity] of [
      ['3500', 3],
      ['3600', 3],
      ['3700', 3],
    ]) {
      await send({ EventTypeId: 'StatusUpdate', OrderId: 'E5', ReleaseId: 'E51', StatusId });
      expect(units(await lineOf('E5'))).toMatchObject({ [String(StatusId)]: Quantity });
    }
    const parcel = (TrackingNumber: string, Quantity: number) => ({
      ...shipment,
      Quantity,
      FulfillmentInfo: { TrackingNumber },
    });
    await send(event('E5', 'Ship', parcel('T-A', 2)), event('E5', 'Ship', parcel('T-B', 1)));
    await send({ EventTypeId: 'StatusUpdate', StatusId: '7500', FulfillmentInfo: { TrackingNumber: 'T-A' } });
    expect(units(await lineOf('E5'))).toMatchObject({ 7000: 1, 7500: 2 });
  });

  it('refuses an event that fits no order', async () => {
    expect((await send(event('NOPE', 'Ship', shipment))).status).toBe(400);
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLine, anOrder } from '../testing/an-order.js';
import { eventually } from '../../testing/eventually.js';
import { ORDER, TwinClient } from '../testing/twin-client.js';
import { rows, type JsonObject } from '../wire/json.js';

const MINUTE = 60_000;

describe('§3.6 late cancel', () => {
  let twin: TwinClient;
  beforeEach(async () => {
    twin = await TwinClient.start();
    await twin.put('/control/config', { lateCancel: true });
  });
  afterEach(() => twin.close());

  const arrived = async (orderId: string, status: string, line: object = {}, ...more: string[]) => {
    await twin.live(orderId, ...['allocate', 'release', ...more].map((name) => ({ after: 0, do: name })));
    const lines = [aLine('1', { Quantity: 3, ...line }), aLine('2', line)];
    await twin.save(anOrder(orderId, { IsConfirmed: true, OrderLine: lines }));
    await eventually(
      `${orderId} is at ${status}`,
      async () => (await twin.stored(orderId)).MinFulfillmentStatusId === status,
    );
  };
  const ask = (orderId: string, lineId = '1') =>
    twin.post(`${ORDER}/save`, {
      OrderId: orderId,
      OrderLine: [{ OrderLineId: lineId, IsCancelled: true, CancelReason: { ReasonId: '1000.000' } }],
    });
  const lineOf = async (orderId: string): Promise<JsonObject> => rows(await twin.stored(orderId), 'OrderLine')[0] ?? {};
  const trackers = async (orderId: string) => {
    const path = '/order/api/order/postReleaseCancellationTracker/search';
    return rows((await twin.post(path, { Query: `OrderId = '${orderId}'` })).body, 'data');
  };
  const decided = (orderId: string) =>
    eventually('the request is decided', async () => {
      const line = await lineOf(orderId);
      return line.CancellationRequestStatus !== 'Requested' && line;
    });
  const wait = (minutes: number) => twin.post('/control/clock', { advanceMs: minutes * MINUTE });

  it('is a request first, and then cancels the line with its release lines', async () => {
    await arrived('L1', '3000');
    const { status, body } = await ask('L1');
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { data: { OrderLine: [{ CancellationRequestStatus: 'Requested', Quantity: 3, IsCancelled: false }, {}] } },
    });
    expect(await decided('L1')).toMatchObject({
      CancellationRequestStatus: 'Success',
      IsCancelled: true,
      Quantity: 0,
      MaxFulfillmentStatusId: '9000',
      CancelReason: { ReasonId: '1000.000' },
    });
    expect(await twin.stored('L1')).toMatchObject({
      IsCancelled: false,
      Release: [{ ReleaseLine: [{ CancelledQuantity: 3 }, { CancelledQuantity: 0 }] }],
    });
    expect(await trackers('L1')).toMatchObject([
      { OrderLineId: '1', CancellationRequestStatus: 'Success', FulfillmentResponseCode: '200', AttemptCount: 1 },
    ]);
  });

  it('ends as Partial Cancellation when the warehouse gives back only some', async () => {
    await twin.put('/control/config', { lateCancelAnswer: 'partial' });
    await arrived('L1', '3000');
    await ask('L1');
    expect(await decided('L1')).toMatchObject({
      CancellationRequestStatus: 'Partial Cancellation',
      IsCancelled: false,
      Quantity: 1,
      Allocation: [{ Quantity: 1 }],
      OrderLineCancelHistory: [{ CancelQuantity: 2, CancelReason: { ReasonId: '1000.000' } }],
    });
  });

  it.each(['300', '404'])('fails at once on the answer %s', async (lateCancelAnswer) => {
    await twin.put('/control/config', { lateCancelAnswer });
    await arrived('L1', '3000');
    await ask('L1');
    expect(await decided('L1')).toMatchObject({ CancellationRequestStatus: 'Failure', Quantity: 3 });
  });

  it.each(['250', '500'])('asks again every 30 minutes on the answer %s, and fails after 24 hours', async (answer) => {
    await twin.put('/control/config', { lateCancelAnswer: answer });
    await arrived('L1', '3000');
    await ask('L1');
    await wait(45);
    expect(await trackers('L1')).toMatchObject([{ AttemptCount: 2, CancellationRequestStatus: 'Requested' }]);
    await wait(23 * 60);
    expect(await trackers('L1')).toMatchObject([{ AttemptCount: 48, CancellationRequestStatus: 'Requested' }]);
    await wait(30);
    expect(await lineOf('L1')).toMatchObject({ CancellationRequestStatus: 'Failure', Quantity: 3 });
  });

  it('succeeds when the warehouse agrees at a later attempt', async () => {
    await twin.put('/control/config', { lateCancelAnswer: '250' });
    await arrived('L1', '3000');
    await ask('L1');
    await wait(10);
    await twin.put('/control/config', { lateCancelAnswer: '200' });
    await wait(25);
    expect(await lineOf('L1')).toMatchObject({ CancellationRequestStatus: 'Success', IsCancelled: true });
  });

  it('cancels the order with its last line', async () => {
    await arrived('L1', '3000');
    await ask('L1', '1');
    await ask('L1', '2');
    await eventually('the order is cancelled', async () => (await twin.stored('L1')).IsCancelled);
    expect(await twin.stored('L1')).toMatchObject({ CancelledOrderSubTotal: 50, OrderTotal: 0 });
  });

  const PICKUP = { DeliveryMethod: { DeliveryMethodId: 'PickUpAtStore' }, ShipToLocationId: 'STORE-1' };
  it.each([
    ['home delivery while picked', {}, ['pick'], '3600', 200],
    ['home delivery once packed', {}, ['pick', 'pack'], '3700', 400],
    ['a pickup once packed', PICKUP, ['pick', 'pack'], '3700', 200],
    ['a pickup once handed over', PICKUP, ['ship'], '7000', 400],
  ])('answers for %s', async (_, line, steps, status, wanted) => {
    await arrived('L1', status, line, ...steps);
    expect((await ask('L1')).status).toBe(wanted);
  });

  it('knows no whole order and no units', async () => {
    await arrived('L1', '3000');
    expect((await twin.post(`${ORDER}/save`, { OrderId: 'L1', IsCancelled: true })).status).toBe(400);
    const fewer = { OrderId: 'L1', OrderLine: [{ OrderLineId: '1', Quantity: 1 }] };
    expect((await twin.post(`${ORDER}/save`, fewer)).status).toBe(400);
    expect(await trackers('L1')).toEqual([]);
  });

  it('§12 is refused where the tenant has not switched it on', async () => {
    await twin.put('/control/config', { lateCancel: false });
    await arrived('L1', '3000');
    expect((await ask('L1')).status).toBe(400);
  });
});

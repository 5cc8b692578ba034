import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aLine, anOrder } from '../testing/an-order.js';
import { firstMessage, ORDER, TwinClient } from '../testing/twin-client.js';

describe('§3.1 the cancel endpoints', () => {
  let twin: TwinClient;
  beforeAll(async () => {
    twin = await TwinClient.start();
  });
  afterAll(() => twin.close());

  const reason = { CancelReason: { ReasonId: '1000.000' }, CancelComments: 'changed my mind' };
  const ordered = (orderId: string) =>
    twin.save(anOrder(orderId, { OrderLine: [aLine('1', { Quantity: 3 }), aLine('2')] }));

  it('cancel a whole order with its reason, and again without effect', async () => {
    await ordered('C1');
    for (let time = 0; time < 2; time += 1)
      expect((await twin.post(`${ORDER}/orderId/C1/cancel`, reason)).body).toMatchObject({
        data: { IsCancelled: true, MaxFulfillmentStatusId: '9000', ...reason },
      });
    expect((await twin.get('/control/writes?key=C1')).body.counts).toEqual({ effective: 2, repeats: 1, refused: 0 });
  });

  it('cancel units and lines of one order', async () => {
    await ordered('C2');
    const OrderLine = [{ OrderLineId: '1', Quantity: 1 }, { OrderLineId: '2' }];
    const { body } = await twin.post(`${ORDER}/orderId/C2/orderLine/cancel`, { ...reason, OrderLine });
    expect(body).toMatchObject({
      data: {
        IsCancelled: false,
        OrderLine: [
          { Quantity: 2, OrderLineCancelHistory: [{ CancelQuantity: 1, ...reason }] },
          { Quantity: 0, IsCancelled: true, ...reason },
        ],
      },
    });
  });

  it('cancel many orders, each by itself', async () => {
    await ordered('C3');
    const { status, body } = await twin.post(`${ORDER}/cancel`, {
      Data: [{ OrderId: 'NOPE' }, { OrderId: 'C3', ...reason }],
    });
    expect({ status, words: firstMessage(body) }).toEqual({
      status: 200,
      words: 'OrderId: NOPE: Order NOPE is not known',
    });
    expect(await twin.stored('C3')).toMatchObject({ IsCancelled: true });
  });

  it('cancel lines of many orders', async () => {
    await ordered('C4');
    await ordered('C5');
    const Data = ['C4', 'C5'].map((OrderId) => ({ OrderId, OrderLine: [{ OrderLineId: '2' }] }));
    await twin.post(`${ORDER}/orderLine/cancel`, { Data });
    for (const id of ['C4', 'C5']) expect(await twin.stored(id)).toMatchObject({ CancelLineCount: 1 });
  });

  it.each([
    ['an unknown order', 'orderId/NOPE/cancel', {}, 404],
    ['an unknown line', 'orderId/C6/orderLine/cancel', { OrderLine: [{ OrderLineId: '9' }] }, 400],
    ['no line', 'orderId/C6/orderLine/cancel', {}, 400],
    [
      'more units than there are',
      'orderId/C6/orderLine/cancel',
      { OrderLine: [{ OrderLineId: '1', Quantity: 4 }] },
      400,
    ],
    ['no unit', 'orderId/C6/orderLine/cancel', { OrderLine: [{ OrderLineId: '1', Quantity: 0 }] }, 400],
    ['no order', 'cancel', {}, 400],
  ])('refuse %s', async (_, path, body, status) => {
    await ordered('C6');
    expect((await twin.post(`${ORDER}/${path}`, body)).status).toBe(status);
    expect(await twin.stored('C6')).toMatchObject({ CancelLineCount: 0 });
  });

  it('§12 are not there where the tenant does not offer them', async () => {
    await ordered('C7');
    await twin.put('/control/config', { cancelEndpoints: false });
    expect((await twin.post(`${ORDER}/orderId/C7/cancel`, reason)).status).toBe(404);
  });
});

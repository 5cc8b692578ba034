import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aLine, anOrder } from '../testing/an-order.js';
import { eventually } from '../../testing/eventually.js';
import { firstMessage, ORDER, TwinClient } from '../testing/twin-client.js';
import { rows } from '../wire/json.js';

describe('§3.6 cancel by save', () => {
  let twin: TwinClient;
  beforeAll(async () => {
    twin = await TwinClient.start();
  });
  afterAll(() => twin.close());

  const charges = {
    OrderChargeDetail: [{ ChargeDetailId: 'S', ChargeType: { ChargeTypeId: 'Shipping' }, ChargeTotal: 5 }],
    OrderTaxDetail: [{ TaxDetailId: 'HT', TaxAmount: 0.5 }],
  };
  const pricedLine = (id: string) =>
    aLine(id, {
      OrderLineChargeDetail: [{ ChargeDetailId: `D${id}`, ChargeType: { ChargeTypeId: 'Discount' }, ChargeTotal: -2 }],
      OrderLineTaxDetail: [{ TaxDetailId: `T${id}`, TaxAmount: 1.08 }],
    });
  const released = async (orderId: string) => {
    await twin.live(orderId, { after: 0, do: 'allocate' }, { after: 0, do: 'release' });
    await twin.save(anOrder(orderId, { IsConfirmed: true, OrderLine: [aLine('1', { Quantity: 3 }), aLine('2')] }));
    await eventually(
      'the order is released',
      async () => (await twin.stored(orderId)).MinFulfillmentStatusId === '3000',
    );
  };

  it('zeroes a whole order and keeps what it was worth in the Cancelled copies', async () => {
    await twin.save(anOrder('X1', { ...charges, OrderLine: [pricedLine('1'), pricedLine('2')] }));
    const saved = await twin.save({ OrderId: 'X1', IsCancelled: true, CancelReason: { ReasonId: '1000.000' } });
    expect(saved).toMatchObject({
      IsCancelled: true,
      OrderSubTotal: 0,
      OrderTotal: 0,
      TotalCharges: 0,
      TotalDiscounts: 0,
      TotalTaxes: 0,
      OrderChargeDetail: [],
      OrderTaxDetail: [],
      CancelledOrderSubTotal: 40,
      CancelledOrderTotal: 43.66,
      CancelledOrderChargeDetail: [{ ChargeDetailId: 'S', ChargeTotal: 5 }],
      CancelledOrderTaxDetail: [{ TaxDetailId: 'HT' }],
      MinFulfillmentStatusId: '9000',
      MaxFulfillmentStatusId: '9000',
      FulfillmentStatus: 'Canceled',
    });
    expect(rows(saved, 'OrderLine')).toMatchObject(
      ['1', '2'].map((id) => ({
        IsCancelled: true,
        Quantity: 0,
        OrderLineTotal: 0,
        CancelledOrderLineSubTotal: 20,
        CancelledOrderLineChargeDetail: [{ ChargeDetailId: `D${id}` }],
        CancelledOrderLineTaxDetail: [{ TaxDetailId: `T${id}` }],
        OrderLineCancelHistory: [{ CancelQuantity: 2, CancelReason: { ReasonId: '1000.000' } }],
        QuantityDetail: [{ StatusId: '1000', Quantity: 0 }],
      })),
    );
  });

  it('changes nothing when the cancel is repeated, with or without the old amounts', async () => {
    await twin.save(anOrder('X2'));
    await twin.save({ OrderId: 'X2', IsCancelled: true });
    await twin.save({ OrderId: 'X2', IsCancelled: true });
    await twin.save(anOrder('X2', { IsCancelled: true }));
    expect((await twin.get('/control/writes?key=X2')).body.counts).toEqual({ effective: 2, repeats: 2, refused: 0 });
  });

  it('refuses to revive a cancelled order by a late duplicate of its creation', async () => {
    await twin.save(anOrder('X3'));
    await twin.save({ OrderId: 'X3', IsCancelled: true });
    const late = await twin.post(`${ORDER}/save`, anOrder('X3'));
    expect(late.status).toBe(400);
    expect((await twin.stored('X3')).OrderTotal).toBe(0);
  });

  it('cancels one line and leaves the order alive; the last line cancels the order', async () => {
    await twin.save(anOrder('X4', { ...charges, OrderLine: [aLine('1'), aLine('2')] }));
    const one = await twin.save({ OrderId: 'X4', OrderLine: [{ OrderLineId: '1', IsCancelled: true }] });
    expect(one).toMatchObject({
      IsCancelled: false,
      OrderTotal: 25.5,
      CancelLineCount: 1,
      MinFulfillmentStatusId: '1000',
    });
    const both = await twin.save({ OrderId: 'X4', OrderLine: [{ OrderLineId: '2', IsCancelled: true }] });
    expect(both).toMatchObject({ IsCancelled: true, OrderTotal: 0, CancelledOrderTotal: 45.5 });
  });

  it('changes nothing when the cancel of a line is repeated with its old amounts, or beside a live change', async () => {
    const cancelled = aLine('1', {
      IsCancelled: true,
      OrderLineChargeDetail: [{ ChargeDetailId: 'D', ChargeTotal: -1 }],
    });
    await twin.save(anOrder('X7', { OrderLine: [aLine('1'), aLine('2')] }));
    await twin.save({ OrderId: 'X7', OrderLine: [cancelled] });
    await twin.save({ OrderId: 'X7', OrderLine: [cancelled] });
    const saved = await twin.save({ OrderId: 'X7', OrderLine: [cancelled, { OrderLineId: '2', Quantity: 3 }] });
    expect(saved).toMatchObject({ OrderTotal: 30, OrderLine: [{ IsCancelled: true, Quantity: 0 }, { Quantity: 3 }] });
    expect((await twin.get('/control/writes?key=X7')).body.counts).toEqual({ effective: 3, repeats: 1, refused: 0 });
  });

  it('takes a lower quantity as a partial cancel, without Cancelled totals', async () => {
    await twin.save(anOrder('X5', { OrderLine: [aLine('1', { Quantity: 5 })] }));
    const saved = await twin.save({ OrderId: 'X5', OrderLine: [{ OrderLineId: '1', Quantity: 3 }] });
    expect(saved).toMatchObject({ IsCancelled: false, OrderTotal: 30 });
    expect(saved).not.toHaveProperty('CancelledOrderTotal');
    expect(rows(saved, 'OrderLine')[0]).toMatchObject({
      Quantity: 3,
      OrderLineCancelHistory: [{ CancelQuantity: 2 }],
      QuantityDetail: [{ StatusId: '1000', Quantity: 3 }],
    });
  });

  it('gives the reservation back, and only what it no longer needs', async () => {
    await twin.live('X6', { after: 0, do: 'allocate' });
    await twin.save(anOrder('X6', { IsConfirmed: true, OrderLine: [aLine('1', { Quantity: 5 })] }));
    await eventually('the order is allocated', async () => (await twin.stored('X6')).MinFulfillmentStatusId === '2000');
    const part = await twin.save({ OrderId: 'X6', OrderLine: [{ OrderLineId: '1', Quantity: 2 }] });
    expect(rows(part, 'OrderLine')[0]).toMatchObject({ Allocation: [{ Quantity: 2 }] });
    const none = await twin.save({ OrderId: 'X6', IsCancelled: true });
    expect(rows(none, 'OrderLine')[0]).toMatchObject({
      Allocation: [],
      QuantityDetail: [
        { StatusId: '1000', Quantity: 0 },
        { StatusId: '2000', Quantity: 0 },
      ],
    });
  });

  it.each([
    ['the order', { IsCancelled: true }, 'Order::Cancel'],
    ['a line', { OrderLine: [{ OrderLineId: '1', IsCancelled: true }] }, 'OrderLine::Cancel'],
    ['units', { OrderLine: [{ OrderLineId: '1', Quantity: 1 }] }, 'OrderLine::Quantity::Decrease'],
  ])('refuses from 3000 on to cancel %s', async (what, change, modType) => {
    const orderId = `REL-${what.replaceAll(' ', '')}`;
    await released(orderId);
    const { status, body } = await twin.post(`${ORDER}/save`, { OrderId: orderId, ...change });
    expect(status).toBe(400);
    expect(firstMessage(body)).toMatch(new RegExp(`^${modType}: `));
  });

  it('§2.5 rejects the whole update when one line of it is not allowed', async () => {
    await released('ALL');
    const update = {
      OrderId: 'ALL',
      CustomerEmail: 'new@example.test',
      OrderLine: [{ OrderLineId: '1', Quantity: 9 }],
    };
    expect((await twin.post(`${ORDER}/save`, update)).status).toBe(400);
    expect(await twin.stored('ALL')).not.toHaveProperty('CustomerEmail');
    await twin.save({ OrderId: 'ALL', CustomerEmail: 'new@example.test' });
    expect((await twin.stored('ALL')).CustomerEmail).toBe('new@example.test');
  });
});

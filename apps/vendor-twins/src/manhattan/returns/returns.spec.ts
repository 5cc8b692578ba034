import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLine, anOrder } from '../testing/an-order.js';
import { aReturn, aReturnLine, aShippedOrder, returnEvent } from '../testing/a-return.js';
import { eventually } from '../../testing/eventually.js';
import { firstMessage, ORDER, TwinClient } from '../testing/twin-client.js';
import { rows, type JsonObject } from '../wire/json.js';

describe('§5.1 returns and exchanges of the Manhattan twin', () => {
  let twin: TwinClient;
  beforeEach(async () => {
    twin = await TwinClient.start();
  });
  afterEach(() => twin.close());

  const units = (order: JsonObject, id = '1'): JsonObject =>
    Object.fromEntries(
      rows(rows(order, 'OrderLine').find((line) => line.OrderLineId === id) ?? {}, 'QuantityDetail').map((row) => [
        String(row.StatusId),
        row.Quantity ?? 0,
      ]),
    );
  const until = (orderId: string, what: string, holds: (order: JsonObject) => boolean) =>
    eventually(`${orderId}: ${what}`, async () => {
      const order = await twin.stored(orderId);
      return holds(order) && order;
    });
  const refunded = (orderId: string) =>
    until(orderId, 'refunded', ({ PaymentStatus }) => JSON.stringify(PaymentStatus).includes('7000'));

  it('§5.1 copies price, charges and taxes from the parent, prorated and negated, and claims its units', async () => {
    await aShippedOrder(twin, 'O1');
    const saved = await twin.save(aReturn('R1', 'O1'));
    expect(saved).toMatchObject({
      MinReturnStatusId: '11000',
      MaxReturnStatusId: '11000',
      MinFulfillmentStatusId: null,
      ReturnType: { ReturnTypeId: 'Refund' },
      RelatedOrderIds: ['O1'],
      OrderTotal: -9.67,
      OrderLine: [
        {
          UnitPrice: -10,
          OrderLineChargeDetail: [{ ChargeTotal: 0.33 }],
          OrderLineTaxDetail: [{ TaxAmount: 0 }],
        },
      ],
    });
    const parent = await twin.stored('O1');
    expect(units(parent)).toMatchObject({ 7000: 2, 8000: 1 });
    expect(parent).toMatchObject({ RelatedReturnIds: ['R1'], OrderLine: [{ ReturnableQuantity: 2 }] });
  });

  it('§5.1 gives the whole discount back over several returns, to the cent', async () => {
    await aShippedOrder(twin, 'O1');
    const totals: unknown[] = [];
    for (const id of ['R1', 'R2', 'R3']) totals.push((await twin.save(aReturn(id, 'O1'))).OrderTotal);
    expect(totals).toEqual([-9.67, -9.66, -9.67]);
    const { status, body } = await twin.post(`${ORDER}/save`, aReturn('R4', 'O1'));
    expect({ status, words: firstMessage(body) }).toEqual({ status: 400, words: expect.stringMatching(/^Quantity: /) });
  });

  it('§5.1 leaves amounts alone that the host has priced', async () => {
    await aShippedOrder(twin, 'O1');
    const actions = { IsAlreadyPriced: true, IsAlreadyCharged: true, IsAlreadyTaxed: true };
    const priced = aReturn('R1', 'O1', { OrderActions: actions, OrderLine: [aReturnLine('O1', { UnitPrice: -8.5 })] });
    expect(await twin.save(priced)).toMatchObject({ OrderTotal: -8.5 });
  });

  it.each([
    ['ParentOrderId', { ParentOrderId: null }],
    ['ParentOrderId', { ParentOrderId: 'NOPE' }],
    ['ParentOrderLineId', { ParentOrderLineId: null }],
    ['ParentOrderLineId', { ParentOrderLineId: '9' }],
    ['Quantity', { Quantity: 4 }],
  ])('§5.1 refuses a return with a bad %s and leaves the parent alone', async (field, change) => {
    await aShippedOrder(twin, 'O1');
    const { status, body } = await twin.post(
      `${ORDER}/save`,
      aReturn('R1', 'O1', { OrderLine: [aReturnLine('O1', change)] }),
    );
    expect({ status, code: firstMessage(body).split(':')[0] }).toEqual({ status: 400, code: field });
    expect(units(await twin.stored('O1'))).not.toHaveProperty('8000');
  });

  it('§5.1, §13 takes the parent to 8500 at once where the tenant does', async () => {
    await twin.put('/control/config', { parentStatusOnReturn: '8500' });
    await aShippedOrder(twin, 'O1');
    await twin.save(aReturn('R1', 'O1'));
    expect(units(await twin.stored('O1'))).toMatchObject({ 7000: 2, 8500: 1 });
  });

  it.each([
    ['ship', '7000'],
    ['deliver', '7500'],
  ])('§5.1 a cancelled return gives the units back to where they were after %s', async (last, status) => {
    await aShippedOrder(twin, 'O1', last === 'deliver');
    await twin.save(aReturn('R1', 'O1'));
    const cancelled = await twin.save({ OrderId: 'R1', IsCancelled: true });
    expect(cancelled).toMatchObject({ MinReturnStatusId: '19000', IsCancelled: true });
    expect(units(await twin.stored('O1'))).toMatchObject({ [status]: 3, 8000: 0 });
  });

  it('§5.1 a return that expects no goods is approved by itself, or by hand where the tenant says so', async () => {
    await aShippedOrder(twin, 'O1');
    const noGoods = { OrderLine: [aReturnLine('O1', { IsReceiptExpected: false })] };
    await twin.save(aReturn('R1', 'O1', noGoods));
    await refunded('R1');
    await twin.put('/control/config', { returnAutoApprove: false });
    await twin.save(aReturn('R2', 'O1', noGoods));
    await until('R2', 'waits for approval', ({ MinReturnStatusId }) => MinReturnStatusId === '13000');
    expect((await twin.post(`${ORDER}/R2/orderLine/1/approve`, {})).status).toBe(200);
    expect((await twin.post(`${ORDER}/R2/orderLine/1/approve`, {})).status).toBe(400);
    await refunded('R2');
  });

  it.each([
    ['cancel-items', false],
    ['cancel-order', true],
  ])('§5.1 a new return replaces an older pending one: %s', async (pendingReturns, wholeOrder) => {
    await twin.put('/control/config', { pendingReturns });
    await aShippedOrder(twin, 'O1');
    await aShippedOrder(twin, 'O2');
    const two = { OrderLine: [aReturnLine('O1', { Quantity: 3 }), aReturnLine('O2', { OrderLineId: '2' })] };
    await twin.save(aReturn('R1', 'O1', two));
    const replacing = await twin.save(aReturn('R2', 'O1', { OrderLine: [aReturnLine('O1', { Quantity: 2 })] }));
    expect(replacing).toMatchObject({ OrderTotal: -19.33 });
    expect(await twin.stored('R1')).toMatchObject({
      IsCancelled: wholeOrder,
      OrderLine: [{ IsCancelled: true }, { IsCancelled: wholeOrder }],
    });
    expect(units(await twin.stored('O1'))).toMatchObject({ 7000: 1, 8000: 2 });
    expect(units(await twin.stored('O2'))).toMatchObject(wholeOrder ? { 7000: 3, 8000: 0 } : { 7000: 2, 8000: 1 });
  });

  it('§5.1 a return without a parent is taken where the tenant does', async () => {
    await twin.put('/control/config', { returnWithoutParent: 'accept' });
    const nobody = { ParentOrderId: null, ParentOrderLineId: null, UnitPrice: -5 };
    await twin.save(aReturn('R1', 'O1', { OrderLine: [aReturnLine('O1', nobody)] }));
    await returnEvent(twin, 'LineVerification', 'R1');
    expect(await refunded('R1')).toMatchObject({
      Payment: [{ PaymentMethod: [{ PaymentType: { PaymentTypeId: 'Refund Check' }, Amount: 5 }] }],
    });
  });

  it.each([
    ['Even Exchange', { IsEvenExchange: true, UnitPrice: 9.67 }, []],
    ['Uneven Exchange', { UnitPrice: 4 }, [5.67]],
  ])('§5.1 an %s waits for the returned goods and ends as paid', async (type, change, refunds) => {
    await aShippedOrder(twin, 'O1');
    const sale = { ...aLine('2', { Quantity: 1 }), ...change };
    await twin.live('X1', { after: 0, do: 'allocate' }, { after: 0, do: 'release' });
    const saved = await twin.save(aReturn('X1', 'O1', { OrderLine: [aReturnLine('O1'), sale] }));
    expect(saved).toMatchObject({
      ReturnType: { ReturnTypeId: type },
      OrderHold: [{ HoldTypeId: 'ReturnItemsPending', StatusId: '1000' }],
    });
    await until('X1', 'allocated', ({ MaxFulfillmentStatusId }) => MaxFulfillmentStatusId === '2000');
    await eventually('it waits for the goods', async () =>
      String((await twin.get('/control/lives/X1')).body.waitingFor).includes('ReturnItemsPending'),
    );
    await returnEvent(twin, 'LineVerification', 'X1');
    const order = await until('X1', 'released', ({ MaxFulfillmentStatusId }) => MaxFulfillmentStatusId === '3000');
    expect(order).toMatchObject({ OrderHold: [{ StatusId: '2000' }] });
    const paid = await until('X1', 'paid', ({ PaymentStatus }) => JSON.stringify(PaymentStatus).includes('5000'));
    const methods = rows(paid, 'Payment').flatMap((payment) => rows(payment, 'PaymentMethod'));
    expect(methods.map(({ Amount }) => Amount)).toEqual(refunds);
  });

  it('§5.1 a verification that names only the parent makes its own return order', async () => {
    await aShippedOrder(twin, 'O1');
    const blind = { EventTypeId: 'Verification', ParentOrderId: 'O1', ItemId: 'SKU-1', Quantity: '2' };
    await twin.post('/order/api/order/returnOrderEvent/receive', { ReturnOrderEvent: [blind] });
    const parent = await twin.stored('O1');
    expect(units(parent)).toMatchObject({ 7000: 1, 8500: 2 });
    expect(parent.RelatedReturnIds).toEqual([expect.stringMatching(/^RET/)]);
  });

  it.each([
    ['again', 200, ['QuantityVariance']],
    ['refuse', 400, []],
  ])('§2.6 a repeated receipt is handled by choice: %s', async (repeatedExternalMessage, status, holds) => {
    await twin.put('/control/config', { repeatedExternalMessage });
    await aShippedOrder(twin, 'O1');
    await twin.save(aReturn('R1', 'O1'));
    const receipt = () => returnEvent(twin, 'Receipt', 'R1', { ExternalMessageId: 'WH-1', Quantity: 1 });
    await receipt();
    expect((await receipt()).status).toBe(status);
    expect(rows(await twin.stored('R1'), 'OrderHold').map(({ HoldTypeId }) => HoldTypeId)).toEqual(holds);
  });

  it('§5.1 refuses a return older than the age policy', async () => {
    await aShippedOrder(twin, 'O1');
    await twin.put('/control/config', { returnAgeDays: 30 });
    await twin.post('/control/clock', { advanceMs: 31 * 86_400_000 });
    const { status, body } = await twin.post(`${ORDER}/save`, aReturn('R1', 'O1'));
    expect({ status, words: firstMessage(body) }).toEqual({
      status: 400,
      words: expect.stringContaining('age policy'),
    });
  });

  it('§5.1 an order of the same organization is not returned twice by one message', async () => {
    await aShippedOrder(twin, 'O1');
    await twin.save(aReturn('R1', 'O1'));
    await returnEvent(twin, 'Receipt', 'R1', { ExternalMessageId: 'WH-1', Quantity: 1 });
    await returnEvent(twin, 'Receipt', 'R1', { ExternalMessageId: 'WH-1', Quantity: 1 });
    expect(rows(await twin.stored('R1'), 'OrderHold')).toEqual([]);
    expect(await twin.save(anOrder('PLAIN'))).not.toHaveProperty('ReturnType');
  });
});

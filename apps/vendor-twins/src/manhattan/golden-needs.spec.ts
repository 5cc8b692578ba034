import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../testing/eventually.js';
import { aReturn, aReturnLine, returnEvent } from './testing/a-return.js';
import { aLine, anOrder } from './testing/an-order.js';
import { startPushReceiver } from './testing/push-receiver.js';
import { ORDER, TwinClient } from './testing/twin-client.js';
import { objectIn, rows, type JsonObject } from './wire/json.js';

/** What the golden orders need of the twin beyond a life of allocation, release and shipment. */
describe('the Manhattan twin plays', () => {
  let twin: TwinClient;
  beforeEach(async () => {
    twin = await TwinClient.start();
    await twin.live('*', ...['allocate', 'release', 'ship'].map((step) => ({ after: 0, do: step })));
  });
  afterEach(() => twin.close());

  const until = (orderId: string, what: string, holds: (order: JsonObject) => boolean) =>
    eventually(`${orderId}: ${what}`, async () => {
      const order = await twin.stored(orderId);
      return holds(order) && order;
    });
  const shipped = async (orderId: string, changes: object) => {
    await twin.save(anOrder(orderId, { IsConfirmed: true, ...changes }));
    return until(orderId, 'shipped', ({ MinFulfillmentStatusId }) => MinFulfillmentStatusId === '7000');
  };
  const paidStatus = (wanted: string) => (order: JsonObject) =>
    objectIn(order, 'PaymentStatus')?.StatusId === `${wanted}.000`;
  const methodsOf = (order: JsonObject) => rows(order, 'Payment').flatMap((payment) => rows(payment, 'PaymentMethod'));
  const tender = (PaymentMethodId: string, Amount: number, more: object = {}) => ({
    ...{ PaymentMethodId, Amount, CurrentAuthAmount: Amount, CurrentSettledAmount: Amount },
    ...more,
  });
  const paidBy = (...methods: object[]) => ({ Payment: [{ PaymentMethod: methods }] });
  const invoices = (order: JsonObject) =>
    rows(order, 'Invoice').map((row) => [objectIn(row, 'InvoiceType')?.InvoiceTypeId, row.InvoiceTotal]);

  describe('G18, three tenders', () => {
    const three = paidBy(
      tender('GIFT', 5, { ChargeSequence: 2 }),
      tender('CARD', 12, { ChargeSequence: 1 }),
      tender('POINTS', 3, { ChargeSequence: 3 }),
    );

    it.each([
      ['first-charged-first', { 'GIFT-R': 5, 'CARD-R': 5 }],
      ['last-charged-first', { 'POINTS-R': 3, 'CARD-R': 7 }],
      ['charge-sequence', { 'CARD-R': 10 }],
    ])('whose refunds follow the policy %s', async (refundOrder, refunds) => {
      await twin.put('/control/config', { refundOrder });
      await shipped('G18', three);
      await twin.save(aReturn('R18', 'G18'));
      await returnEvent(twin, 'LineVerification', 'R18');
      const back = await until('R18', 'refunded', paidStatus('7000'));
      expect(Object.fromEntries(methodsOf(back).map((row) => [row.PaymentMethodId, row.Amount]))).toEqual(refunds);
    });

    it('none of which gets back more than it was charged, over several returns', async () => {
      await shipped('G18', three);
      for (const id of ['R1', 'R2']) {
        await twin.save(aReturn(id, 'G18'));
        await returnEvent(twin, 'LineVerification', id);
        await until(id, 'refunded', paidStatus('7000'));
      }
      const credits = methodsOf(await twin.stored('G18')).map((method) => [
        method.PaymentMethodId,
        rows(method, 'PaymentTransaction').reduce((sum, row) => sum + Number(row.ProcessedAmount), 0),
      ]);
      expect(credits).toEqual([
        ['GIFT', 5],
        ['CARD', 12],
        ['POINTS', 3],
      ]);
    });
  });

  it('G22, yen without fraction, an address without state and names in other scripts', async () => {
    const Address = {
      FirstName: '花子',
      LastName: '見本',
      Address1: '千代田一丁目',
      City: '東京',
      PostalCode: '100-0001',
      Country: 'JP',
    };
    const line = aLine('1', {
      ...{ Quantity: 3, UnitPrice: 1_000, ShipToAddress: { Address } },
      OrderLineChargeDetail: [{ ChargeDetailId: 'D', ChargeType: { ChargeTypeId: 'Discount' }, ChargeTotal: -100 }],
      OrderLineTaxDetail: [{ TaxDetailId: 'T', TaxAmount: 290 }],
    });
    const yen = { CurrencyCode: 'JPY', CustomerLastName: 'Ørsted-Łukasiewicz', ...paidBy(tender('CARD', 3_190)) };
    const order = await shipped('G22', { ...yen, OrderLine: [line] });
    expect(order).toMatchObject({
      CustomerLastName: 'Ørsted-Łukasiewicz',
      OrderTotal: 3_190,
      OrderLine: [{ ShipToAddress: { Address } }],
    });
    const totals: unknown[] = [];
    for (const id of ['R1', 'R2', 'R3'])
      totals.push((await twin.save(aReturn(id, 'G22', { CurrencyCode: 'JPY' }))).OrderTotal);
    expect(totals.every(Number.isInteger)).toBe(true);
    expect(totals.reduce((sum: number, total) => sum + Number(total), 0)).toBe(-3_190);
  });

  it('G23, a price adjusted after placing: one charge more, told as that charge and nothing else', async () => {
    const receiver = await startPushReceiver();
    await twin.live('G23', { after: 0, do: 'allocate' });
    await twin.save(anOrder('G23', { IsConfirmed: true }));
    await until('G23', 'allocated', ({ MinFulfillmentStatusId }) => MinFulfillmentStatusId === '2000');
    await twin.put('/control/publishing', { http: { url: receiver.url, shape: 'bare' } });
    const charge = { ChargeDetailId: 'ADJ', ChargeType: { ChargeTypeId: 'Promotion' }, ChargeTotal: -2.5 };
    const saved = await twin.save({
      OrderId: 'G23',
      OrderLine: [{ OrderLineId: '1', OrderLineChargeDetail: [charge] }],
    });
    expect(saved).toMatchObject({ OrderTotal: 17.5, OrderLine: [{ UnitPrice: 10, OrderLineTotal: 17.5 }] });
    const [push] = await eventually('a message', () => receiver.pushes.length > 0 && receiver.pushes);
    await receiver.close();
    expect(objectIn(push?.body ?? {}, 'ChangeLog')?.ModTypes).toEqual({
      Order: [],
      OrderLine: ['OrderLine::ChargeDetail::Promotion::Add'],
      QuantityDetail: [],
    });
  });

  describe('G24, an appeasement', () => {
    const appeasement = { ChargeDetailId: 'APP', ChargeType: { ChargeTypeId: 'Appeasement' }, ChargeTotal: -4 };
    const appease = (OrderId: string) => twin.save({ OrderId, OrderChargeDetail: [appeasement] });

    it('that becomes one Adjustment invoice and one refund, however often it is sent', async () => {
      await shipped('G24', paidBy(tender('CARD', 20)));
      for (let n = 0; n < 3; n += 1) await appease('G24');
      const order = await until('G24', 'adjusted', (stored) => rows(stored, 'Invoice').length === 2);
      expect(order.OrderTotal).toBe(16);
      expect(invoices(order)).toEqual([
        ['Shipment', 20],
        ['Adjustment', -4],
      ]);
      const [card] = methodsOf(order);
      expect(card).toMatchObject({
        CurrentSettledAmount: 16,
        PaymentTransaction: [{ TransactionType: { PaymentTransactionTypeId: 'Refund' }, ProcessedAmount: 4 }],
      });
    });

    it('that is left open where somebody outside pays, until it is told as processed', async () => {
      const outside = { ProcessingMode: { ProcessingModeId: 'ExternalProcessing' } };
      await shipped('G24', { Payment: [{ ...outside, PaymentMethod: [tender('CARD', 20)] }] });
      await appease('G24');
      const order = await until('G24', 'adjusted', (stored) => rows(stored, 'Invoice').length === 2);
      expect(methodsOf(order)).toMatchObject([{ CurrentSettledAmount: 20 }]);
      const InvoiceId = rows(order, 'Invoice')[1]?.InvoiceId ?? null;
      await twin.post(`${ORDER}/orderId/G24/invoiceProcessedAmount`, { InvoiceId });
      expect(methodsOf(await twin.stored('G24'))).toMatchObject([{ CurrentSettledAmount: 16 }]);
    });

    it('before the shipment, which then simply costs less', async () => {
      await twin.live('G24');
      await twin.save(anOrder('G24', { IsConfirmed: true, ...paidBy(tender('CARD', 20)) }));
      await appease('G24');
      for (const step of ['allocate', 'release']) await twin.post(`${ORDER}/G24/${step}`, {});
      const line = { OrderLineId: '1', DropStatus: '3000', IntendedDropStatus: '7000', Quantity: 2 };
      await twin.post(`${ORDER}/changeStatus`, { OrderId: 'G24', ChangeStatusLine: [line] });
      expect(invoices(await twin.stored('G24'))).toEqual([['Shipment', 16]]);
    });

    it('for which no invoice is made where the tenant makes none', async () => {
      await twin.put('/control/config', { adjustmentInvoices: false });
      await shipped('G24', paidBy(tender('CARD', 20)));
      await appease('G24');
      await twin.post('/control/clock', { advanceMs: 1_000 });
      expect(invoices(await twin.stored('G24'))).toEqual([['Shipment', 20]]);
    });
  });

  it('G25, an even exchange: nothing to pay, and the new goods leave when the old ones are back', async () => {
    await shipped('O25', paidBy(tender('CARD', 20)));
    const fresh = aLine('2', {
      Quantity: 1,
      UnitPrice: 10,
      IsEvenExchange: true,
      ParentOrderId: 'O25',
      ParentOrderLineId: '1',
    });
    const saved = await twin.save(aReturn('G25', 'O25', { OrderLine: [aReturnLine('O25'), fresh] }));
    expect(saved).toMatchObject({ OrderTotal: 0, IsOnHold: true, ReturnType: { ReturnTypeId: 'Even Exchange' } });
    await eventually('it waits for the goods', async () =>
      String((await twin.get('/control/lives/G25')).body.waitingFor).includes('ReturnItemsPending'),
    );
    await returnEvent(twin, 'LineVerification', 'G25');
    const done = await until('G25', 'shipped', ({ MaxFulfillmentStatusId }) => MaxFulfillmentStatusId === '7000');
    expect(done).toMatchObject({ IsOnHold: false, MaxReturnStatusId: '18000', RelatedOrderIds: ['O25'] });
    expect(await twin.stored('O25')).toMatchObject({ RelatedReturnIds: ['G25'] });
    const parent = rows(await twin.stored('O25'), 'OrderLine')[0] ?? {};
    expect(rows(parent, 'QuantityDetail').filter(({ Quantity }) => Quantity !== 0)).toMatchObject([
      { StatusId: '7000', Quantity: 1 },
      { StatusId: '8500', Quantity: 1 },
    ]);
  });

  it('G26, an uneven exchange that costs more: the difference is authorized, settled, and nothing goes back', async () => {
    await twin.put('/control/config', { settlements: 'automatic' });
    await shipped('O26', paidBy(tender('CARD', 20)));
    const fresh = aLine('2', { Quantity: 1, UnitPrice: 25 });
    const extra = paidBy(tender('EXTRA', 15, { CurrentSettledAmount: 0 }));
    const saved = await twin.save(aReturn('G26', 'O26', { OrderLine: [aReturnLine('O26'), fresh], ...extra }));
    expect(saved).toMatchObject({ OrderTotal: 15, ReturnType: { ReturnTypeId: 'Uneven Exchange' } });
    expect(paidStatus('3000')(saved)).toBe(true);
    await returnEvent(twin, 'LineVerification', 'G26');
    const order = await until('G26', 'shipped', ({ MaxFulfillmentStatusId }) => MaxFulfillmentStatusId === '7000');
    expect(invoices(order)).toEqual([
      ['Return', -10],
      ['Shipment', 25],
    ]);
    const paid = await until('G26', 'paid', paidStatus('5000'));
    expect(methodsOf(paid)).toMatchObject([{ PaymentMethodId: 'EXTRA', Amount: 15, CurrentSettledAmount: 15 }]);
  });
});

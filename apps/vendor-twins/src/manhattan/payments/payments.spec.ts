import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLine, anOrder } from '../testing/an-order.js';
import { aShippedOrder } from '../testing/a-return.js';
import { eventually } from '../../testing/eventually.js';
import { ORDER, TwinClient } from '../testing/twin-client.js';
import { rows, type JsonObject } from '../wire/json.js';

describe('§3.6, §5.3 the money of the Manhattan twin', () => {
  let twin: TwinClient;
  beforeEach(async () => {
    twin = await TwinClient.start();
    await twin.live('*');
  });
  afterEach(() => twin.close());

  const paid = (orderId: string, settled: number, more: object = {}) => {
    const method = { PaymentMethodId: 'PM1', Amount: 40, CurrentAuthAmount: 40, CurrentSettledAmount: settled };
    const Payment = [{ PaymentMethod: [method], ...more }];
    return twin.save(anOrder(orderId, { IsConfirmed: true, OrderLine: [aLine('1'), aLine('2')], Payment }));
  };
  const cancelLine = (orderId: string) =>
    twin.save({ OrderId: orderId, OrderLine: [{ OrderLineId: '2', IsCancelled: true }] });
  const requests = async (orderId: string) =>
    rows(
      (await twin.post('/payment/api/payment/paymentRequest/search', { Query: `OrderId = '${orderId}'` })).body,
      'data',
    );
  const method = (order: JsonObject) => rows(rows(order, 'Payment')[0] ?? {}, 'PaymentMethod')[0] ?? {};
  const closed = (orderId: string) =>
    eventually('the request is executed', async () =>
      (await requests(orderId)).some(({ Status }) => Status === 'Closed'),
    );
  const execute = (OrderId: string, PaymentRequestId: unknown) =>
    twin.post('/payment/api/payment/paymentRequest/save', {
      OrderId,
      PaymentRequestId,
      ExecutionMode: 'CalculateAndExecute',
    });

  it('§3.6 a partial cancel leaves the money alone until its request is executed', async () => {
    await paid('P1', 0);
    await cancelLine('P1');
    const [request] = await requests('P1');
    expect(request).toMatchObject({ ExecutionMode: 'SaveOnly', Status: 'Open', RequestedAmount: 20 });
    expect(method(await twin.stored('P1'))).toMatchObject({ CurrentAuthAmount: 40 });
    expect((await execute('P1', request?.PaymentRequestId)).status).toBe(200);
    expect(method(await twin.stored('P1'))).toMatchObject({
      CurrentAuthAmount: 20,
      PaymentTransaction: [
        { TransactionType: { PaymentTransactionTypeId: 'Authorization Reversal' }, ProcessedAmount: 20 },
      ],
    });
    expect(await requests('P1')).toMatchObject([{ Status: 'Closed' }]);
  });

  it('§3.6 what was settled is refunded', async () => {
    await paid('P2', 40);
    await cancelLine('P2');
    await execute('P2', (await requests('P2'))[0]?.PaymentRequestId);
    expect(method(await twin.stored('P2'))).toMatchObject({
      CurrentSettledAmount: 20,
      CurrentAuthAmount: 20,
      PaymentTransaction: [{ TransactionType: { PaymentTransactionTypeId: 'Refund' }, ProcessedAmount: 20 }],
    });
  });

  it('§3.6 a whole cancel gives everything back by itself', async () => {
    await paid('P3', 0);
    await twin.save({ OrderId: 'P3', IsCancelled: true });
    await closed('P3');
    expect(method(await twin.stored('P3'))).toMatchObject({ CurrentAuthAmount: 0 });
  });

  it('§3.6 a partial cancel does so too where the tenant executes at once', async () => {
    await twin.put('/control/config', { partialCancelPayment: 'execute' });
    await paid('P4', 0);
    await twin.save({ OrderId: 'P4', OrderLine: [{ OrderLineId: '1', Quantity: 1 }] });
    await closed('P4');
    expect(method(await twin.stored('P4'))).toMatchObject({ CurrentAuthAmount: 30 });
  });

  it('§5.3 payments that are processed outside stay as they are', async () => {
    await paid('P5', 0, { ProcessingMode: { ProcessingModeId: 'ExternalProcessing' } });
    await twin.save({ OrderId: 'P5', IsCancelled: true });
    expect(await requests('P5')).toEqual([]);
  });

  it.each([
    [{ OrderId: 'NOPE', ExecutionMode: 'CalculateAndExecute' }, 404],
    [{ ExecutionMode: 'CalculateAndExecute' }, 400],
    [{ OrderId: 'P6', ExecutionMode: 'Guess' }, 400],
  ])('paymentRequest/save refuses %j with %i', async (body, status) => {
    await paid('P6', 0);
    expect((await twin.post('/payment/api/payment/paymentRequest/save', body)).status).toBe(status);
  });

  it('§5.3 invoiceProcessedAmount closes an invoice and settles its order, also in part', async () => {
    await aShippedOrder(twin, 'I1');
    await twin.save({
      OrderId: 'I1',
      Payment: [{ PaymentMethod: [{ PaymentMethodId: 'PM1', CurrentSettledAmount: 0 }] }],
    });
    const processed = (body: object) => twin.post(`${ORDER}/orderId/I1/invoiceProcessedAmount`, body);
    await processed({ InvoiceId: 'INV-I1-1', ProcessedAmount: 5 });
    expect(await twin.stored('I1')).toMatchObject({
      Invoice: [{ AmountProcessed: 5, Status: { StatusId: 'Open' } }],
      PaymentStatus: { StatusId: '3000.000' },
    });
    await processed({});
    expect(await twin.stored('I1')).toMatchObject({
      Invoice: [{ AmountProcessed: 29, Status: { StatusId: 'Closed' } }],
      PaymentStatus: { StatusId: '5000.000' },
    });
    expect((await processed({})).status).toBe(400);
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aReturn, aReturnLine, aShippedOrder, returnEvent } from '../testing/a-return.js';
import { eventually } from '../../testing/eventually.js';
import { ORDER, TwinClient } from '../testing/twin-client.js';
import { rows, type JsonObject } from '../wire/json.js';

describe('§5.2 return events and §5.3 money of the Manhattan twin', () => {
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

  it.each(['Receipt', 'Reciept'])('§5.2 %s and LineVerification return the goods and the money', async (receipt) => {
    await aShippedOrder(twin, 'O1');
    await twin.save(aReturn('R1', 'O1'));
    expect((await returnEvent(twin, receipt, 'R1')).status).toBe(200);
    expect((await twin.stored('R1')).MinReturnStatusId).toBe('15000');
    expect((await returnEvent(twin, 'LineVerification', 'R1')).status).toBe(200);
    const order = await refunded('R1');
    expect(order).toMatchObject({
      ReturnStatus: 'Returned',
      MinReturnStatusId: '18000',
      Invoice: [
        {
          InvoiceType: { InvoiceTypeId: 'Return' },
          InvoiceTotal: -9.67,
          AmountProcessed: -9.67,
          Status: { StatusId: 'Closed' },
          ParentOrderId: 'O1',
        },
      ],
      Payment: [
        {
          PaymentMethod: [
            {
              ParentOrderId: 'O1',
              ParentPaymentMethodId: 'PM1',
              ParentOrderPaymentMethod: [{ Amount: 9.67, ParentOrderId: 'O1', ParentPaymentMethodId: 'PM1' }],
              PaymentTransaction: [
                {
                  TransactionType: { PaymentTransactionTypeId: 'Refund' },
                  ProcessedAmount: 9.67,
                  PaymentTransactionDetail: [
                    { Amount: 9.67, ReferenceType: { TransactionReferenceTypeId: 'Invoice' }, ReferenceId: 'INV-R1-1' },
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
    const parent = await twin.stored('O1');
    expect(units(parent)).toMatchObject({ 7000: 2, 8000: 0, 8500: 1 });
    expect(parent).toMatchObject({
      Payment: [
        {
          PaymentMethod: [
            {
              PaymentTransaction: [
                { TransactionType: { PaymentTransactionTypeId: 'Return Credit' }, ProcessedAmount: 9.67 },
              ],
            },
          ],
        },
      ],
    });
  });

  it('§5.2 the policy allows one of the two verifications', async () => {
    await aShippedOrder(twin, 'O1');
    await twin.save(aReturn('R1', 'O1'));
    expect((await returnEvent(twin, 'Verification', 'R1')).status).toBe(400);
    await twin.put('/control/config', { verificationPolicy: 'order' });
    expect((await returnEvent(twin, 'LineVerification', 'R1')).status).toBe(400);
    expect((await returnEvent(twin, 'Verification', 'R1')).status).toBe(200);
    expect((await twin.stored('R1')).MinReturnStatusId).toBe('18000');
  });

  it.each([
    ['QuantityVariance', { Quantity: '2' }],
    ['ItemVariance', { ItemId: 'SKU-2' }],
    ['ConditionVariance', { ReceivedItemCondition: { ItemConditionId: 'Broken' } }],
    ['ConditionVariance', { ReceivedItemCondition: 'Broken' }],
  ])('§5.2 %s holds the return at received until it is resolved and processed', async (holdTypeId, change) => {
    await aShippedOrder(twin, 'O1');
    await twin.save(aReturn('R1', 'O1'));
    await returnEvent(twin, 'LineVerification', 'R1', change);
    expect(await twin.stored('R1')).toMatchObject({
      MinReturnStatusId: '15000',
      OrderHold: [{ HoldTypeId: holdTypeId, StatusId: '1000' }],
    });
    expect((await twin.post(`${ORDER}/R1/process`, {})).status).toBe(400);
    await twin.save({ OrderId: 'R1', OrderHold: [{ HoldTypeId: holdTypeId, StatusId: '2000' }] });
    expect((await twin.post(`${ORDER}/R1/process`, {})).status).toBe(200);
    expect((await twin.stored('R1')).MinReturnStatusId).toBe('18000');
  });

  it('§5.3 refunds wait for processRefund where the tenant executes them by hand', async () => {
    await twin.put('/control/config', { refunds: 'manual' });
    await aShippedOrder(twin, 'O1');
    await twin.save(aReturn('R1', 'O1'));
    await returnEvent(twin, 'LineVerification', 'R1');
    expect(await twin.stored('R1')).toMatchObject({
      PaymentStatus: { StatusId: '6000.000' },
      Invoice: [{ Status: { StatusId: 'Open' } }],
    });
    await twin.post('/payment/api/payment/paymentHeader/orderId/R1/processRefund', {});
    expect(await twin.stored('R1')).toMatchObject({
      PaymentStatus: { StatusId: '7000.000' },
      Invoice: [{ Status: { StatusId: 'Closed' } }],
    });
  });

  it.each(['internal-only', 'automatic'])('§5.3 refunds processed outside, with refunds %s', async (refunds) => {
    await twin.put('/control/config', { refunds });
    await aShippedOrder(twin, 'O1');
    await twin.save({ OrderId: 'O1', Payment: [{ ProcessingMode: { ProcessingModeId: 'ExternalProcessing' } }] });
    await twin.save(aReturn('R1', 'O1'));
    await returnEvent(twin, 'LineVerification', 'R1');
    if (refunds === 'internal-only') {
      await twin.post('/control/clock', { advanceMs: 86_400_000 });
      expect((await twin.stored('R1')).PaymentStatus).toEqual({ StatusId: '6000.000' });
      await twin.post(`${ORDER}/orderId/R1/invoiceProcessedAmount`, {});
    }
    await refunded('R1');
  });

  it('§5.2 a carrier scan moves whole lines to 14000 where it is configured, and may invoice there', async () => {
    await aShippedOrder(twin, 'O1');
    await twin.save(aReturn('R1', 'O1'));
    expect((await returnEvent(twin, 'CarrierScanned', 'R1')).status).toBe(400);
    await twin.put('/control/config', { carrierScan: 'status-and-invoice' });
    await returnEvent(twin, 'CarrierScanned', 'R1');
    expect(await twin.stored('R1')).toMatchObject({ MinReturnStatusId: '14000', Invoice: [{ InvoiceTotal: -9.67 }] });
    await returnEvent(twin, 'LineVerification', 'R1');
    expect(rows(await refunded('R1'), 'Invoice')).toHaveLength(1);
  });

  it('§5.2 finds a return by its tracking number, also by that of a generated label', async () => {
    await aShippedOrder(twin, 'O1');
    await twin.save(
      aReturn('R1', 'O1', { ReturnTrackingDetail: [{ ReturnTrackingNumber: 'RT-1', CarrierCode: 'CARRIER-1' }] }),
    );
    await twin.post(`${ORDER}/orderId/R1/returnLabel/generate`, {});
    for (const number of ['RT-1', 'RTN-R1'])
      expect((await twin.get(`${ORDER}/returnTrackingNumber/${number}`)).body).toMatchObject({
        data: { OrderId: 'R1' },
      });
    expect((await twin.get(`${ORDER}/returnTrackingNumber/RT-9`)).status).toBe(404);
  });

  it('§5.3 units that come back one by one are invoiced one by one, together to the cent', async () => {
    await twin.put('/control/config', { varianceHolds: false });
    await aShippedOrder(twin, 'O1');
    await twin.save(aReturn('R1', 'O1', { OrderLine: [aReturnLine('O1', { Quantity: 3 })] }));
    for (let unit = 0; unit < 3; unit += 1) await returnEvent(twin, 'LineVerification', 'R1', { Quantity: 1 });
    const totals = rows(await refunded('R1'), 'Invoice').map(({ InvoiceTotal }) => InvoiceTotal);
    expect(totals).toEqual([-9.67, -9.66, -9.67]);
    expect(units(await twin.stored('O1'))).toMatchObject({ 7000: 0, 8000: 0, 8500: 3 });
  });
});

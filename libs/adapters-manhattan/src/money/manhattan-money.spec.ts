import { afterEach, describe, expect, it } from '@jest/globals';
import { orderNumber } from '@tandem/domain';
import { aSite } from '@tandem/domain/testing';
import { connected, disconnectAll } from '../../testing/connected.js';
import { anOmsOrder } from '../../testing/oms-orders.js';
import { anInvoice } from '../../testing/oms-returns.js';
import { envelope, failure, type ScriptedAnswer } from '../../testing/scripted-vendor.js';
import { ManhattanMoney } from './manhattan-money.js';

const site = aSite();
const number = orderNumber('A-1001');

async function money(answer: ScriptedAnswer) {
  const { connections, calls } = await connected(() => answer);
  return { port: new ManhattanMoney(connections, { templateName: 'Money' }), calls };
}

afterEach(disconnectAll);

describe('The invoices of an order (§5.3)', () => {
  it('are read with it, with the signs of the OMS', async () => {
    const back = anInvoice({
      InvoiceId: 'I-2',
      InvoiceType: 'Return',
      Status: 'Closed',
      InvoiceTotal: '-21.2',
      AmountProcessed: -21.2,
      FulfillmentDate: null,
      PackageId: null,
      InvoiceLine: [],
    });
    const { port, calls } = await money(envelope(anOmsOrder({ Invoice: [anInvoice(), back] })));
    await expect(port.invoices(site, number)).resolves.toEqual([
      {
        id: 'I-1',
        kind: 'shipment',
        state: 'open',
        total: 2120,
        processed: 0,
        failed: 500,
        charges: 0,
        discounts: -200,
        taxes: 120,
        at: '2026-03-02T08:00:00.000Z',
        packageId: 'P1',
        lines: [{ line: '1', sku: 'SKU-1', quantity: 2, total: 2120, discounts: -200, taxes: 120 }],
      },
      {
        id: 'I-2',
        kind: 'return',
        state: 'closed',
        total: -2120,
        processed: -2120,
        failed: 500,
        charges: 0,
        discounts: -200,
        taxes: 120,
        lines: [],
      },
    ]);
    expect(calls()).toMatchObject([{ call: 'GET /order/api/order/order/orderId/A-1001?templateName=Money' }]);
  });

  it('are none before anything went, and undefined where the order is not there', async () => {
    await expect((await money(envelope(anOmsOrder()))).port.invoices(site, number)).resolves.toEqual([]);
    const missing = failure(404, { Type: 'ERROR', Code: 'error.404', Description: 'Not found' });
    await expect((await money(missing)).port.invoices(site, number)).resolves.toBeUndefined();
  });

  it.each([
    ['of another kind', { InvoiceType: { InvoiceTypeId: 'Gift' } }, 'oms.unmapped_status'],
    ['of another state', { Status: { StatusId: 'Perhaps' } }, 'oms.unmapped_status'],
    ['without a kind', { InvoiceType: null }, 'oms.unreadable_message'],
    ['without a total', { InvoiceTotal: null }, 'oms.unreadable_message'],
  ])('are a fault with a name where one is %s', async (_, changes, code) => {
    const { port } = await money(envelope(anOmsOrder({ Invoice: [anInvoice(changes)] })));
    await expect(port.invoices(site, number)).rejects.toMatchObject({ kind: 'permanent', code });
  });
});

describe('Settling an order (§3.6)', () => {
  const body = { PaymentRequestId: 'S-7', OrderId: 'A-1001', ExecutionMode: 'CalculateAndExecute' };

  it('asks for it by the key of the request, which a repeat shares', async () => {
    const { port, calls } = await money(envelope(body));
    for (let times = 0; times < 2; times += 1)
      await expect(port.settle(site, number, 'S-7')).resolves.toEqual({ kind: 'asked' });
    const call = { call: 'POST /payment/api/payment/paymentRequest/save', body };
    expect(calls()).toEqual([call, call]);
  });

  it.each([
    ['a validation', failure(400, { Type: 'ERROR', Code: 'OrderId', Description: 'No such order' }), 'No such order'],
    [
      'a payment that failed',
      envelope({}, [{ Type: 'ERROR', Code: 'pay::10001', Description: 'Card expired' }]),
      'Card expired',
    ],
  ])('is refused in the words of the OMS by %s', async (_, answer, sentence) => {
    const { port } = await money(answer);
    await expect(port.settle(site, number, 'S-7')).resolves.toMatchObject({
      kind: 'refused',
      violations: [{ sentence }],
    });
  });

  it('is refused where the OMS does not hold the order', async () => {
    const { port } = await money(failure(404, { Type: 'ERROR', Code: 'error.404', Description: 'Not found' }));
    await expect(port.settle(site, number, 'S-7')).resolves.toMatchObject({ violations: [{ rule: 'order.unknown' }] });
  });

  it('is a fault where the OMS is not there', async () => {
    const { port } = await money(failure(503, { Type: 'ERROR', Code: '', Description: '' }));
    await expect(port.settle(site, number, 'S-7')).rejects.toMatchObject({ kind: 'transient' });
  });
});

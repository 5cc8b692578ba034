import { describe, expect, it } from '@jest/globals';
import { instantOf } from '@tandem/domain';
import { aReturnLine, anOmsReturn } from '../../testing/oms-returns.js';
import type { Sample } from '../../testing/samples.js';
import { Fields } from '../feed/fields.js';
import { returnSnapshotOf } from './return-snapshot.js';

const at = instantOf(new Date('2026-03-09T08:00:00Z'));
const snapshot = (changes: Sample = {}) => returnSnapshotOf(Fields.of(anOmsReturn(changes), ''), at);
const unitsOf = (line: Sample) => snapshot({ OrderLine: [aReturnLine(line)] })?.lines[0]?.units;
const sale = (changes: Sample = {}) => ({ OrderLineId: 'X1', ItemId: 'SKU-8', IsReturn: false, ...changes });
const invoice = (InvoiceTotal: unknown, changes: Sample = {}) => ({
  InvoiceType: { InvoiceTypeId: 'Return' },
  Status: { StatusId: 'Open' },
  InvoiceTotal,
  ...changes,
});
const refund = (amounts: Sample, response = 'Success', type = 'Refund') => ({
  TransactionType: { PaymentTransactionTypeId: type },
  Status: { PaymentTransactionStatusId: 'Closed' },
  PaymentResponseStatus: { PaymentResponseStatusId: response },
  ...amounts,
});
const paidBy = (...PaymentTransaction: readonly object[]) => ({
  Payment: [{ PaymentMethod: [{ PaymentTransaction }] }],
});

describe('A return as it was read (§5.1)', () => {
  it('tells how far the goods are that go out in exchange, by the ladder of a sale', () => {
    const QuantityDetail = [
      { StatusId: '7000.000', Quantity: 2 },
      { StatusId: '3000', Quantity: 1 },
    ];
    const told = snapshot({ OrderLine: [aReturnLine(), sale({ QuantityDetail }), sale({ OrderLineId: 'X2' })] });
    expect(told?.lines).toHaveLength(1);
    expect(told?.exchange).toEqual([
      {
        id: 'X1',
        sku: 'SKU-8',
        units: [
          { stage: 'released', quantity: 1 },
          { stage: 'shipped', quantity: 2 },
        ],
      },
      { id: 'X2', sku: 'SKU-8', units: [] },
    ]);
  });

  it('tells its kind, holds, lines and where their units are, and no money before it is reckoned', () => {
    expect(snapshot()).toEqual({
      number: 'R-1',
      at,
      kind: 'refund',
      currency: 'USD',
      holds: ['QuantityVariance'],
      refunded: false,
      lines: [
        {
          id: '1',
          parent: 'A-1001',
          parentLine: '1',
          sku: 'SKU-1',
          units: [
            { stage: 'pending-return', quantity: 1 },
            { stage: 'received', quantity: 1 },
          ],
        },
      ],
    });
  });

  it('is none where nothing comes back', () => {
    expect(snapshot({ OrderLine: [sale()] })).toBeUndefined();
  });

  it.each([
    ['11000', 'pending-return'],
    ['13000', 'pending-approval'],
    [14000, 'carrier-scanned'],
    ['15000.500', 'received'],
    ['18000', 'returned'],
    ['19000', 'cancelled'],
  ])('reads %s as %s (§3.2)', (StatusId, stage) => {
    expect(unitsOf({ QuantityDetail: [{ StatusId, Quantity: 2 }] })).toEqual([{ stage, quantity: 2 }]);
    expect(
      unitsOf({ QuantityDetail: null, MinFulfillmentStatusId: StatusId, MaxFulfillmentStatusId: StatusId }),
    ).toEqual([{ stage, quantity: 2 }]);
    const fulfilment = { MinFulfillmentStatusId: StatusId, MaxFulfillmentStatusId: StatusId };
    expect(unitsOf({ QuantityDetail: null, ...fulfilment })).toEqual([{ stage, quantity: 2 }]);
  });

  it('takes what a cancelled line had from its history (§3.6)', () => {
    const gone = { IsCancelled: true, Quantity: 0, QuantityDetail: [{ StatusId: '11000', Quantity: 0 }] };
    const OrderLineCancelHistory = [{ CancelQuantity: 1 }, { CancelQuantity: '1.5' }];
    expect(unitsOf({ ...gone, OrderLineCancelHistory })).toEqual([{ stage: 'cancelled', quantity: 2.5 }]);
    expect(unitsOf(gone)).toEqual([{ stage: 'cancelled', quantity: 0 }]);
    const whole = snapshot({ IsCancelled: 'true', OrderLine: [aReturnLine({ Quantity: 0, QuantityDetail: [] })] });
    expect(whole?.lines).toMatchObject([{ units: [{ stage: 'cancelled' }] }]);
  });

  it.each([
    ['a status of a sale', { QuantityDetail: [{ StatusId: '7000', Quantity: 1 }] }, 'oms.unmapped_status'],
    ['units without a status', { QuantityDetail: [{ Quantity: 1 }] }, 'oms.unreadable_message'],
    [
      'no rows and two statuses',
      { QuantityDetail: [], MinFulfillmentStatusId: 1, MaxFulfillmentStatusId: 2 },
      'oms.unreadable_message',
    ],
    ['no parent', { ParentOrderId: null }, 'oms.unreadable_message'],
  ])('is a fault with %s', (_, line, code) => {
    expect(() => unitsOf(line)).toThrow(expect.objectContaining({ code }));
  });

  it('names the rule and the field of what is missing', () => {
    expect(() => snapshot({ CurrencyCode: null })).toThrow('CurrencyCode is missing');
    expect(() => unitsOf({ QuantityDetail: null })).toThrow('OrderLine[0].QuantityDetail is missing');
    expect(() => unitsOf({ QuantityDetail: [{ Quantity: 1 }] })).toThrow('QuantityDetail[0].StatusId is missing');
  });

  it.each([
    [{ ReturnType: 'Even Exchange' }, 'even-exchange'],
    [{ ReturnType: { ReturnTypeId: 'Uneven Exchange' } }, 'uneven-exchange'],
    [{ ReturnType: null, OrderLine: [aReturnLine(), sale()] }, 'uneven-exchange'],
    [{ ReturnType: null, OrderLine: [aReturnLine(), sale({ IsEvenExchange: true })] }, 'even-exchange'],
    [{ ReturnType: null }, 'refund'],
    [{ ReturnType: '__proto__' }, 'refund'],
  ])('with %j is of the kind %s', (changes, kind) => {
    expect(snapshot(changes)?.kind).toBe(kind);
  });
});

describe('The money of a return (§5.3)', () => {
  it.each<[string, Sample, number | undefined, boolean]>([
    ['no invoice', {}, undefined, false],
    ['an open invoice', { Invoice: [invoice('-20.50')] }, 2050, false],
    [
      'two invoices, and one of a shipment',
      { Invoice: [invoice(-5), invoice(-1.25), invoice(9, { InvoiceType: 'Shipment' })] },
      625,
      false,
    ],
    ['invoices that are all closed', { Invoice: [invoice(-5, { Status: { StatusId: 'Closed' } })] }, 500, true],
    ['one invoice still open', { Invoice: [invoice(-5, { Status: 'Closed' }), invoice(-5)] }, 1000, false],
    ['a payment that is refunded', { Invoice: [invoice(-5)], PaymentStatus: { StatusId: '7000.000' } }, 500, true],
    ['a payment that awaits it', { Invoice: [invoice(-5)], PaymentStatus: { StatusId: '6000' } }, 500, false],
    ['a refund that covers it', { Invoice: [invoice(-5)], ...paidBy(refund({ ProcessedAmount: 5 })) }, 500, true],
    ['a refund of a part', { Invoice: [invoice(-5)], ...paidBy(refund({ ProcessedAmount: 2 })) }, 500, false],
    [
      'a refund that failed',
      { Invoice: [invoice(-5)], ...paidBy(refund({ ProcessedAmount: 5 }, 'Failure')) },
      500,
      false,
    ],
    ['a refund without an invoice', paidBy(refund({ RequestedAmount: '7.10' })), 710, true],
    ['a credit of the parent', paidBy(refund({ ProcessedAmount: -5 }, 'Success', 'Return Credit')), undefined, false],
    ['a status alone', { PaymentStatus: '7000' }, undefined, false],
    ['a paid exchange', { ReturnType: 'Even Exchange', Invoice: [invoice(-5)], PaymentStatus: '5000' }, 500, true],
    ['a paid return', { Invoice: [invoice(-5)], PaymentStatus: '5000' }, 500, false],
  ])('with %s is %j, %j', (_, changes, credit, refunded) => {
    expect(snapshot(changes)).toMatchObject({ refunded });
    expect(snapshot(changes)?.credit).toBe(credit);
  });

  it('is a fault where it comes to more than there is', () => {
    const most = invoice('-90071992547409.91');
    expect(() => snapshot({ Invoice: [most, most] })).toThrow('Invoice is not an amount');
  });
});

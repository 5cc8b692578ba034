import { lineId, locationId, orderNumber, sku, type ReturnRequest } from '@tandem/domain';
import type { Sample } from './samples.js';

/** Two of the three lamps of A-1001, by parcel. */
export const aReturnRequest = (changes: Partial<ReturnRequest> = {}): ReturnRequest => ({
  number: orderNumber('R-1'),
  parent: orderNumber('A-1001'),
  currency: 'USD',
  lines: [
    {
      id: lineId('1'),
      parentLine: lineId('1'),
      sku: sku('SKU-1'),
      quantity: 2,
      reason: 'Damaged',
      condition: 'New',
      to: locationId('aurora:ReturnCenter'),
      by: 'parcel',
      receiptExpected: true,
    },
  ],
  ...changes,
});

/** The same as a read by id answers it, on its way (§5.1). */
export const anOmsReturn = (changes: Sample = {}): Sample => ({
  OrderId: 'R-1',
  OrgId: 'AURORA',
  CurrencyCode: 'USD',
  VersionTimestamp: '1',
  UpdatedTimestamp: '2026-03-09T08:00:00',
  ReturnType: { ReturnTypeId: 'Refund' },
  OrderTotal: -20,
  OrderHold: [{ HoldTypeId: 'QuantityVariance', StatusId: 1000 }],
  OrderLine: [aReturnLine()],
  ...changes,
});

/** What was charged for the two lamps of a parcel (§5.3). */
export const anInvoice = (changes: Sample = {}): Sample => ({
  InvoiceId: 'I-1',
  InvoiceType: { InvoiceTypeId: 'Shipment' },
  Status: { StatusId: 'Open' },
  InvoiceTotal: 21.2,
  AmountProcessed: 0,
  FailedAmount: '5.0',
  TotalCharges: 0,
  TotalDiscounts: -2,
  TotalTaxes: 1.2,
  FulfillmentDate: '2026-03-02T08:00:00',
  PackageId: 'P1',
  InvoiceLine: [
    {
      OrderLineId: '1',
      ItemId: 'SKU-1',
      Quantity: '2.0',
      InvoiceLineTotal: 21.2,
      TotalDiscounts: -2,
      TotalTaxes: 1.2,
    },
  ],
  ...changes,
});

export const aReturnLine = (changes: Sample = {}): Sample => ({
  OrderLineId: 1,
  ItemId: 'SKU-1',
  IsReturn: 'true',
  Quantity: 2,
  ParentOrderId: 'A-1001',
  ParentOrderLineId: '1',
  QuantityDetail: [
    { StatusId: '15000.000', Quantity: 1 },
    { Status: { StatusId: 11000 }, Quantity: '1.0' },
    { StatusId: '13000', Quantity: 0 },
  ],
  ...changes,
});

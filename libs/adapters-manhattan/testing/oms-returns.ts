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

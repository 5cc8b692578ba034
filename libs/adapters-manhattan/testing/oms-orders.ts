import type { Sample } from './samples.js';

/** An order as a read by id answers it: three lamps allocated, two shades open (§3.5). */
export const anOmsOrder = (changes: Sample = {}): Sample => ({
  OrderId: 'A-1001',
  OrgId: 'AURORA',
  CurrencyCode: 'USD',
  VersionTimestamp: 4,
  UpdatedTimestamp: '2026-03-01T10:20:30.5',
  IsConfirmed: false,
  IsCancelled: false,
  MaxFulfillmentStatusId: '2000',
  CustomerFirstName: 'Mira',
  CustomerLastName: 'Oakfield',
  OrderHold: [
    { HoldTypeId: 'PaymentFraud', StatusId: '1000' },
    { HoldTypeId: 'AddressVerification', StatusId: '2000.000' },
  ],
  OrderLine: [anOmsLine('1', 3, '2000'), anOmsLine('2', 2, '1000')],
  Payment: [{ PaymentMethod: [{ PaymentMethodId: 'T-1' }, { PaymentMethodId: 'T-2' }] }],
  ...changes,
});

/** A line all of whose units stand on one rung. */
export const anOmsLine = (id: string, quantity: number, status: string, changes: Sample = {}): Sample => ({
  OrderLineId: id,
  ItemId: `SKU-${id}`,
  Quantity: quantity,
  DeliveryMethod: { DeliveryMethodId: 'ShipToAddress' },
  MaxFulfillmentStatusId: status,
  QuantityDetail: [{ StatusId: status, Quantity: quantity }],
  OrderLineHold: [],
  OrderLineChargeDetail: [
    { ChargeDetailId: 'D-1', ChargeType: { ChargeTypeId: 'Discount' }, ChargeTotal: -2 },
    { ChargeDetailId: 'APP-1', ChargeType: { ChargeTypeId: 'Appeasement' }, ChargeTotal: -1 },
  ],
  ...changes,
});

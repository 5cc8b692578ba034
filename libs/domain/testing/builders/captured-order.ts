import {
  crmOrderId,
  crmRecordId,
  type CapturedAddress,
  type CapturedLine,
  type CapturedOrder,
  type CapturedTender,
} from '@tandem/domain';

export const aCapturedAddress = (changes: Partial<CapturedAddress> = {}): CapturedAddress => ({
  firstName: 'Mira',
  lastName: 'Oakfield',
  lines: ['12 Larch Lane'],
  city: 'Fernhill',
  state: 'GA',
  postalCode: '30301',
  country: 'US',
  phone: undefined,
  email: undefined,
  ...changes,
});

export const aCapturedLine = (changes: Partial<CapturedLine> = {}): CapturedLine => ({
  crmLineId: crmRecordId(`802${String(changes.id ?? '1').padStart(15, '0')}`),
  id: '1',
  sku: 'LAMP-01',
  description: undefined,
  quantity: 1,
  unitPrice: '10.00',
  delivery: { method: 'Standard Ground', address: aCapturedAddress(), store: undefined },
  gift: undefined,
  discounts: [],
  taxes: [],
  ...changes,
});

export const aCapturedTender = (changes: Partial<CapturedTender> = {}): CapturedTender => ({
  id: 'T1',
  type: 'Credit Card',
  amount: '10.00',
  authorized: '10.00',
  captured: undefined,
  cardBrand: 'Visa',
  token: 'tok-1',
  displayNumber: '1111',
  gateway: undefined,
  authorizationId: undefined,
  authorizationExpires: undefined,
  ...changes,
});

/** A guest's order of one line for 10.00, paid by card, which every site of `aSite` accepts. */
export const aCapturedOrder = (changes: Partial<CapturedOrder> = {}): CapturedOrder => ({
  crmOrderId: crmOrderId('801000000000000AAA'),
  number: 'A-1001',
  currency: 'USD',
  capturedAt: '2026-03-01T10:00:00.000Z',
  pricesIncludeTax: false,
  customer: {
    key: undefined,
    firstName: 'Mira',
    lastName: 'Oakfield',
    email: 'mira@example.test',
    phone: undefined,
    taxExemptId: undefined,
  },
  billTo: undefined,
  purchaseOrderNumber: undefined,
  instructions: undefined,
  releaseNotBefore: undefined,
  lines: [aCapturedLine()],
  charges: [],
  discounts: [],
  tenders: [aCapturedTender()],
  ...changes,
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { capturedOrder, type OrderRows } from './captured-order.js';
import { ADJUSTMENT_GROUP, ITEM_ADJUSTMENT, ITEM_TAX, ORDER, ORDER_ITEM, ORDER_TENDER } from './order-fields.js';

type Json = Record<string, unknown>;
interface OrderFixture {
  readonly order: Json;
  readonly items: readonly Json[];
  readonly adjustments: readonly Json[];
  readonly taxes: readonly Json[];
  readonly adjustmentGroups: readonly Json[];
}

const fixture = JSON.parse(readFileSync(new URL('../../fixtures/order.json', import.meta.url), 'utf8')) as OrderFixture;
const [chargeItem = {}, lineItem = {}] = fixture.items;

const rowsOf = (records: readonly unknown[]) => records.map((json) => ({ json }));
const tendersOf = (order: Json) => (order['Order_Tenders__r'] as { records: Json[] }).records;

function captured(
  changes: Partial<OrderFixture> = {},
  rateUnit: 'percent' | 'fraction' = 'percent',
  currency?: string,
) {
  const { order, items, adjustments, taxes, adjustmentGroups } = { ...fixture, ...changes };
  const rows: OrderRows = {
    order: { json: order },
    items: rowsOf(items),
    adjustments: rowsOf(adjustments),
    taxes: rowsOf(taxes),
    adjustmentGroups: rowsOf(adjustmentGroups),
    tenders: rowsOf(tendersOf(fixture.order)),
  };
  return capturedOrder(rows, { currency, rateUnit });
}

const withOrder = (changes: Json) => captured({ order: { ...fixture.order, ...changes } });
const withLine = (changes: Json) => captured({ items: [{ ...lineItem, ...changes }] }).lines[0];

describe('An order read from the CRM', () => {
  it('becomes a captured order with lines, charges, discounts, taxes, tenders and people', () => {
    expect(captured()).toMatchObject({
      crmOrderId: '801000000000001AAA',
      number: 'NW-1001',
      currency: 'USD',
      capturedAt: '2026-03-01T10:20:30.000Z',
      pricesIncludeTax: false,
      customer: { key: 'C-500', firstName: 'Mira', lastName: 'Sample', email: 'mira.sample@example.com' },
      billTo: { lines: ['1 Example Way', 'Unit 2'], city: 'Springfield', state: 'IL', country: 'US' },
      purchaseOrderNumber: 'PO-77',
      instructions: 'Leave at the blue gate',
      lines: [
        {
          crmLineId: '802000000000001AAA',
          id: '1',
          sku: 'SHIRT-BLUE-M',
          description: 'Linen shirt',
          quantity: 3,
          unitPrice: 19.99,
          delivery: { method: 'Standard', address: { lastName: 'Mira Sample', state: 'IL', country: 'US' } },
          gift: { message: 'Many happy returns' },
          discounts: [{ id: '1Dc000000000001AAA', name: 'Spring sale', coupon: 'SPRING', amount: '5' }],
          taxes: [{ name: 'State tax', rate: 0.0625, amount: 3.17 }],
        },
      ],
      charges: [{ id: '2', kind: 'shipping', name: 'Standard delivery', amount: '5.1', taxes: [{ amount: 0.32 }] }],
      discounts: [{ id: '1Da000000000001AAA', name: 'Loyalty', coupon: 'LOYAL', amount: 4.25 }],
      tenders: [{ id: 'NW-1001-T1', type: 'Credit Card', amount: 62.47, captured: undefined, token: 'tok_invented_1' }],
    });
  });

  it.each([
    ['the order number where there is no reference number', { OrderReferenceNumber: null }, { number: '00000123' }],
    ['gross prices as including tax', { TaxLocaleType: 'Gross' }, { pricesIncludeTax: true }],
    ['an unsaid tax regime as unknown', { TaxLocaleType: null }, { pricesIncludeTax: undefined }],
    ['a moment that cannot be read as it stands', { OrderedDate: 'yesterday' }, { capturedAt: 'yesterday' }],
    ['no moment as undefined', { OrderedDate: null }, { capturedAt: undefined }],
    [
      'a guest by the account’s name where nobody is named',
      { BillToContact: null, Account: { Name: 'Web guest' } },
      { customer: expect.objectContaining({ key: undefined, firstName: undefined, lastName: 'Web guest' }) },
    ],
    [
      'a person account by its person',
      { Account: { Name: 'Ari Other', FirstName: 'Ari', LastName: 'Other', OMS_Customer_Key__c: 'C-9' } },
      { customer: expect.objectContaining({ key: 'C-9', firstName: 'Ari', lastName: 'Other' }) },
    ],
    [
      'the names of state and country where the org has no codes',
      { BillingStateCode: undefined, BillingCountryCode: undefined },
      { billTo: expect.objectContaining({ state: 'Illinois', country: 'United States' }) },
    ],
  ])('gives %s', (_claim, changes, expected) => {
    expect(withOrder(changes)).toMatchObject(expected);
  });

  it('takes the currency of the org where records name none', () => {
    const { CurrencyIsoCode: _, ...order } = fixture.order;

    expect(captured({ order }, 'percent', 'EUR').currency).toBe('EUR');
    expect(captured({ order }).currency).toBeUndefined();
  });

  it.each([
    ['the item number where it has no line number', { LineNumber: null }, { id: '0000000001' }],
    ['the product code where it has no SKU', { Product2: { ProductCode: 'SHIRT' } }, { sku: 'SHIRT' }],
    ['no SKU where the product is hidden', { Product2: null }, { sku: undefined }],
    ['no delivery where it is in no group', { OrderDeliveryGroup: null }, { delivery: undefined, gift: undefined }],
    [
      'the store',
      { OrderDeliveryGroup: { OMS_Store__c: 'S-12' } },
      { delivery: expect.objectContaining({ store: 'S-12' }) },
    ],
    ['itself even where its type is not said', { Type: null }, { sku: 'SHIRT-BLUE-M' }],
  ])('gives a line %s', (_claim, changes, expected) => {
    expect(withLine(changes)).toMatchObject(expected);
  });

  it('keeps a share of an order discount off the line only where the group has an amount of its own', () => {
    const unspread = captured({
      adjustmentGroups: [{ Id: '1Da000000000001AAA', Name: 'Loyalty', OMS_Amount__c: null }],
    });

    expect(unspread.discounts).toEqual([]);
    expect(unspread.lines[0]?.discounts.map(({ amount }) => amount)).toEqual(['5', '4.25']);
  });

  it.each([
    [4.25, 4.25],
    [-4.25, '4.25'],
    ['-4.25', '4.25'],
  ])('reads an order discount of %s as taking off %s', (amount, taken) => {
    const { discounts } = captured({ adjustmentGroups: [{ Id: '1Da000000000001AAA', OMS_Amount__c: amount }] });

    expect(discounts[0]?.amount).toBe(taken);
  });

  it.each([
    ['its total', { TotalLineAmount: 7.5 }, 7.5],
    [
      'price times quantity, exactly, where the total is missing',
      { TotalLineAmount: null, UnitPrice: 0.1, Quantity: 3 },
      '0.3',
    ],
    ['nothing where neither is there', { TotalLineAmount: null, UnitPrice: null }, undefined],
  ])('prices a charge at %s', (_claim, changes, amount) => {
    const { charges } = captured({ items: [{ ...chargeItem, ...changes }], adjustments: [] });

    expect(charges[0]?.amount).toBe(amount);
  });

  it('takes tax rates as fractions where the org keeps them so', () => {
    expect(
      captured({ taxes: [{ Id: 't', OrderItemId: '802000000000001', Rate: 0.0625 }] }, 'fraction').lines[0]?.taxes,
    ).toEqual([{ id: 't', name: undefined, rate: 0.0625, amount: undefined }]);
  });

  it('reads the same whatever order the records come in', () => {
    expect(captured({ items: fixture.items.toReversed(), taxes: fixture.taxes.toReversed() })).toEqual(captured());
  });

  it('is read without a throw from records with missing and odd fields', () => {
    const recordOf = ({ fields }: { readonly fields: readonly string[] }) =>
      fc.oneof(
        fc.anything(),
        fc.dictionary(fc.constantFrom(...fields.map((path) => path.split('.')[0] ?? '')), fc.anything(), {
          maxKeys: 12,
        }),
      );
    const listOf = (asked: { readonly fields: readonly string[] }) =>
      fc.array(recordOf(asked), { maxLength: 3 }).map(rowsOf);
    const rows = fc.record({
      order: recordOf(ORDER).map((json) => ({ json })),
      items: listOf(ORDER_ITEM),
      adjustments: listOf(ITEM_ADJUSTMENT),
      taxes: listOf(ITEM_TAX),
      adjustmentGroups: listOf(ADJUSTMENT_GROUP),
      tenders: listOf(ORDER_TENDER),
    });

    fc.assert(
      fc.property(rows, (odd) => {
        const { lines, charges } = capturedOrder(odd, { currency: undefined, rateUnit: 'percent' });
        expect(lines.length + charges.length).toBe(odd.items.length);
      }),
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import { aCapturedAddress, aCapturedLine, aCapturedOrder, aCapturedTender, aSite, at } from '../../testing/index.js';
import { acceptOrder } from './accept-order.js';
import type { CapturedOrder } from './captured-order.js';
import { orderTotals } from './order-totals.js';

const judge = (changes: Partial<CapturedOrder>) => acceptOrder(aCapturedOrder(changes), aSite(), at(0));

const rulesOf = (changes: Partial<CapturedOrder>) => {
  const acceptance = judge(changes);
  return acceptance.kind === 'refused' ? acceptance.violations.map(({ field, rule }) => `${field} ${rule}`) : [];
};

const lines = (count: number) => Array.from({ length: count }, (_, index) => aCapturedLine({ id: String(index + 1) }));

describe('An order as captured', () => {
  it('is accepted where nothing is wrong with it', () => {
    expect(judge({})).toMatchObject({ kind: 'accepted', order: { state: 'accepted', terms: { number: 'A-1001' } } });
  });

  it('is accepted with 250 lines', () => {
    expect(judge({ lines: lines(250), tenders: [aCapturedTender({ amount: 2500 })] }).kind).toBe('accepted');
  });

  const broken: [string, Partial<CapturedOrder>, string][] = [
    ['251 lines', { lines: lines(251) }, 'lines lines.too_many'],
    ['no line', { lines: [] }, 'lines lines.none'],
    ['a negative quantity', { lines: [aCapturedLine({ quantity: -1 })] }, 'lines[0].quantity quantity.negative'],
    ['a quantity of zero', { lines: [aCapturedLine({ quantity: 0 })] }, 'lines[0].quantity quantity.zero'],
    ['no quantity', { lines: [aCapturedLine({ quantity: undefined })] }, 'lines[0].quantity field.required'],
    ['no SKU', { lines: [aCapturedLine({ sku: ' ' })] }, 'lines[0].sku field.required'],
    ['no number', { number: undefined }, 'number field.required'],
    ['an unknown currency', { currency: 'ZZZ' }, 'currency currency.unknown'],
    ['a currency not sold in', { currency: 'EUR' }, 'currency currency.not_sold_in'],
    [
      'tenders that differ from the total',
      { tenders: [aCapturedTender({ amount: '9.99' })] },
      'tenders tenders.sum_differs',
    ],
    ['no tender', { tenders: [] }, 'tenders tenders.sum_differs'],
    [
      'an unmapped tender type',
      { tenders: [aCapturedTender({ type: 'Barter' })] },
      'tenders[0].type tender.unmapped_type',
    ],
    [
      'a fraction of a cent',
      { lines: [aCapturedLine({ unitPrice: '9.999' })] },
      'lines[0].unitPrice amount.unreadable',
    ],
    ['a negative price', { lines: [aCapturedLine({ unitPrice: '-1' })] }, 'lines[0].unitPrice amount.negative'],
    [
      'an unmapped delivery method',
      { lines: [aCapturedLine({ delivery: { method: 'Pigeon', address: aCapturedAddress(), store: undefined } })] },
      'lines[0].delivery.method delivery.unmapped_method',
    ],
    [
      'an address without city',
      {
        lines: [
          aCapturedLine({
            delivery: { method: 'Standard Ground', address: aCapturedAddress({ city: undefined }), store: undefined },
          }),
        ],
      },
      'lines[0].delivery.address.city field.required',
    ],
    [
      'a discount above the price',
      { lines: [aCapturedLine({ discounts: [{ id: 'D', name: undefined, coupon: undefined, amount: 11 }] })] },
      'lines[0].discounts discount.exceeds_price',
    ],
    ['a number of 31 characters', { number: 'N'.repeat(31) }, 'number number.too_long'],
    ['a line id of 19 characters', { lines: [aCapturedLine({ id: '9'.repeat(19) })] }, 'lines[0].id line.id_too_long'],
    ['two lines of one id', { lines: [aCapturedLine(), aCapturedLine()] }, 'lines[1].id line.id_repeated'],
    ['a moment that is none', { capturedAt: 'yesterday' }, 'capturedAt moment.unreadable'],
  ];

  it.each(broken)('with %s is refused, naming field and rule', (_, changes, rule) => {
    expect(rulesOf(changes)).toContain(rule);
  });

  it('hears all that is wrong with it at once', () => {
    expect(rulesOf({ number: '', lines: [aCapturedLine({ quantity: -2, unitPrice: 'x' })] })).toEqual(
      expect.arrayContaining([
        'number field.required',
        'lines[0].quantity quantity.negative',
        'lines[0].unitPrice amount.unreadable',
      ]),
    );
  });

  it('has its order discount spread over the lines to the last penny (G19)', () => {
    const acceptance = judge({
      lines: [1, 2, 3].map((line) => aCapturedLine({ id: String(line), unitPrice: '33.33' })),
      discounts: [{ id: 'WELCOME', name: 'Welcome', coupon: undefined, amount: '10.00' }],
      tenders: [aCapturedTender({ amount: '89.99' })],
    });
    const shares =
      acceptance.kind === 'accepted' ? acceptance.order.terms.lines.map((line) => line.discounts[0]?.amount) : [];
    expect(shares).toEqual([334, 333, 333]);
  });

  it('counts no taxes on top where prices include them', () => {
    const taxes = [{ id: 'VAT', name: undefined, rate: 0.2, amount: '1.67' }];
    const acceptance = judge({ pricesIncludeTax: true, lines: [aCapturedLine({ taxes })] });
    expect(acceptance.kind === 'accepted' && orderTotals(acceptance.order.terms)).toMatchObject({
      total: 1000,
      taxes: 0,
    });
  });

  it('of a registered customer names each shipping address once', () => {
    const customer = {
      key: 'C-7',
      firstName: 'Ivo',
      lastName: 'Brandt',
      email: undefined,
      phone: undefined,
      taxExemptId: undefined,
    };
    const acceptance = judge({ customer, lines: lines(3), tenders: [aCapturedTender({ amount: 30 })] });
    expect(acceptance).toMatchObject({
      order: {
        terms: { customer: { kind: 'registered', key: 'C-7', addresses: [{ use: 'shipping' }] } },
      },
    });
  });
});

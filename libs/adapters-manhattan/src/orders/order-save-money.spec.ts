import { describe, expect, it } from '@jest/globals';
import { orderTotals, type OrderTerms } from '@tandem/domain';
import { aCapturedLine, aCapturedTender, anAcceptedOrder, aSite } from '@tandem/domain/testing';
import fc from 'fast-check';
import type { JsonObject } from '../json.js';
import { orderSave } from './order-save.js';
import { DEFAULT_VOCABULARY } from './order-vocabulary.js';

describe('The money of a save', () => {
  it('adds up at the OMS to the total that we know, to the cent', () => {
    const cents = fc.integer({ min: 0, max: 500_000 });
    const line = fc.record({
      price: fc.integer({ min: 5_000, max: 900_000 }),
      quantity: fc.integer({ min: 1, max: 9 }),
      off: fc.nat(5_000),
      tax: cents,
    });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), cents, fc.boolean(), (lines, shipping, included) => {
        const order = anOrderLike(lines, shipping, included);
        expect(vendorTotal(orderSave({ site: aSite(), order, words: DEFAULT_VOCABULARY }))).toBe(
          orderTotals(order).total,
        );
      }),
    );
  });
});

interface LikeLine {
  readonly price: number;
  readonly quantity: number;
  readonly off: number;
  readonly tax: number;
}

const decimal = (cents: number) => (cents / 100).toFixed(2);

function anOrderLike(lines: readonly LikeLine[], shipping: number, included: boolean): OrderTerms {
  const total = lines.reduce(
    (sum, { price, quantity, off, tax }) => sum + price * quantity - off + (included ? 0 : tax),
    shipping,
  );
  return anAcceptedOrder({
    pricesIncludeTax: included,
    lines: lines.map(({ price, quantity, off, tax }, index) =>
      aCapturedLine({
        id: String(index + 1),
        quantity,
        unitPrice: decimal(price),
        discounts: [{ id: `D${index}`, name: undefined, coupon: undefined, amount: decimal(off) }],
        taxes: [{ id: `X${index}`, name: undefined, rate: undefined, amount: decimal(tax) }],
      }),
    ),
    charges: [{ id: 'S1', kind: 'shipping', name: undefined, amount: decimal(shipping), taxes: [] }],
    tenders: [aCapturedTender({ amount: decimal(total), authorized: undefined })],
  }).terms;
}

type Wire = Record<string, number>;
interface WireOrder {
  readonly OrderLine: readonly (Wire & {
    OrderLineChargeDetail?: readonly Wire[];
    OrderLineTaxDetail?: readonly Wire[];
  })[];
  readonly OrderChargeDetail: readonly Wire[];
}

/** Σ price × quantity + Σ charges + Σ taxes that are not informational (§3.4), in cents of the numbers as they are sent. */
function vendorTotal(body: JsonObject): number {
  const order = JSON.parse(JSON.stringify(body)) as WireOrder;
  const cents = (amount: number | undefined) => Math.round((amount ?? 0) * 100);
  const all = (rows: readonly Wire[] = [], field: string) =>
    rows.reduce((sum, row) => sum + (row['IsInformational'] ? 0 : cents(row[field])), 0);
  const lines = order.OrderLine.map(
    (line) =>
      cents(line['UnitPrice']) * (line['Quantity'] ?? 0) +
      all(line.OrderLineChargeDetail, 'ChargeTotal') +
      all(line.OrderLineTaxDetail, 'TaxAmount'),
  );
  return lines.reduce((sum, line) => sum + line, all(order.OrderChargeDetail, 'ChargeTotal'));
}

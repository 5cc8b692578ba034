import { describe, expect, it } from '@jest/globals';
import { aCapturedAddress, aCapturedLine, aCapturedTender, anAcceptedOrder } from '../../testing/index.js';
import type { CapturedOrder } from './captured-order.js';
import { orderEdit } from './order-edit.js';

const lamp = aCapturedLine({ id: '1', quantity: 2 });
const mug = aCapturedLine({ id: '2', sku: 'MUG-01' });
const placed: Partial<CapturedOrder> = { lines: [lamp, mug], tenders: [aCapturedTender({ amount: '30.00' })] };
const { terms } = anAcceptedOrder(placed);
const { address: _, ...delivery } = lamp.delivery ?? { method: undefined, address: undefined, store: undefined };

const editTo = (changes: Partial<CapturedOrder>, paid = '30.00') =>
  orderEdit(terms, anAcceptedOrder({ ...placed, tenders: [aCapturedTender({ amount: paid })], ...changes }).terms);

describe('The edit of a placed order', () => {
  it('is nothing where the CRM says what was agreed, in whatever order its fields come', () => {
    const kept = JSON.parse(
      JSON.stringify(terms, Object.keys(terms).reverse().concat(innerKeys(terms))),
    ) as typeof terms;
    expect(orderEdit(kept, anAcceptedOrder(placed).terms)).toBeUndefined();
  });

  it('is the one charge and what is still to be paid where a price was adjusted', () => {
    const discounts = [{ id: 'd1', name: 'Scratched', coupon: undefined, amount: '5.00' }];
    expect(editTo({ lines: [{ ...lamp, discounts }, mug] }, '25.00')).toMatchObject({
      changes: {
        lines: [{ id: '1', discounts: [{ id: 'd1', name: 'Scratched', amount: 500 }] }],
        tenders: [{ id: 'T1', amount: 2_500 }],
      },
      wishes: [{ kind: 'price', field: 'lines[0].discounts', line: '1' }],
      violations: [],
    });
  });

  it.each([
    ['quantity', { quantity: 3 }, '40.00', 'quantity'],
    ['address', { delivery: { ...delivery, address: aCapturedAddress({ city: 'Elmstead' }) } }, '30.00', 'address'],
    ['delivery', { delivery: { method: 'Store Pickup', address: undefined, store: 'STORE-7' } }, '30.00', 'delivery'],
  ] as const)('names a line with its new %s and nothing else', (_name, change, paid, kind) => {
    const edit = editTo({ lines: [{ ...lamp, ...change }, mug] }, paid);
    expect(edit?.wishes.map((wish) => wish.kind)).toEqual([kind]);
    expect(edit?.changes.lines?.map(({ id, ...parts }) => [id, Object.keys(parts)])).toEqual([
      ['1', [kind === 'address' ? 'delivery' : kind]],
    ]);
    expect(edit?.changes.addedLines).toBeUndefined();
  });

  it('carries an added line whole', () => {
    const tray = aCapturedLine({ id: '3', sku: 'TRAY-01' });
    const edit = editTo({ lines: [lamp, mug, tray] }, '40.00');
    expect(edit?.changes.addedLines?.map(({ id, sku }) => [id, sku])).toEqual([['3', 'TRAY-01']]);
    expect(edit?.wishes).toEqual([{ kind: 'lines', field: 'lines[2]' }]);
  });

  it('refuses what no edit can bring about, by field, with what to do', () => {
    const edit = editTo({
      lines: [{ ...lamp, sku: 'LAMP-02', quantity: 3 }],
      purchaseOrderNumber: 'PO-1',
      tenders: [aCapturedTender({ amount: '20.00' }), aCapturedTender({ id: 'T2', amount: '10.00' })],
    });
    expect(edit?.violations.map(({ field, rule }) => `${field} ${rule}`)).toEqual([
      'purchaseOrderNumber edit.not_revisable',
      'lines edit.line_removed',
      'tenders[1] edit.not_revisable',
      'lines[0].sku edit.not_revisable',
    ]);
  });
});

/** Every name that occurs below, so that a replacer lets all of them through. */
function innerKeys(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...innerKeys(inner)]);
}

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PermanentFault } from '../kernel/faults.js';
import { lineId } from '../kernel/ids.js';
import { roundQuantity } from '../kernel/quantity.js';
import { placesOf, placesText, totalOf } from './line-ledger.js';
import { STAGES, type Stage } from './stage.js';
import { statusOf } from './status.js';

const line = (units: Partial<Record<Stage, number>>) => ({
  id: lineId('1'),
  cancelled: false,
  units: STAGES.flatMap((stage) => (units[stage] === undefined ? [] : [{ stage, quantity: units[stage] }])),
});

describe('The quantity ledger of a line', () => {
  it('counts as cancelled what the OMS no longer counts', () => {
    expect(placesText(placesOf(5, line({ allocated: 3 })))).toBe('3 allocated, 2 cancelled');
    expect(placesText(placesOf(5, line({})))).toBe('5 cancelled');
  });

  it('refuses more units than were ordered', () => {
    expect(() => placesOf(2, line({ shipped: 3 }))).toThrow(PermanentFault);
  });

  it('keeps each unit in exactly one place, whatever the OMS reports of the ordered units', () => {
    const quantity = fc.integer({ min: 0, max: 400_000 }).map((units) => units / 10_000);
    const units = fc.array(fc.record({ stage: fc.constantFrom(...STAGES), quantity }), { maxLength: 8 });
    fc.assert(
      fc.property(units, quantity, (rows, extra) => {
        const ordered = roundQuantity(rows.reduce((sum, row) => sum + row.quantity, 0) + extra);
        const places = placesOf(ordered, { id: lineId('1'), cancelled: false, units: rows });
        expect(totalOf(places)).toBe(ordered);
        expect(Math.min(...Object.values(places))).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('Status', () => {
  it.each([
    [{ open: 3 }, 'open'],
    [{ allocated: 1, open: 2 }, 'partially-allocated'],
    [{ shipped: 1, released: 2 }, 'partially-shipped'],
    [{ shipped: 3 }, 'shipped'],
    [{ shipped: 2, cancelled: 1 }, 'shipped'],
    [{ cancelled: 3 }, 'cancelled'],
    [{ 'back-ordered': 1, allocated: 2 }, 'partially-allocated'],
    [{ 'back-ordered': 3 }, 'back-ordered'],
  ] as const)('of %j is %s', (units, status) => {
    expect(statusOf([placesOf(3, line(units))])).toBe(status);
  });
});

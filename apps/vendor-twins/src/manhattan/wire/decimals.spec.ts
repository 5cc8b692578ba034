import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromUnits, share, sum, times, toUnits } from './decimals.js';

describe('exact decimals', () => {
  it('adds and multiplies without float drift', () => {
    expect(fromUnits(toUnits(0.1) + toUnits(0.2))).toBe(0.3);
    expect(fromUnits(times(toUnits(3), toUnits(0.1)))).toBe(0.3);
    expect(fromUnits(times(toUnits(1.005), toUnits(100)))).toBe(100.5);
    expect(fromUnits(times(toUnits(99_999), toUnits(99_999.9999)))).toBe(9_999_899_990.0001);
  });

  it('rounds the fifth decimal half away from zero', () => {
    expect(times(1, 5_000)).toBe(1);
    expect(times(-1, 5_000)).toBe(-1);
    expect(times(1, 4_999)).toBe(0);
  });

  it('reads back every amount of four decimals', () => {
    fc.assert(fc.property(fc.integer({ min: -1e13, max: 1e13 }), (units) => toUnits(fromUnits(units)) === units));
  });

  it('hands out shares whose differences add up to the total, in full cents', () => {
    const cents = fc.integer({ min: -1_000_000, max: 1_000_000 });
    fc.assert(
      fc.property(cents, fc.integer({ min: 1, max: 50 }), (total, pieces) => {
        const due = Array.from({ length: pieces }, (_, index) => share(total * 100, index + 1, pieces));
        const parts = due.map((amount, index) => amount - (due[index - 1] ?? 0));
        expect(sum(parts)).toBe(total * 100);
        expect(parts.every((part) => part % 100 === 0)).toBe(true);
      }),
    );
  });
});

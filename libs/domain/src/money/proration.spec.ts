import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { minorOf, sum } from './minor.js';
import { prorate } from './proration.js';

describe('Spreading an amount', () => {
  it('gives the penny left over to the largest remainder, the earlier part first', () => {
    expect(prorate(minorOf(1000), [1000, 1000, 1000])).toEqual([334, 333, 333]);
    expect(prorate(minorOf(100), [1, 1, 2])).toEqual([25, 25, 50]);
    expect(prorate(minorOf(101), [1, 1, 2])).toEqual([25, 25, 51]);
  });

  it('spreads a negative amount like the positive one', () => {
    expect(prorate(minorOf(-1000), [1, 1, 1])).toEqual([-334, -333, -333]);
  });

  it('spreads evenly where no part has weight', () => {
    expect(prorate(minorOf(3), [0, 0])).toEqual([2, 1]);
  });

  it('never loses or makes a cent, and stays within one unit of the fair share', () => {
    const weights = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), weights, (amount, shares) => {
        const parts = prorate(minorOf(amount), shares);
        const total = shares.reduce((left, right) => left + right, 0);
        expect(sum(parts)).toBe(minorOf(amount));
        parts.forEach((part, index) => {
          const fair = total === 0 ? amount / shares.length : (amount * (shares[index] ?? 0)) / total;
          expect(Math.abs(part - fair)).toBeLessThanOrEqual(1);
        });
      }),
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import { minorUnit } from './currency.js';
import { fromUnits, share, toUnits } from './decimals.js';

describe('the smallest amount of a currency', () => {
  it.each([
    ['JPY', 1],
    ['USD', 0.01],
    ['KWD', 0.001],
    ['???', 0.01],
    [undefined, 0.01],
  ])('is, of %s, %d', (currency, amount) => {
    expect(fromUnits(minorUnit(currency))).toBe(amount);
  });

  it('is what shares are full multiples of', () => {
    const thirds = (currency: string) => fromUnits(share(toUnits(100), 1, 3, minorUnit(currency)));
    expect(['JPY', 'USD', 'KWD'].map(thirds)).toEqual([33, 33.33, 33.333]);
  });
});

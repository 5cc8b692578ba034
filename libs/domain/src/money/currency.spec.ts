import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatAmount, isCurrency, parseAmount } from './currency.js';
import { minorOf } from './minor.js';

describe('An amount of a currency', () => {
  it.each([
    ['12.50', 'USD', 1250],
    ['12.5', 'USD', 1250],
    [12.5, 'USD', 1250],
    [0.1 + 0.2, 'USD', 30],
    ['-3', 'EUR', -300],
    ['1200', 'JPY', 1200],
    ['1200.00', 'JPY', 1200],
    ['1.234', 'KWD', 1234],
  ])('reads %s %s as %d minor units', (text, currency, units) => {
    expect(parseAmount(text, currency)).toBe(units);
  });

  it.each([
    ['12.505', 'USD'],
    ['1200.5', 'JPY'],
    ['twelve', 'USD'],
    ['', 'USD'],
    ['1', 'XXX'],
    [Number.NaN, 'USD'],
    ['99999999999999999999', 'USD'],
  ])('does not read %s as %s', (text, currency) => {
    expect(parseAmount(text, currency)).toBeUndefined();
  });

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.constantFrom('USD', 'JPY', 'KWD'), (units, currency) => {
        expect(parseAmount(formatAmount(minorOf(units), currency), currency)).toBe(minorOf(units));
      }),
    );
  });

  it('does not take the name of an object member for a currency', () => {
    expect(isCurrency('constructor')).toBe(false);
  });
});

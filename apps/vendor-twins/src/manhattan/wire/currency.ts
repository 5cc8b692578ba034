import type { Units } from './decimals.js';

const SCALE_DIGITS = 4;

/** The smallest amount that the currency pays with: a cent, a whole yen, a thousandth of a dinar; a cent for an unknown one. */
export function minorUnit(currencyCode: string | undefined): Units {
  return 10 ** (SCALE_DIGITS - Math.min(SCALE_DIGITS, fractionDigits(currencyCode)));
}

function fractionDigits(currencyCode: string | undefined): number {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency: currencyCode ?? 'USD' });
    return format.resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

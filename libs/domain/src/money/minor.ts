import { Defect } from '../kernel/faults.js';

declare const minor: unique symbol;
/** An amount in the smallest unit of its currency (cents, yen): always a safe integer. The currency stands on the order. */
export type Minor = number & { readonly [minor]: true };

export const ZERO = 0 as Minor;

export function minorOf(units: number): Minor {
  if (!Number.isSafeInteger(units))
    throw new Defect('An amount is not a whole number of minor units.', { context: { units } });
  return (units === 0 ? 0 : units) as Minor;
}

export const sum = (amounts: Iterable<Minor>): Minor => {
  let total = 0;
  for (const amount of amounts) total += amount;
  return minorOf(total);
};

export const plus = (...amounts: readonly Minor[]): Minor => sum(amounts);
export const minus = (left: Minor, right: Minor): Minor => minorOf(left - right);
export const negated = (amount: Minor): Minor => minorOf(-amount);

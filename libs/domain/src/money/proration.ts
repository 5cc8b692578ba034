import { Defect } from '../kernel/faults.js';
import { minorOf, type Minor } from './minor.js';

/**
 * Splits an amount over weights by largest remainder: the parts add up to the amount exactly, and none is further than one
 * minor unit from its fair share. Equal remainders go to the earlier part, so that a repeat gives the same cents to the same lines.
 */
export function prorate(amount: Minor, weights: readonly number[]): readonly Minor[] {
  if (weights.some((weight) => weight < 0 || !Number.isSafeInteger(weight))) {
    throw new Defect('An amount can be split over whole weights of zero or more only.');
  }
  if (weights.length === 0) return [];
  const total = weights.reduce((left, right) => left + right, 0);
  const shares = (total === 0 ? weights.map(() => 1) : weights).map(BigInt);
  const whole = shares.reduce((left, right) => left + right, 0n);
  const size = BigInt(Math.abs(amount));
  const floors = shares.map((share) => (size * share) / whole);
  const remainders = shares.map((share) => (size * share) % whole);
  let left = Number(size - floors.reduce((a, b) => a + b, 0n));
  const byRemainder = shares.map((_, index) => index).sort((a, b) => compare(remainders[b], remainders[a]) || a - b);
  const parts = floors.map(Number);
  for (const index of byRemainder) {
    if (left === 0) break;
    parts[index] = (parts[index] ?? 0) + 1;
    left -= 1;
  }
  return parts.map((part) => minorOf(amount < 0 ? -part : part));
}

const compare = (left = 0n, right = 0n) => (left < right ? -1 : left > right ? 1 : 0);

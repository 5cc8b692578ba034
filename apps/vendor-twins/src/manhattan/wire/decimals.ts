import type { JsonObject } from './json.js';

/** An exact decimal: an integer of ten-thousandths, the vendor's precision for quantities (§2.5). Used for money too. */
export type Units = number;

const SCALE = 10_000;

export function toUnits(value: number): Units {
  return Math.round(value * SCALE) + 0;
}

/** The JSON number that stands for the units; its shortest notation is the exact decimal. */
export function fromUnits(units: Units): number {
  return units / SCALE + 0;
}

/** A stored amount or quantity; absent counts as zero. */
export function units(owner: JsonObject, name: string): Units {
  const value = owner[name];
  return typeof value === 'number' ? toUnits(value) : 0;
}

export function setUnits(owner: JsonObject, name: string, value: Units): void {
  owner[name] = fromUnits(value);
}

export function addUnits(owner: JsonObject, name: string, more: Units): void {
  setUnits(owner, name, units(owner, name) + more);
}

/** Quantity times price, rounded half away from zero. BigInt, because the product leaves the safe integers. */
export function times(left: Units, right: Units): Units {
  return divide(BigInt(left) * BigInt(right), BigInt(SCALE));
}

/**
 * The part of `total` that belongs to `part` of `whole`, in full minor units of its currency (a cent where none is
 * given). Callers subtract what they gave out before, so that the last share brings the sum to `total` exactly.
 */
export function share(total: Units, part: Units, whole: Units, minor: Units = 100): Units {
  if (whole === 0 || part >= whole) return total;
  return divide(BigInt(total) * BigInt(part), BigInt(whole) * BigInt(minor)) * minor;
}

export function sum(values: Units[]): Units {
  return values.reduce((total, value) => total + value, 0);
}

function divide(dividend: bigint, divisor: bigint): number {
  const half = dividend < 0n ? -(divisor / 2n) : divisor / 2n;
  return Number((dividend + half) / divisor);
}

/** Quantities are units with up to four decimals (cut goods). Sums are rounded to that, so that equal quantities are equal numbers. */
const SCALE = 10_000;

export const roundQuantity = (value: number): number => Math.round(value * SCALE) / SCALE;

export const addQuantities = (quantities: Iterable<number>): number => {
  let total = 0;
  for (const quantity of quantities) total += Math.round(quantity * SCALE);
  return total / SCALE;
};

export const isQuantity = (value: number): boolean => Number.isFinite(value) && roundQuantity(value) === value;

/** Price of a quantity in minor units, halves rounded away from zero. */
export const priceOf = (quantity: number, unitPrice: number): number => {
  const exact = Math.round(quantity * SCALE) * unitPrice;
  return Math.sign(exact) * Math.floor((Math.abs(exact) + SCALE / 2) / SCALE);
};

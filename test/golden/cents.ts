/** An amount in hundredths: hundredths of the major unit in every currency, so that a yen is 100 of them. */
export type Cents = number;

/** As a JSON number of major units, which is how both vendors write amounts. */
export const major = (cents: Cents): number => Number((cents / 100).toFixed(2));

/** Reads an amount of major units, number or text. @throws when it is finer than a cent: then money does not add up. */
export function centsOf(amount: unknown): Cents {
  const cents = Math.round(Number(amount) * 100);
  if (!Number.isFinite(cents) || Math.abs(Number(amount) * 100 - cents) > 1e-6) {
    throw new Error(`${String(amount)} is no amount of whole cents.`);
  }
  return cents;
}

export const sumOf = (amounts: readonly Cents[]): Cents => amounts.reduce((left, right) => left + right, 0);

export const inWords = (cents: Cents): string => (cents / 100).toFixed(2);

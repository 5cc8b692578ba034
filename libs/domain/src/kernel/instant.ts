declare const instant: unique symbol;
/** A moment in UTC, as `2026-03-01T10:20:30.123Z`: always with three digits of fraction, so that text order is time order. */
export type Instant = string & { readonly [instant]: true };

export const instantOf = (date: Date): Instant => date.toISOString() as Instant;

/** Undefined where the text tells no moment. */
export function instantIn(text: string): Instant | undefined {
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? undefined : instantOf(moment);
}

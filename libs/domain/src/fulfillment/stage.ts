/**
 * The places that a unit can be in, in the order of an undisturbed life. Each unit is in exactly one.
 * `pending-return` is with the customer and announced to come back.
 */
export const STAGES = [
  'open',
  'back-ordered',
  'allocated',
  'released',
  'in-process',
  'picked',
  'packed',
  'shipped',
  'delivered',
  'pending-return',
  'returned',
  'cancelled',
] as const;

export type Stage = (typeof STAGES)[number];

/** Position on the ladder, for comparison only. */
export const rankOf = (stage: Stage): number => STAGES.indexOf(stage);

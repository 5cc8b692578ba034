/** The ladder of a returned unit. */
export const RETURN_STAGES = [
  'pending-return',
  'pending-approval',
  'carrier-scanned',
  'received',
  'returned',
  'cancelled',
] as const;
export type ReturnStage = (typeof RETURN_STAGES)[number];

import type { Places } from './line-ledger.js';
import { rankOf, STAGES, type Stage } from './stage.js';

/** The one status vocabulary of orders and lines: always derived from where the units are, never set by the last event. */
export type Status = Stage | `partially-${Exclude<Stage, 'open' | 'cancelled'>}`;

export const isStatus = (text: string): text is Status =>
  STAGES.some((stage) => text === stage || text === `partially-${stage}`);

/**
 * Status of a set of units (a line's, or an order's over its lines). Cancelled units are passed over unless all are cancelled.
 * Units that stand in different places make it `partially-` the furthest of them.
 */
export function statusOf(ledgers: readonly Places[]): Status {
  const reached = STAGES.filter((stage) => ledgers.some((places) => places[stage] > 0));
  const alive = reached.filter((stage): stage is Exclude<Stage, 'cancelled'> => stage !== 'cancelled');
  const furthest = alive.at(-1);
  if (furthest === undefined) return reached.length > 0 ? 'cancelled' : 'open';
  if (alive.length === 1 || furthest === 'open') return furthest;
  return `partially-${furthest}`;
}

/** How far a set of units has come, to tell apart snapshots that carry the same moment: the sum of the ranks of its units. */
export function progressOf(ledgers: readonly Places[]): number {
  return ledgers.reduce(
    (sum, places) => sum + STAGES.reduce((left, stage) => left + rankOf(stage) * places[stage], 0),
    0,
  );
}

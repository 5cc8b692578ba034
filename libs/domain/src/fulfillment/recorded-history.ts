import type { Instant } from '../kernel/instant.js';
import type { HistoryEntry } from './history.js';

/** How a step of the history came to our knowledge. */
export interface Arrival {
  /** By our own clock. */
  readonly recordedAt: Instant;
  /** The message that told of it. */
  readonly sourceMessage: string;
  /** Whether a later state was already known. */
  readonly late: boolean;
}

export type RecordedEntry = HistoryEntry & Arrival;

/**
 * The history as now told, each step with the arrival that first brought it. What was recorded stays recorded: a step keeps its
 * arrival when late knowledge corrects its moment.
 */
export function recordHistory(
  known: readonly RecordedEntry[],
  told: readonly HistoryEntry[],
  arrival: Arrival,
): readonly RecordedEntry[] {
  const arrivals = new Map(
    known.map(({ id, recordedAt, sourceMessage, late }) => [id, { recordedAt, sourceMessage, late }]),
  );
  return told.map((entry) => ({ ...entry, ...(arrivals.get(entry.id) ?? arrival) }));
}

import { digest } from '../kernel/digest.js';
import type { LineId } from '../kernel/ids.js';
import type { Instant } from '../kernel/instant.js';
import { compareObservations, type Observation } from './observation.js';
import { transitions, type Transition } from './transitions.js';

/** A step of the history. Its id never changes: later knowledge may correct the moment and what came before, never remove it. */
export interface HistoryEntry {
  readonly id: string;
  /** What is followed: `status`, `holds`, `promise` or `cancel-request`. */
  readonly track: string;
  readonly line: LineId | null;
  readonly from: string | null;
  readonly to: string;
  readonly quantities: string | null;
  readonly reason: string | null;
  /** By the OMS's clock: when the step was first seen to have been made. */
  readonly at: Instant;
}

/**
 * The history that a set of snapshots tells. A function of the set: order of arrival and repeats cannot matter.
 * A step is named by its track, where the track stands afterwards, and the how-manieth time it stands there. Another snapshot can only
 * add standings in between, so that every id which a smaller set gave, a larger one gives as well.
 */
export function historyOf(orderKey: string, observations: readonly Observation[]): readonly HistoryEntry[] {
  const sorted = [...observations].sort(compareObservations);
  const standings = new Map<string, number>();
  return sorted.flatMap((seen, index) =>
    transitions(sorted[index - 1], seen).map((step) => {
      const occurrence = (standings.get(standingOf(step)) ?? 0) + 1;
      standings.set(standingOf(step), occurrence);
      return entryOf(orderKey, step, occurrence, seen.at);
    }),
  );
}

const nameOf = ({ track }: Transition): string => {
  const name = track.split(':')[0] ?? track;
  return name === 'order' || name === 'line' ? 'status' : name;
};

const standingOf = ({ track, value }: Transition) => `${track} ${value}`;

function entryOf(orderKey: string, step: Transition, occurrence: number, at: Instant): HistoryEntry {
  const { line, from, to, quantities, reason } = step;
  return {
    id: `${orderKey}:${digest(`${standingOf(step)} ${occurrence}`)}`,
    track: nameOf(step),
    line,
    from,
    to,
    quantities,
    reason,
    at,
  };
}

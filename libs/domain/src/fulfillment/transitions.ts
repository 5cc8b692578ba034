import type { LineId } from '../kernel/ids.js';
import { lineId } from '../kernel/ids.js';
import { placesText } from './line-ledger.js';
import type { Observation } from './observation.js';
import { statusOf, type Status } from './status.js';

/** What history follows: the order as a whole, each of its lines, and its holds. */
export type Track = 'order' | 'holds' | `line:${string}`;

/** One step in the life of an order. */
export interface Transition {
  readonly track: Track;
  readonly line: LineId | null;
  readonly from: string | null;
  readonly to: string;
  /** Where the units of the line are afterwards, such as `1 allocated, 2 shipped`; null for order and holds. */
  readonly quantities: string | null;
  /** What the track stands at afterwards; two steps with the same value on a track are the same step, seen again. */
  readonly value: string;
}

interface Standing {
  readonly track: Track;
  readonly line: LineId | null;
  readonly status: Status | string;
  readonly quantities: string | null;
  readonly value: string;
}

/** The steps that lie between two snapshots of an order; from nothing, all that the first one shows. */
export function transitions(previous: Observation | undefined, next: Observation): readonly Transition[] {
  const before = new Map(standingsOf(previous).map((standing) => [standing.track, standing]));
  return standingsOf(next).flatMap((standing) => {
    const known = before.get(standing.track);
    if (known?.value === standing.value || (!known && standing.track === 'holds' && standing.value === '')) return [];
    const { track, line, status, quantities, value } = standing;
    return [{ track, line, from: known?.status ?? null, to: status, quantities, value }];
  });
}

function standingsOf(seen: Observation | undefined): readonly Standing[] {
  if (!seen) return [];
  const holds = seen.holds.join(', ');
  return [
    { track: 'order', line: null, status: seen.status, quantities: null, value: seen.status },
    {
      track: 'holds',
      line: null,
      status: holds === '' ? 'no-hold' : `on-hold: ${holds}`,
      quantities: null,
      value: holds,
    },
    ...Object.entries(seen.lines).map(([line, places]): Standing => {
      const quantities = placesText(places);
      return { track: `line:${line}`, line: lineId(line), status: statusOf([places]), quantities, value: quantities };
    }),
  ];
}

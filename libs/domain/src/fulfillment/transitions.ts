import type { LineId } from '../kernel/ids.js';
import { lineId } from '../kernel/ids.js';
import { placesText, type Places } from './line-ledger.js';
import type { LineNote, Observation } from './observation.js';
import { statusOf } from './status.js';

/** What history follows: the status of the order and of each line, its holds, and of each line its promise and its late cancel. */
export type Track = 'order' | 'holds' | `${LineTrack}:${string}`;
type LineTrack = 'line' | 'promise' | 'cancel-request';

/** One step in the life of an order. */
export interface Transition {
  readonly track: Track;
  readonly line: LineId | null;
  readonly from: string | null;
  readonly to: string;
  /** Where the units of the line are afterwards, such as `1 allocated, 2 shipped`; null on every other track. */
  readonly quantities: string | null;
  /** Why, by the id of the OMS's reason or in our words; null where nobody said. */
  readonly reason: string | null;
  /** What the track stands at afterwards; two steps with the same value on a track are the same step, seen again. */
  readonly value: string;
}

interface Standing extends Omit<Transition, 'from' | 'to'> {
  readonly status: string;
}

/** The steps that lie between two snapshots of an order; from nothing, all that the first one shows. */
export function transitions(previous: Observation | undefined, next: Observation): readonly Transition[] {
  const before = new Map(standingsOf(previous).map((standing) => [standing.track, standing]));
  return standingsOf(next).flatMap((standing) => {
    const known = before.get(standing.track);
    if (known?.value === standing.value || (!known && standing.value === '')) return [];
    const { status, ...step } = standing;
    return [{ ...step, from: known?.status ?? null, to: status }];
  });
}

function standingsOf(seen: Observation | undefined): readonly Standing[] {
  if (!seen) return [];
  const holds = seen.holds.join(', ');
  const nothingElse = { line: null, quantities: null, reason: null };
  return [
    { ...nothingElse, track: 'order', status: seen.status, value: seen.status },
    { ...nothingElse, track: 'holds', status: holds === '' ? 'no-hold' : `on-hold: ${holds}`, value: holds },
    ...Object.entries(seen.lines).flatMap(([line, places]) => lineStandings(line, places, seen.notes[line] ?? {})),
  ];
}

function lineStandings(line: string, places: Places, note: LineNote): readonly Standing[] {
  const quantities = placesText(places);
  const beside = { line: lineId(line), quantities: null, reason: null };
  const { promisedDelivery, cancelRequest } = note;
  const reason = places.cancelled + places['back-ordered'] > 0 ? (note.reason ?? null) : null;
  return [
    { ...beside, track: `line:${line}`, status: statusOf([places]), quantities, reason, value: quantities },
    ...(promisedDelivery === undefined
      ? []
      : [
          {
            ...beside,
            track: `promise:${line}` as const,
            status: `promised ${promisedDelivery}`,
            reason: promiseReason(places, note),
            value: promisedDelivery,
          },
        ]),
    ...(cancelRequest === undefined
      ? []
      : [
          {
            ...beside,
            track: `cancel-request:${line}` as const,
            status: `cancel ${cancelRequest}`,
            value: cancelRequest,
          },
        ]),
  ];
}

/** The OMS gives no reason for a promise: where the units are when it moves, tells it. */
function promiseReason(places: Places, note: LineNote): string | null {
  if (places['back-ordered'] === 0) return null;
  return note.reason === undefined ? 'back-ordered' : `back-ordered: ${note.reason}`;
}

import { given } from '../kernel/given.js';
import { instantIn, type Instant } from '../kernel/instant.js';
import type { HistoryEntry } from './history.js';
import { placesIn, type Places } from './line-ledger.js';
import type { LineNote, Observation } from './observation.js';
import { CANCEL_REQUESTS } from './order-snapshot.js';
import { isStatus } from './status.js';

/**
 * The snapshots that a history tells of, as far as it tells: `historyOf` them is the same history. What a history does not hold
 * (parcels, amounts, payments) they do not know.
 */
export function toldByHistory(history: readonly HistoryEntry[]): readonly Observation[] {
  let state: State = { status: 'open', holds: [], lines: {}, notes: {} };
  return momentsOf(history).flatMap(([at, tracks]) => {
    const steps = Math.max(...tracks.map((track) => track.length));
    return Array.from({ length: steps }, (_, step) => {
      for (const track of tracks) {
        const entry = track[step];
        if (entry) state = after(state, entry);
      }
      return { at, ...state, shipments: [], total: null, cancelledTotal: null, taxes: null, tenders: null };
    });
  });
}

type State = Pick<Observation, 'status' | 'holds' | 'lines' | 'notes'>;
type Track = readonly HistoryEntry[];

/** Of each moment the steps that were made in it, each track by itself. */
function momentsOf(history: readonly HistoryEntry[]): readonly (readonly [Instant, readonly Track[]])[] {
  const moments = new Map<Instant, Track[]>();
  for (const entries of Map.groupBy(history, ({ track, line }) => `${track} ${line ?? ''}`).values()) {
    let standing: string | null = null;
    for (const [at, made] of Map.groupBy(inTime(entries), (entry) => entry.at)) {
      const track = chained(made, standing);
      standing = track.at(-1)?.to ?? standing;
      moments.set(at, [...(moments.get(at) ?? []), track]);
    }
  }
  return [...moments].sort(([left], [right]) => (left < right ? -1 : 1));
}

const inTime = (entries: Track): Track => entries.toSorted((left, right) => (left.at < right.at ? -1 : 1));

/** Steps of one moment, each from where the one before it led to. */
function chained(made: Track, standing: string | null): Track {
  const left = [...made];
  const chain: HistoryEntry[] = [];
  for (let from = standing; left.length > 0;) {
    const next = Math.max(
      0,
      left.findIndex((entry) => entry.from === from),
    );
    chain.push(...left.splice(next, 1));
    from = chain.at(-1)?.to ?? null;
  }
  return chain;
}

function after(state: State, { track, line, to, quantities, reason }: HistoryEntry): State {
  if (line === null) {
    if (track === 'holds') return { ...state, holds: holdsIn(to) };
    return isStatus(to) ? { ...state, status: to } : state;
  }
  const { reason: known, ...note } = state.notes[line] ?? {};
  const noted = (next: LineNote): State => ({ ...state, notes: { ...state.notes, [line]: next } });
  const because = (told: string | null): LineNote => (told === null ? note : { ...note, reason: told });
  switch (track) {
    case 'promise':
      return noted({
        ...because(reasonIn(reason, known)),
        ...given({ promisedDelivery: instantIn(to.replace(/^promised /, '')) }),
      });
    case 'cancel-request': {
      const cancelRequest = CANCEL_REQUESTS.find((state) => to === `cancel ${state}`);
      return cancelRequest ? noted({ ...because(known ?? null), cancelRequest }) : state;
    }
    default: {
      const lines: Readonly<Record<string, Places>> = { ...state.lines, [line]: placesIn(quantities ?? '') };
      return { ...noted(because(reason)), lines };
    }
  }
}

const holdsIn = (told: string): readonly string[] =>
  told.startsWith('on-hold: ') ? told.slice('on-hold: '.length).split(', ') : [];

/** Of a promise that moved while units were back-ordered, the reason of that. */
function reasonIn(told: string | null, known: string | undefined): string | null {
  if (told === null) return known ?? null;
  return told.startsWith('back-ordered: ') ? told.slice('back-ordered: '.length) : null;
}

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anOrderOf, aSnapshot, at, type Units } from '../../testing/index.js';
import { totalOf } from '../fulfillment/line-ledger.js';
import type { OrderSnapshot } from '../fulfillment/order-snapshot.js';
import { presentOf } from '../fulfillment/order-life.js';
import { STAGES, type Stage } from '../fulfillment/stage.js';
import { minorOf } from '../money/minor.js';
import { snapshotPublished } from './order-progress.js';
import { trackAccepted, type TrackedOrder } from './tracked-order.js';

/** Which place a unit may go to next: the services of the OMS's pipelines, with shorts, cancels and returns. */
const NEXT: Readonly<Record<Stage, readonly Stage[]>> = {
  open: ['allocated', 'back-ordered', 'cancelled'],
  'back-ordered': ['allocated', 'cancelled'],
  allocated: ['released', 'back-ordered', 'cancelled'],
  released: ['in-process', 'picked', 'packed', 'shipped', 'back-ordered', 'cancelled'],
  'in-process': ['picked', 'packed', 'shipped', 'back-ordered'],
  picked: ['packed', 'shipped', 'back-ordered'],
  packed: ['shipped', 'back-ordered'],
  shipped: ['delivered', 'pending-return'],
  delivered: ['pending-return'],
  'pending-return': ['returned', 'shipped'],
  returned: [],
  cancelled: [],
};

const quantities = [3, 2] as const;
const { terms } = anOrderOf(...quantities);
const total = 5_000;

interface Move {
  readonly line: number;
  readonly unit: number;
  readonly way: number;
}

/** Each unit's place, moved one at a time; refunds follow what was returned, after what was shipped is captured. */
function lifeOf(moves: readonly Move[]): readonly OrderSnapshot[] {
  const units: Stage[][] = quantities.map((quantity) => Array.from({ length: quantity }, () => 'open'));
  let captured = 0;
  const snapshots = [snapshotOf(0, units, captured)];
  for (const { line, unit, way } of moves) {
    const places = units[line % units.length] ?? [];
    const index = unit % places.length;
    const next = NEXT[places[index] ?? 'open'];
    const to = next[way % Math.max(1, next.length)];
    if (to === undefined) continue;
    if (to === 'shipped' && places[index] !== 'pending-return') captured += 1_000;
    places[index] = to;
    snapshots.push(snapshotOf(snapshots.length, units, captured));
  }
  return snapshots;
}

function snapshotOf(seconds: number, units: readonly (readonly Stage[])[], captured: number): OrderSnapshot {
  const counted = units.map((places) =>
    // The OMS forgets what is cancelled.
    Object.fromEntries(
      STAGES.filter((stage) => stage !== 'cancelled').flatMap((stage) => {
        const quantity = places.filter((place) => place === stage).length;
        return quantity === 0 ? [] : [[stage, quantity]];
      }),
    ),
  ) as readonly Units[];
  const returned = units.flat().filter((place) => place === 'returned').length;
  const [tender] = terms.tenders;
  if (!tender) throw new Error('The order has no tender.');
  const account = { id: tender.id, authorized: minorOf(total), captured: minorOf(captured) };
  return aSnapshot(terms, at(seconds), counted, { tenders: [{ ...account, refunded: minorOf(returned * 1_000) }] });
}

const play = (snapshots: readonly OrderSnapshot[], look: (tracked: TrackedOrder) => unknown = () => undefined) =>
  snapshots.reduce(
    (tracked, snapshot, index) => {
      const arrival = { recordedAt: at(100 + index), sourceMessage: `m${index}` };
      const next = snapshotPublished(tracked, snapshot, arrival).tracked;
      look(next);
      return next;
    },
    trackAccepted(anOrderOf(...quantities)),
  );

/** I4: each unit in one place. I5: no tender gives back more than it took. */
function imbalances({ life, wanted }: TrackedOrder): readonly string[] {
  const lines = Object.values(presentOf(life)?.lines ?? {});
  const nowhere = lines.flatMap((places, index) =>
    totalOf(places) === quantities[index] ? [] : [`line ${index + 1} counts ${totalOf(places)}`],
  );
  const overdrawn = Object.values(wanted).flatMap(({ address, fields }) => {
    if (address.kind !== 'tender' || !('captured' in fields)) return [];
    const [captured, refunded] = [Number(fields.captured), Number(fields.refunded)];
    return refunded <= captured && captured <= total / 100 ? [] : [`refunded ${refunded} of ${captured}`];
  });
  return [...nowhere, ...overdrawn];
}

/** I3: from one step of a track to the next there is no gap, and no step is earlier than the one before. */
function isUnbroken({ history }: TrackedOrder): void {
  for (const steps of Map.groupBy(history, ({ track, line }) => `${track} ${line ?? ''}`).values()) {
    expect(steps.map(({ from }) => from)).toEqual([null, ...steps.slice(0, -1).map(({ to }) => to)]);
    expect(steps.map(({ at: moment }) => moment)).toEqual(steps.map(({ at: moment }) => moment).sort());
  }
}

describe('Ten thousand random lives', () => {
  const move = fc.record({ line: fc.nat(1), unit: fc.nat(2), way: fc.nat(5) });
  const lives = fc
    .array(move, { minLength: 1, maxLength: 5 })
    .map(lifeOf)
    .chain((life) => {
      const told = [...life, ...life.slice(0, 2)];
      return fc.tuple(fc.constant(life), fc.shuffledSubarray(told, { minLength: told.length }));
    });

  it('keep order, quantities and money at every instant, in whatever order they are told (I3, I4, I5)', () => {
    fc.assert(
      fc.property(lives, ([life, told]) => {
        const wrong: string[] = [];
        const actual = play(told, (tracked) => wrong.push(...imbalances(tracked)));
        expect(wrong).toEqual([]);
        isUnbroken(actual);
        const expected = play(life);
        expect(presentOf(actual.life)).toEqual(presentOf(expected.life));
        expect(actual.history.map(({ id }) => id).sort()).toEqual(expected.history.map(({ id }) => id).sort());
      }),
      { numRuns: 10_000 },
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { at, lifeOf, livingOrder, type Edit, type Life, type Told } from '../../testing/index.js';
import { totalOf } from '../fulfillment/line-ledger.js';
import { presentOf } from '../fulfillment/order-life.js';
import { TransientFault } from '../kernel/faults.js';
import { omsOrderId } from '../kernel/ids.js';
import { orderPlaced, orderRevised, returnPublished, snapshotPublished } from './order-progress.js';
import { isAtOms, revisionBegun } from './revision.js';
import { trackAccepted, type TrackedOrder } from './tracked-order.js';

/** What happens to us, one after the other: the OMS tells something, or the next edit is begun or answered. */
type Step = Told | 'edit goes on';

/** Us: an edit is kept before the OMS hears of it, hence before it tells of anything afterwards. What has to wait comes again. */
function play(edits: readonly Edit[], steps: readonly Step[], look: (tracked: TrackedOrder) => void): TrackedOrder {
  let tracked = orderPlaced(trackAccepted(livingOrder), omsOrderId('A-1001'), at(0));
  let progress = 0;
  let waiting: readonly Told[] = [];

  const tell = (told: Told): boolean => {
    try {
      const arrival = { recordedAt: at(100), sourceMessage: 'm' };
      tracked =
        told.kind === 'return'
          ? returnPublished(tracked, told.snapshot, at(told.seconds))
          : snapshotPublished(tracked, told.snapshot, arrival).tracked;
      return true;
    } catch (fault) {
      if (fault instanceof TransientFault) return false;
      throw fault;
    } finally {
      look(tracked);
    }
  };
  const goOn = (): void => {
    const edit = edits[Math.floor(progress / 2)];
    if (!edit || !isAtOms(tracked)) return;
    const isBegun = progress % 2 === 1;
    tracked = isBegun ? orderRevised(tracked, edit.pending, at(edit.seconds)) : revisionBegun(tracked, edit.pending);
    progress += 1;
    look(tracked);
    if (isBegun) waiting = waiting.filter((told) => !tell(told));
  };
  for (const step of steps) {
    if (step === 'edit goes on') goOn();
    else {
      const known = edits.filter(({ seconds }) => seconds <= step.seconds).length;
      while (progress < known * 2 - 1) goOn();
      if (!tell(step)) waiting = [...waiting, step];
    }
  }
  while (progress < edits.length * 2) goOn();
  expect(waiting).toEqual([]);
  return tracked;
}

const PLACES = [
  'open',
  'backOrdered',
  'allocated',
  'released',
  'shipped',
  'delivered',
  'cancelled',
  'returned',
] as const;

/** I4: each unit that is ordered now is shown in one place. I5: no tender gives back more than it took, nor takes more than was agreed. */
function imbalances({ order: { terms }, wanted }: TrackedOrder): readonly string[] {
  const agreed = Number(terms.tenders[0]?.amount) / 100;
  return Object.values(wanted).flatMap(({ address, fields }) => {
    if (address.kind === 'line' && 'backOrdered' in fields) {
      const ordered = terms.lines.find(({ crmLineId }) => crmLineId === address.id)?.quantity;
      const counted = PLACES.reduce((sum, place) => sum + fields[place], 0);
      return counted === ordered ? [] : [`line ${address.id} shows ${counted} of ${ordered}`];
    }
    if (address.kind !== 'tender' || !('captured' in fields)) return [];
    const [captured, refunded] = [Number(fields.captured), Number(fields.refunded)];
    return refunded <= captured && captured <= agreed + 0.001
      ? []
      : [`refunded ${refunded} of ${captured} of ${agreed}`];
  });
}

/** I4, for every moment that is known: the units of a snapshot are those that were ordered when it was taken. */
function miscounts({ life }: TrackedOrder, { told }: Life): readonly string[] {
  const ordered = new Map(told.flatMap((one) => (one.kind === 'order' ? [[one.snapshot.at, one.ordered.join()]] : [])));
  return life.observations.flatMap(({ at: moment, lines }) => {
    const counted = Object.values(lines).map(totalOf).join();
    return counted === ordered.get(moment) ? [] : [`at ${moment} ${counted} of ${ordered.get(moment)}`];
  });
}

/** I3: from one step of a track to the next there is no gap, and no step is earlier than the one before. */
function isUnbroken({ history }: TrackedOrder): void {
  for (const steps of Map.groupBy(history, ({ track, line }) => `${track} ${line ?? ''}`).values()) {
    expect(steps.map(({ from }) => from)).toEqual([null, ...steps.slice(0, -1).map(({ to }) => to)]);
    expect(steps.map(({ at: moment }) => moment)).toEqual(steps.map(({ at: moment }) => moment).sort());
  }
}

describe('Ten thousand random lives', () => {
  const move = fc.record({
    line: fc.nat(2),
    unit: fc.nat(3),
    way: fc.nat(5),
    kind: fc.constantFrom('one step', 'one step', 'one step', 'several steps', 'more', 'fewer', 'added line'),
  });
  const lives = fc
    .array(move, { minLength: 1, maxLength: 5 })
    .map(lifeOf)
    .chain((life) => {
      const goesOn = life.edits.flatMap(() => ['edit goes on', 'edit goes on'] as const);
      const steps: Step[] = [...life.told, ...life.told.slice(0, 2), ...goesOn];
      return fc.tuple(fc.constant(life), fc.shuffledSubarray(steps, { minLength: steps.length }));
    });

  it('keep order, quantities and money at every instant, in whatever order they are told (I3, I4, I5)', () => {
    const counts = { edits: 0, returns: 0 };
    fc.assert(
      fc.property(lives, ([life, steps]) => {
        counts.edits += life.edits.length;
        counts.returns += life.told.filter(({ kind }) => kind === 'return').length;
        const wrong: string[] = [];
        let told: readonly string[] = [];
        const actual = play(life.edits, steps, (tracked) => {
          wrong.push(...imbalances(tracked));
          const ids = new Set(tracked.history.map(({ id }) => id));
          wrong.push(...told.filter((id) => !ids.has(id)).map((id) => `forgot ${id}`));
          told = [...ids];
        });
        expect([...wrong, ...miscounts(actual, life)]).toEqual([]);
        isUnbroken(actual);
        const expected = play(life.edits, life.told, () => undefined);
        expect(presentOf(actual.life)).toEqual(presentOf(expected.life));
        expect(actual.life.returns).toEqual(expected.life.returns);
        expect(actual.history.map(({ id }) => id).sort()).toEqual(expected.history.map(({ id }) => id).sort());
      }),
      { numRuns: 10_000 },
    );
    expect(counts.edits).toBeGreaterThan(5_000);
    expect(counts.returns).toBeGreaterThan(100);
  });
});

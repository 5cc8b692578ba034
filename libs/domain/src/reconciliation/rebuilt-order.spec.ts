import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anOrderOf, aSite, aSnapshot, at, lifeOf, livingOrder, type Told } from '../../testing/index.js';
import type { OrderSnapshot } from '../fulfillment/order-snapshot.js';
import { crmRecordId, omsOrderId } from '../kernel/ids.js';
import { minorOf } from '../money/minor.js';
import { requestAnswered } from '../orders/order-progress.js';
import { orderPlaced, returnPublished, snapshotPublished } from '../orders/order-progress.js';
import { inWordsOf } from '../orders/project-order.js';
import type { FieldValue } from '../orders/projection.js';
import { isAtOms } from '../orders/revision.js';
import { trackAccepted, type TrackedOrder } from '../orders/tracked-order.js';
import type { ReturnSnapshot } from '../returns/oms-returns.js';
import type { ShownOrder } from './crm-order-book.js';
import { rebuiltOrder } from './rebuilt-order.js';

const site = aSite();

/** What the CRM shows where all was written, amounts as the numbers that it keeps. */
function shown(tracked: TrackedOrder): ShownOrder {
  const number = (value: FieldValue): FieldValue =>
    typeof value === 'string' && /^\d+\.\d\d$/.test(value) ? Number(value) : value;
  const records = Object.entries(inWordsOf(site, tracked).wanted).map(([name, { fields }]) => [
    name,
    Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, number(value)])),
  ]);
  return {
    kinds: new Set([
      'order',
      'line',
      'tender',
      'shipment',
      'shipment-line',
      'return',
      'return-line',
      'history',
      'request',
    ]),
    records: Object.fromEntries(records),
  };
}

const tell = (tracked: TrackedOrder, told: Told): TrackedOrder =>
  told.kind === 'return'
    ? returnPublished(tracked, told.snapshot, at(told.seconds + 1))
    : snapshotPublished(tracked, told.snapshot, { recordedAt: at(told.seconds + 1), sourceMessage: 'm' }).tracked;

/** All that the OMS has in the end. */
function present(told: readonly Told[]) {
  const orders = told.flatMap((one) => (one.kind === 'order' ? [one.snapshot] : []));
  const returns = new Map<string, ReturnSnapshot>();
  for (const one of told) if (one.kind === 'return') returns.set(one.snapshot.number, one.snapshot);
  return { oms: orders.at(-1), returns: [...returns.values()] };
}

describe('An order that is rebuilt', () => {
  const move = fc.record({
    line: fc.nat(2),
    unit: fc.nat(3),
    way: fc.nat(5),
    kind: fc.constantFrom('one step' as const, 'one step' as const, 'several steps' as const),
  });
  const lives = fc
    .array(move, { minLength: 1, maxLength: 8 })
    .map((moves) => lifeOf(moves).told)
    .chain((told) => fc.tuple(fc.constant(told), fc.nat(told.length - 1)));

  it('shows the same at any moment of two hundred lives, and goes on as if nothing had been', () => {
    let goneOn = 0;
    fc.assert(
      fc.property(lives, ([told, lost]) => {
        const before = told.slice(0, lost + 1);
        const placed = orderPlaced(trackAccepted(livingOrder), omsOrderId('A-1001'), at(0));
        const kept = before.reduce(tell, placed);
        const { oms, returns } = present(before);
        if (!oms) return;
        const { tracked, isShown } = rebuiltOrder(
          site,
          { captured: livingOrder, oms, omsVersion: 1, returns, crm: shown(kept) },
          'r',
        );
        expect(tracked.wanted).toEqual(kept.wanted);
        expect([tracked.version, isShown]).toEqual([kept.version, true]);
        expect(tracked.history.map(({ id }) => id).sort()).toEqual(kept.history.map(({ id }) => id).sort());

        const after = told.slice(lost + 1);
        expect(after.reduce(tell, tracked).wanted).toEqual(after.reduce(tell, kept).wanted);
        // What was told before comes once more: the OMS does not know what we have lost.
        expect(before.reduce(tell, tracked).wanted).toEqual(kept.wanted);
        goneOn += after.length;
      }),
      { numRuns: 200 },
    );
    expect(goneOn).toBeGreaterThan(200);
  });

  const order = anOrderOf(3, 1);
  const snapshot = (seconds: number, units: Parameters<typeof aSnapshot>[2], changes: Partial<OrderSnapshot> = {}) =>
    aSnapshot(order.terms, at(seconds), units, changes);
  const arrival = { recordedAt: at(50), sourceMessage: 'm' };
  const after = (...told: readonly OrderSnapshot[]) =>
    told.reduce(
      (tracked, one) => snapshotPublished(tracked, one, arrival).tracked,
      orderPlaced(trackAccepted(order), omsOrderId('A-1001'), at(1)),
    );
  const again = (kept: TrackedOrder, oms: OrderSnapshot) =>
    rebuiltOrder(site, { captured: order, oms, omsVersion: 7, returns: [], crm: shown(kept) }, 'r');

  it('knows holds, promises, reasons and late cancels again, and what it came to before it was cancelled', () => {
    const promised = (day: number) => ({ promisedDelivery: at(day * 86_400) });
    const withLines = (one: OrderSnapshot, ...notes: readonly object[]): OrderSnapshot => ({
      ...one,
      lines: one.lines.map((line, index) => ({ ...line, ...notes[index] })),
    });
    const amounts = { total: minorOf(3_700), taxes: minorOf(100) };
    const told = [
      withLines(snapshot(2, [{ 'back-ordered': 3 }, { allocated: 1 }], amounts), {
        ...promised(2),
        reason: 'Sold out',
      }),
      withLines(snapshot(3, [{ 'back-ordered': 3 }, { allocated: 1 }], { ...amounts, holds: ['Fraud', 'Price'] }), {
        ...promised(5),
        reason: 'Sold out',
      }),
      withLines(
        snapshot(4, [{ released: 3 }, { released: 1 }], amounts),
        { ...promised(5), cancelRequest: 'requested' },
        { cancelRequest: 'requested' },
      ),
      withLines(
        snapshot(6, [{ cancelled: 3 }, { cancelled: 1 }], {
          ...{ cancelled: true, total: minorOf(0), taxes: minorOf(0), cancelledTotal: minorOf(3_700) },
        }),
        { ...promised(5), cancelRequest: 'cancelled', reason: 'Asked' },
        { cancelRequest: 'cancelled', reason: 'Asked' },
      ),
    ];
    for (const [index, last] of told.entries()) {
      const kept = after(...told.slice(0, index + 1));
      const rebuilt = again(kept, last);
      expect(rebuilt.tracked.wanted).toEqual(kept.wanted);
      expect(rebuilt.isShown).toBe(true);
    }
  });

  it('knows what agents were answered, and the version after which it may be changed', () => {
    const last = snapshot(2, [{ allocated: 3 }, { allocated: 1 }]);
    const placed = after(last);
    if (!isAtOms(placed)) throw new Error('It is not placed.');
    const answer = {
      id: crmRecordId('a01'),
      answer: 'confirmed',
      sentence: 'Done.',
      at: at(3),
      confirmedAt: at(2),
    } as const;
    const kept = requestAnswered(placed, answer);
    const { tracked, isShown } = again(kept, last);
    expect(tracked.wanted).toEqual(kept.wanted);
    expect(isShown).toBe(true);
    expect(tracked.order).toMatchObject({ omsVersion: 7, requests: [answer] });
  });

  it('has what the OMS did meanwhile as a step of its own, and nothing else to write', () => {
    const kept = after(snapshot(2, [{ allocated: 3 }, { allocated: 1 }]));
    const { tracked, isShown } = again(kept, snapshot(9, [{ allocated: 3 }, { shipped: 1 }]));
    expect(isShown).toBe(false);
    expect(tracked.version).toBe(kept.version + 1);
    const news = tracked.history.filter(({ id }) => !kept.history.some((known) => known.id === id));
    expect(news.map(({ from, to, sourceMessage }) => [from, to, sourceMessage])).toEqual([
      ['allocated', 'partially-shipped', 'r'],
      ['allocated', 'shipped', 'r'],
    ]);
  });

  it('is shown already where the OMS has only touched it', () => {
    const last = snapshot(2, [{ allocated: 3 }, { allocated: 1 }]);
    const kept = after(last);
    const { tracked, isShown } = again(kept, { ...last, at: at(30) });
    expect([isShown, tracked.wanted]).toEqual([true, kept.wanted]);
  });

  it('is refused where the OMS is behind what the CRM shows', () => {
    const kept = after(
      snapshot(2, [{ allocated: 3 }, { allocated: 1 }]),
      snapshot(5, [{ shipped: 3 }, { shipped: 1 }]),
    );
    expect(() => again(kept, snapshot(2, [{ allocated: 3 }, { allocated: 1 }]))).toThrow('older state');
  });
});

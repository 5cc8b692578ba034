import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anOrderOf, aSnapshot, at, type Units } from '../../testing/index.js';
import { totalOf } from '../fulfillment/line-ledger.js';
import type { OrderSnapshot } from '../fulfillment/order-snapshot.js';
import { presentOf } from '../fulfillment/order-life.js';
import { lineId, locationId, omsOrderId, sku, tenderId } from '../kernel/ids.js';
import { minorOf, ZERO } from '../money/minor.js';
import { snapshotPublished, orderPlaced } from './order-progress.js';
import { acknowledge, changesBetween } from './projection.js';
import { trackAccepted, type TrackedOrder } from './tracked-order.js';

const order = anOrderOf(3, 1);
const snapshot = (seconds: number, units: readonly Units[], changes: Partial<OrderSnapshot> = {}) =>
  aSnapshot(order.terms, at(seconds), units, changes);

const play = (snapshots: readonly OrderSnapshot[]): TrackedOrder =>
  snapshots.reduce(
    (tracked, seen, index) =>
      snapshotPublished(tracked, seen, { recordedAt: at(100 + index), sourceMessage: `m${index}` }).tracked,
    trackAccepted(order),
  );

/** The order's own steps, in the order of the OMS's clock. */
const statuses = (tracked: TrackedOrder) =>
  tracked.history.filter((entry) => entry.line === null).map(({ from, to, late }) => [from, to, late]);

const parcel = (key: string, quantity: number) => ({
  key,
  packageId: key,
  trackingNumber: key,
  shipFrom: locationId('NODE-1'),
  lines: [{ line: lineId('1'), sku: sku('LAMP-01'), quantity }],
});

/** As it comes back from where only the names of fields count, and not their order. */
const shelved = (tracked: TrackedOrder) =>
  JSON.parse(JSON.stringify(tracked), (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).reverse())
      : value,
  ) as TrackedOrder;

describe('The life of an order', () => {
  const created = snapshot(1, []);
  const allocated = snapshot(2, [{ allocated: 3 }, { allocated: 1 }]);
  const released = snapshot(3, [{ released: 3 }, { released: 1 }]);
  const shipped = snapshot(4, [{ shipped: 3 }, { shipped: 1 }]);

  it('is told step by step', () => {
    expect(statuses(play([created, allocated, released, shipped]))).toEqual([
      [null, 'open', false],
      ['open', 'allocated', false],
      ['allocated', 'released', false],
      ['released', 'shipped', false],
    ]);
  });

  it('never goes back for a late snapshot, and keeps it as history marked late (F6)', () => {
    const tracked = play([created, shipped, allocated]);
    expect(presentOf(tracked.life)?.status).toBe('shipped');
    expect(statuses(tracked)).toEqual([
      [null, 'open', false],
      ['open', 'allocated', true],
      ['allocated', 'shipped', false],
    ]);
  });

  it('is not changed by a repeat (F7)', () => {
    const tracked = play([created, allocated]);
    const again = snapshotPublished(tracked, allocated, { recordedAt: at(200), sourceMessage: 'again' });
    expect(again).toEqual({ tracked, effect: 'repeated' });
  });

  it('is not changed by a repeat after it was kept where fields have another order, as in a database (F7)', () => {
    const told = snapshot(4, [{ shipped: 1, released: 2 }], {
      shipments: [parcel('UPS-1', 1)],
      tenders: [{ id: tenderId('T-1'), authorized: minorOf(4000), captured: ZERO, refunded: ZERO }],
    });
    const kept = shelved(play([created, told]));
    expect(snapshotPublished(kept, told, { recordedAt: at(200), sourceMessage: 'again' }).effect).toBe('repeated');
  });

  it('keeps every parcel as a set (F14)', () => {
    const first = snapshot(4, [{ shipped: 1, released: 2 }], { shipments: [parcel('UPS-1', 1)] });
    const second = snapshot(5, [{ shipped: 3 }], { shipments: [parcel('UPS-1', 1), parcel('UPS-2', 2)] });
    const parcels = Object.values(play([created, second, first]).wanted).flatMap((record) =>
      record.address.kind === 'shipment' && 'packageId' in record.fields ? [record.fields.packageId] : [],
    );
    expect(parcels).toEqual(['UPS-1', 'UPS-2']);
  });

  it('keeps the amounts of before a full cancel (G07)', () => {
    const before = snapshot(2, [], { total: minorOf(4000) });
    const cancelled = snapshot(3, [{}, {}], {
      cancelled: true,
      total: ZERO,
      cancelledTotal: minorOf(4000),
    });
    const record = Object.values(play([before, cancelled]).wanted).find(({ address }) => address.kind === 'order');
    expect(record?.fields).toMatchObject({ status: 'cancelled', total: '40.00', cancelledTotal: '40.00' });
  });

  it('names every record in the 80 characters that an external id has, whatever the carrier writes', () => {
    const shipped = snapshot(4, [{ shipped: 3 }], { shipments: [parcel('CARRIER-'.repeat(20), 3)] });
    const keys = Object.values(play([shipped]).wanted).flatMap(({ address }) =>
      'key' in address ? [address.key] : [],
    );
    expect(keys.filter((key) => key.length > 80)).toEqual([]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('shows a placed order before the OMS has published it', () => {
    const placed = orderPlaced(trackAccepted(order), omsOrderId('A-1001'), at(1));
    expect(placed).toMatchObject({ version: 1, order: { state: 'submitted' } });
    expect(orderPlaced(placed, omsOrderId('A-1001'), at(9))).toBe(placed);
  });
});

describe('Replaying snapshots in any order, with repeats', () => {
  const stages = ['open', 'back-ordered', 'allocated', 'released', 'picked', 'shipped', 'delivered'] as const;
  const units = fc.record({
    first: fc.constantFrom(...stages),
    rest: fc.constantFrom(...stages),
    split: fc.integer({ min: 0, max: 3 }),
  });
  const snapshots = fc
    .array(
      fc.record({
        seconds: fc.integer({ min: 0, max: 12 }),
        one: units,
        two: fc.constantFrom(...stages),
        hold: fc.boolean(),
      }),
      {
        minLength: 1,
        maxLength: 10,
      },
    )
    .map((states) =>
      states.map(({ seconds, one, two, hold }) =>
        snapshot(
          seconds,
          [
            {
              [one.rest]: 0,
              [one.first]: 0,
              ...place(one.first, one.split),
              ...place(one.rest, 3 - one.split, one.first),
            },
            { [two]: 1 },
          ],
          { holds: hold ? ['PaymentFraud'] : [] },
        ),
      ),
    );
  const place = (stage: string, quantity: number, other?: string) => ({ [stage]: stage === other ? 3 : quantity });

  const told = (tracked: TrackedOrder) =>
    tracked.history.map(({ id, line, from, to, quantities, at: moment }) => [id, line, from, to, quantities, moment]);
  const shown = (tracked: TrackedOrder) =>
    Object.entries(tracked.wanted)
      .filter(([name]) => !name.startsWith('history:'))
      .map(([name, record]) => [name, { ...record.fields, version: 0 }])
      .sort();

  it('ends in the same state and the same history', () => {
    const shuffled = snapshots.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all, ...all], { minLength: all.length * 3 })),
    );
    fc.assert(
      fc.property(shuffled, ([inOrder, arrivals]) => {
        const [expected, actual] = [play(inOrder), play(arrivals)];
        expect(told(actual)).toEqual(told(expected));
        expect(shown(actual)).toEqual(shown(expected));
      }),
      { numRuns: 300 },
    );
  });

  it('never forgets a step that was told, and keeps units balanced at each instant', () => {
    fc.assert(
      fc.property(snapshots, (arrivals) => {
        let tracked = trackAccepted(order);
        for (const seen of arrivals) {
          const known = tracked.history.map((entry) => entry.id);
          tracked = snapshotPublished(tracked, seen, {
            recordedAt: at(100),
            sourceMessage: 'm',
          }).tracked;
          expect(tracked.history.map((entry) => entry.id)).toEqual(expect.arrayContaining(known));
          expect(new Set(tracked.history.map((entry) => entry.id)).size).toBe(tracked.history.length);
          for (const [index, places] of Object.values(presentOf(tracked.life)?.lines ?? {}).entries()) {
            expect(totalOf(places)).toBe(order.terms.lines[index]?.quantity);
          }
        }
      }),
    );
  });

  it('sends the CRM only what it has not acknowledged, whatever it acknowledged in between', () => {
    fc.assert(
      fc.property(snapshots, fc.infiniteStream(fc.boolean()), (arrivals, answers) => {
        let tracked = trackAccepted(order);
        for (const seen of arrivals) {
          tracked = snapshotPublished(tracked, seen, { recordedAt: at(0), sourceMessage: 'm' }).tracked;
          const written = changesBetween(tracked.acknowledged, tracked.wanted).filter(() => answers.next().value);
          tracked = { ...tracked, acknowledged: acknowledge(tracked.acknowledged, written) };
        }
        const rest = changesBetween(tracked.acknowledged, tracked.wanted);
        const settled = acknowledge(tracked.acknowledged, rest);
        expect(changesBetween(settled, tracked.wanted)).toEqual([]);
        expect(settled).toEqual(
          Object.fromEntries(Object.entries(tracked.wanted).map(([name, { fields }]) => [name, fields])),
        );
      }),
    );
  });
});

import { lineId, type OrderNumber } from '@tandem/domain';
import { answered, claimsOf, holds, present, same, sameIn } from './claim.js';
import { allocatedOf, bookOf, parcelOf, placesOf, releasedOf, snapshotLine } from './life-scene.js';
import type { OmsWorld } from './oms-world.js';
import { heldOf, lineOf, placed, placedOf, richTerms, taxIncludedTerms } from './scene.js';

/** What the order book says of an order at each step of its life. */
const { claims, claim } = claimsOf('life', 'manual-life');
export const life = claims;

const ONE = lineId('1');
/** One that every tenant has (§3.6). */
const REASON = 'Cancel Line';

async function cancelled(world: OmsWorld, number: OrderNumber, quantity?: number): Promise<void> {
  const lines = quantity === undefined ? {} : { lines: [{ id: ONE, quantity }] };
  const cancellation = { number, version: 2, reason: REASON, ...lines };
  answered(await world.ports().changes.cancel(world.site, cancellation), 'changed');
}

claim('unknown', '§3.1', 'The book has nothing of an order that the OMS lacks', async (world) => {
  same('the order', await world.ports().book.read(world.site, world.newNumber()), undefined);
});
claim('identity', '§3.4', 'The book names organization, number and reference of an order', async (world) => {
  const { number } = await placedOf(world, 1);
  const { organization } = world.site.oms;
  const { number: reference } = await heldOf(world, number);
  const seen = await bookOf(world, number);
  same(
    'the order',
    [seen.organization, seen.orderNumber, seen.omsOrderId, seen.cancelled],
    [organization, number, reference, false],
  );
});
claim('open', '§3.2', 'All units of a placed order are open', async (world) => {
  const { number } = await placedOf(world, 2, 3);
  const order = await bookOf(world, number);
  same('the units', [placesOf(order), placesOf(order, '2')], [{ open: 2 }, { open: 3 }]);
  same('the parcels', order.shipments, []);
});
claim('allocated', '§3.2', 'Reserved units are allocated', async (world) => {
  same('the units', placesOf(await bookOf(world, await allocatedOf(world, 3))), { allocated: 3 });
});
claim('back-ordered', '§3.2', 'Units whose reservation was taken away are back-ordered', async (world) => {
  const number = await allocatedOf(world, 3);
  await world.warehouse.deallocate(number);
  same('the units', placesOf(await bookOf(world, number)), { 'back-ordered': 3 });
});
claim('reallocated', '§3.2', 'Back-ordered units that are reserved again are allocated', async (world) => {
  const number = await allocatedOf(world, 3);
  await world.warehouse.deallocate(number);
  await world.warehouse.allocate(number);
  same('the units', placesOf(await bookOf(world, number)), { allocated: 3 });
});
claim('released', '§3.2', 'Units that were sent to a fulfilment system are released', async (world) => {
  same('the units', placesOf(await bookOf(world, await releasedOf(world, 3))), { released: 3 });
});
for (const rung of ['in-process', 'picked', 'packed'] as const)
  claim(rung, '§3.2', `Units that the warehouse reports so are ${rung}`, async (world) => {
    const number = await releasedOf(world, 3, 1);
    await world.warehouse.move(number, rung);
    const order = await bookOf(world, number);
    same('the units', [placesOf(order), placesOf(order, '2')], [{ [rung]: 3 }, { [rung]: 1 }]);
    same('the parcels', order.shipments, []);
  });
claim('digital', '§3.2', 'Digital goods are released without being allocated', async (world) => {
  const { number } = await placed(world, richTerms(world.newNumber()));
  await world.warehouse.release(number);
  const order = await bookOf(world, number);
  same('the units', [placesOf(order), placesOf(order, '3')], [{ open: 3 }, { released: 1 }]);
});
claim('keep-until', '§3.4', 'A line tells until when its pick-up waits', async (world) => {
  const { number } = await placedOf(world, 1);
  await world.otherHost.keepUntil(number, ONE, '2026-11-21T18:00:00.000Z');
  same('the moment', snapshotLine(await bookOf(world, number)).pickupExpires, '2026-11-21T18:00:00.000Z');
});
claim(
  'short-reallocated',
  '§4.3',
  'Shorted units that are looked for elsewhere are allocated again',
  async (world) => {
    const number = await releasedOf(world, 3);
    await world.warehouse.move(number, 'picked');
    await world.warehouse.short(number, ONE, 2, 'reallocate');
    same('the units', placesOf(await bookOf(world, number)), { allocated: 2, picked: 1 });
    same('the shorts', lineOf(await heldOf(world, number), '1').shorts, 1);
  },
  'shorts',
);
claim(
  'short-cancelled',
  '§4.3',
  'Shorted units that are given up are gone, the rest stays, with the reason',
  async (world) => {
    const number = await releasedOf(world, 3);
    await world.warehouse.short(number, ONE, 2, 'cancel');
    const order = await bookOf(world, number);
    const { cancelled: _, ...places } = placesOf(order);
    same('the units', places, { released: 1 });
    const reason = lineOf(await heldOf(world, number), '1').cancels.at(-1)?.reason;
    sameIn('the line', snapshotLine(order), { cancelled: false, reason: present('reason at the OMS', reason) });
    same('the total', order.total, 1000);
  },
  'shorts',
);
claim('cancelled', '§3.6', 'An order that was cancelled whole has no unit left, and the reason', async (world) => {
  const { number } = await placedOf(world, 2, 1);
  await cancelled(world, number);
  const order = await bookOf(world, number);
  same('the order', order.cancelled, true);
  for (const { id, cancelled: gone, reason } of order.lines) {
    same(`line ${id}`, [gone, reason], [true, REASON]);
    const { cancelled: _, ...left } = placesOf(order, id);
    same(`units of line ${id}`, left, {});
  }
});
claim(
  'cancelled-totals',
  '§3.6',
  'The total of a cancelled order is nothing, and what it was is told',
  async (world) => {
    const { number } = await placed(world, richTerms(world.newNumber()));
    same('before', (await bookOf(world, number)).cancelledTotal, undefined);
    await cancelled(world, number);
    const { total, taxes, cancelledTotal } = await bookOf(world, number);
    same('after', { total, taxes, cancelledTotal }, { total: 0, taxes: 0, cancelledTotal: 5751 });
  },
);
claim(
  'cancelled-after-allocation',
  '§3.2',
  'Rows of no units that a cancel leaves count for nothing',
  async (world) => {
    const number = await allocatedOf(world, 2);
    await cancelled(world, number);
    const order = await bookOf(world, number);
    const { cancelled: _, ...left } = placesOf(order);
    same('the order', [order.cancelled, left], [true, {}]);
  },
);
claim(
  'cancelled-in-part',
  '§3.6',
  'A part that was cancelled leaves the rest, its total and no cancelled total',
  async (world) => {
    const { number } = await placedOf(world, 3);
    await cancelled(world, number, 1);
    const order = await bookOf(world, number);
    const { cancelled: _, ...left } = placesOf(order);
    same('the units', left, { open: 2 });
    same('the money', [order.total, order.cancelledTotal, order.cancelled], [2000, undefined, false]);
    sameIn('the line', snapshotLine(order), { cancelled: false, reason: REASON });
  },
);
claim('cancelled-line', '§3.6', 'A cancelled line leaves the other line and the order alive', async (world) => {
  const { number } = await placedOf(world, 3, 1);
  await cancelled(world, number, 3);
  const order = await bookOf(world, number);
  same('the lines', [order.cancelled, ...order.lines.map((line) => line.cancelled)], [false, true, false]);
  same('the other line', placesOf(order, '2'), { open: 1 });
  same('the total', order.total, 1000);
});
claim('cancelled-elsewhere', '§3.6', 'A cancel by another host is told like our own', async (world) => {
  const { number } = await placedOf(world, 2);
  await world.otherHost.cancel(number, REASON);
  const { cancelled: gone, total, cancelledTotal } = await bookOf(world, number);
  same('the order', [gone, total, cancelledTotal], [true, 0, 2000]);
});
claim('money', '§3.5', 'Total and taxes are told in minor units', async (world) => {
  const { number } = await placed(world, richTerms(world.newNumber()));
  const { total, taxes } = await bookOf(world, number);
  same('the money', [total, taxes], [5751, 201]);
});
claim('tax-included', '§3.5', 'Taxes that the prices hold are told as taxes', async (world) => {
  const { number } = await placed(world, taxIncludedTerms(world.newNumber()));
  const { total, taxes } = await bookOf(world, number);
  same('the money', [total, taxes], [1500, 167]);
});
claim('tenders', '§3.4', 'A tender is told with what was authorized, captured and refunded', async (world) => {
  const { number } = await placed(world, richTerms(world.newNumber()));
  const authorizationExpires = '2026-03-08T10:00:00.000Z';
  same('the tenders', (await bookOf(world, number)).tenders, [
    { id: 'T1', authorized: 5751, captured: 751, refunded: 0, authorizationExpires },
  ]);
});
claim('hold', '§3.8', 'Holds that are applied are told by their types, resolved ones are not', async (world) => {
  const { number } = await placedOf(world, 1);
  await world.otherHost.applyHold(number, 'PaymentFraud');
  await world.otherHost.applyHold(number, 'AwaitingShipToAddress');
  same('applied', [...(await bookOf(world, number)).holds].sort(), ['AwaitingShipToAddress', 'PaymentFraud']);
  const hold = { number, version: 2, type: 'PaymentFraud' };
  answered(await world.ports().changes.resolveHold(world.site, hold), 'changed');
  same('left', (await bookOf(world, number)).holds, ['AwaitingShipToAddress']);
});
claim('moments', '§2.4', 'Each change makes the moment of the order later', async (world) => {
  const { number } = await placedOf(world, 1);
  const moments = [(await bookOf(world, number)).at];
  for (const step of ['allocate', 'release'] as const) {
    await world.warehouse[step](number);
    moments.push((await bookOf(world, number)).at);
  }
  same('in order and different', [...new Set(moments)].sort(), moments);
  holds('a moment is of now', Math.abs(Date.parse(moments[0] ?? '') - Date.now()) < 24 * 3_600_000);
});
claim(
  'spelling',
  '§3.2',
  'A status with decimals is the same status',
  async (world) => {
    await world.tenant({ statusSpelling: 'decimals' });
    const number = await releasedOf(world, 2);
    await world.warehouse.move(number, 'picked');
    await world.warehouse.ship(number, ONE, 1, parcelOf(number));
    await world.otherHost.applyHold(number, 'PaymentFraud');
    const order = await bookOf(world, number);
    same('the order', [placesOf(order), order.holds], [{ picked: 1, shipped: 1 }, ['PaymentFraud']]);
  },
  'tenant-settings',
);

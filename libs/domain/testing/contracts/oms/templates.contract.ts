import { lineId, PermanentFault, type Cancellation, type OrderNumber } from '@tandem/domain';
import { answered, claimsOf, holds, same, sameIn } from './claim.js';
import { bookOf, parcelOf, placesOf, releasedOf, snapshotLine } from './life-scene.js';
import type { OmsWorld } from './oms-world.js';
import { placed, placedOf, richTerms } from './scene.js';
import { faultOf, toldWithout, unreadableWithout } from './template-scene.js';

/** What a publish still tells where the template of the tenant leaves things out. */
const { claims, claim } = claimsOf('template', 'manual-life');
export const templates = claims;

const ONE = lineId('1');
const REASON = 'Cancel Line';

async function cancelledOf(world: OmsWorld, lines?: Cancellation['lines']): Promise<OrderNumber> {
  const { number } = await placedOf(world, 2);
  const cancellation = { number, version: 2, reason: REASON, ...(lines && { lines }) };
  answered(await world.ports().changes.cancel(world.site, cancellation), 'changed');
  return number;
}

async function shippedOf(world: OmsWorld): Promise<OrderNumber> {
  const number = await releasedOf(world, 3);
  await world.warehouse.ship(number, ONE, 2, parcelOf(number));
  return number;
}

claim('whole', '§7.3', 'A publish of the whole order is the order that is read', async (world) => {
  const { number } = await placed(world, richTerms(world.newNumber()));
  same('the order', await toldWithout(world, number), await bookOf(world, number));
});
claim('no-units', '§7.3', 'Without rows of units, a lowest rung that is the highest tells all', async (world) => {
  const number = await releasedOf(world, 3);
  same('plain', placesOf(await toldWithout(world, number, 'units', 'rungs-in-objects')), { released: 3 });
  same('in objects', placesOf(await toldWithout(world, number, 'units', 'plain-rungs')), { released: 3 });
});
claim('no-units-split', '§7.3', 'Without rows of units, units on two rungs cannot be told', async (world) => {
  await unreadableWithout(world, await shippedOf(world), 'snapshot', 'units');
});
claim('no-units-no-quantity', '§7.3', 'Without rows of units, no quantity leaves nothing to tell', async (world) => {
  await unreadableWithout(world, await releasedOf(world, 3), 'snapshot', 'units', 'line-quantity');
});
claim('unit-status', '§3.5', 'The status of units is plain, or in an object, or both', async (world) => {
  const number = await shippedOf(world);
  const book = await bookOf(world, number);
  same('plain', await toldWithout(world, number, 'unit-status-in-object'), book);
  same('in an object', await toldWithout(world, number, 'plain-unit-status'), book);
});
claim('no-unit-status', '§3.5', 'Units without a status cannot be told', async (world) => {
  const without = ['plain-unit-status', 'unit-status-in-object'] as const;
  await unreadableWithout(world, await shippedOf(world), 'snapshot', ...without);
});
claim('cancelled-by-rung', '§3.2', 'An order whose highest rung is the cancelled one is cancelled', async (world) => {
  const number = await cancelledOf(world);
  const flags = ['order-cancelled', 'line-cancelled'] as const;
  same('plain', await toldWithout(world, number, ...flags, 'rungs-in-objects'), await bookOf(world, number));
  same('in objects', await toldWithout(world, number, ...flags, 'plain-rungs'), await bookOf(world, number));
});
claim('cancelled-by-flag', '§3.6', 'An order that says it is cancelled is so without any rung', async (world) => {
  const number = await cancelledOf(world);
  const told = await toldWithout(world, number, 'plain-rungs', 'rungs-in-objects', 'units');
  same('the order', [told.cancelled, told.lines.map((line) => line.cancelled)], [true, [true]]);
  same('the money', told.cancelledTotal, 2000);
});
claim('reason-by-history', '§3.6', 'Why units were cancelled is told by the history of their line', async (world) => {
  const number = await cancelledOf(world, [{ id: ONE, quantity: 1 }]);
  sameIn('the line', snapshotLine(await toldWithout(world, number, 'line-reason')), { reason: REASON });
});
claim('moment', '§7.3', 'Without a moment of its own, an order is as old as its submission', async (world) => {
  const { number } = await placedOf(world, 1);
  const submittedAt = '2026-04-05T06:07:08.900Z';
  const { delivery } = await world.retold(number, { without: ['moment'], submittedAt });
  same('the moment', world.ports().feed.snapshot(delivery, 0).at, submittedAt);
  const whole = await world.retold(number, { submittedAt });
  same('its own first', world.ports().feed.snapshot(whole.delivery, 0).at, (await bookOf(world, number)).at);
});
claim('no-moment', '§7.3', 'An order of no moment cannot be told', async (world) => {
  await unreadableWithout(world, (await placedOf(world, 1)).number, 'snapshot', 'moment');
});
claim('parcel-item', '§4.2', 'A parcel that leaves its items out holds those of its lines', async (world) => {
  const number = await shippedOf(world);
  same(
    'the parcels',
    (await toldWithout(world, number, 'parcel-item')).shipments,
    (await bookOf(world, number)).shipments,
  );
});
claim(
  'package',
  '§4.2',
  'A parcel without a package is known by its tracking number, with the same key',
  async (world) => {
    const number = await shippedOf(world);
    const [parcel] = (await bookOf(world, number)).shipments;
    same('the parcels', (await toldWithout(world, number, 'package')).shipments, [
      { ...parcel, packageId: parcelOf(number).tracking },
    ]);
  },
);
claim('currency', '§9', 'Amounts of no currency are not told, all else is', async (world) => {
  const { number } = await placed(world, richTerms(world.newNumber()));
  const { total, taxes, tenders, ...rest } = await toldWithout(world, number, 'currency');
  same('the money', [total, taxes, tenders], [undefined, undefined, undefined]);
  const { total: _, taxes: __, tenders: ___, currency, ...book } = await bookOf(world, number);
  same('the currency', currency, 'USD');
  same('all else', rest, book);
});
claim('payments', '§7.3', 'A template that leaves payments out says nothing of tenders', async (world) => {
  const { number } = await placed(world, richTerms(world.newNumber()));
  same('the tenders', (await toldWithout(world, number, 'payments')).tenders, undefined);
});
for (const [without, title] of [
  ['tender-amounts', 'Transactions tell what was authorized and captured without amounts of the tender'],
  ['processed-amount', 'A transaction that leaves out what was processed came to what was requested'],
  ['transaction-answer', 'A transaction that leaves its answer out went through'],
] as const)
  claim(`tender-without-${without}`, '§3.4', title, async (world) => {
    const { number } = await placed(world, richTerms(world.newNumber()));
    same('the tenders', (await toldWithout(world, number, without)).tenders, (await bookOf(world, number)).tenders);
  });
claim('no-transactions', '§3.4', 'Amounts of the tender tell what was done without transactions', async (world) => {
  const { number } = await placed(world, richTerms(world.newNumber()));
  const [tender] = (await toldWithout(world, number, 'transactions')).tenders ?? [];
  same('the tender', tender, { id: 'T1', authorized: 5751, captured: 751, refunded: 0 });
});
for (const [rung, stage] of Object.entries({
  '1000.100': 'open',
  '1600': 'back-ordered',
  '2000.000': 'allocated',
  '7500': 'delivered',
  '8500': 'returned',
  '9000': 'cancelled',
}))
  claim(`rung-${rung}`, '§3.2', `Units that some tenant has at ${rung} are ${stage}`, async (world) => {
    const { number } = await placedOf(world, 2);
    const { delivery } = await world.retold(number, { rung });
    same('the units', placesOf(world.ports().feed.snapshot(delivery, 0)), { [stage]: 2 });
  });
claim('unknown-rung', '§3.2', 'A status that is on no ladder is a permanent fault that names it', async (world) => {
  const { number } = await placedOf(world, 1);
  const { delivery } = await world.retold(number, { rung: '4242' });
  const fault = faultOf(() => world.ports().feed.snapshot(delivery, 0));
  holds('the fault is permanent', fault instanceof PermanentFault);
  holds('the fault names the status', fault instanceof PermanentFault && fault.message.includes('4242'));
});

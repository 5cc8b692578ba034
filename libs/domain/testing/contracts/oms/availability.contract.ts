import type { Availability, AvailabilityPublish } from '@tandem/domain';
import { claimsOf, holds, present, same, sameIn } from './claim.js';
import { faultFrom } from '../fault-scene.js';
import type { OmsWorld } from './oms-world.js';
import { asked, askedOne, newSku, publishes, stocked, told, toldOf } from './stock-scene.js';

/** Stock as it is asked for, and as it is published. */
const { claims, claim } = claimsOf('stock', 'inventory', 'stock');
export const availability = claims;

const FEED = ['messages', 'push-door', 'availability-feed'] as const;
const withoutTime = ({ at: _, ...told }: Availability) => told;

claim('network', '§6.2', 'The network has the sum of its locations', async (world) => {
  const item = await stocked(world, 43, 7);
  const { network: view } = world.views;
  same('the answer', withoutTime(await askedOne(world, view, item)), {
    sku: item,
    view,
    status: 'in-stock',
    quantity: 50,
  });
});
claim('location', '§6.2', 'Each location has its own', async (world) => {
  const item = await stocked(world, 43, 4);
  const { center, store } = world.locations;
  const view = world.views.location;
  const found = await asked(world, view, [item], [center, store]);
  const sorted = found.map(withoutTime).sort((left, right) => (right.quantity ?? 0) - (left.quantity ?? 0));
  same('the answers', sorted, [
    { sku: item, location: center, view, status: 'in-stock', quantity: 43 },
    { sku: item, location: store, view, status: 'limited', quantity: 4 },
  ]);
});
for (const [quantity, status] of [
  [6, 'in-stock'],
  [5, 'limited'],
  [1, 'limited'],
  [0, 'out-of-stock'],
] as const) {
  claim(`status-${quantity}`, '§6.1', `${quantity} where 5 is little are ${status}`, async (world) => {
    const item = await stocked(world, quantity);
    sameIn('the answer', await askedOne(world, world.views.network, item), { status, quantity });
  });
}
claim('ineligible', '§6.1', 'The network answers an item that it lacks as out of stock', async (world) => {
  const found = await askedOne(world, world.views.network, newSku(world));
  same('the answer', [found.status, found.quantity, found.location], ['out-of-stock', 0, undefined]);
});
claim('ineligible-there', '§10.21', 'A location does not answer an item that it lacks', async (world) => {
  const [known, unknown] = [await stocked(world, 8, 8), newSku(world)];
  const found = await asked(world, world.views.location, [known, unknown], [world.locations.store]);
  same(
    'the answers',
    found.map(({ sku, quantity }) => [sku, quantity]),
    [[known, 8]],
  );
});
claim('status-only', '§6.3', 'A view of statuses tells no quantity', async (world) => {
  const found = await askedOne(world, world.views.statusOnly, await stocked(world, 9));
  sameIn('the answer', found, { status: 'in-stock', quantity: null });
});
claim(
  'unlimited',
  '§6.1',
  'What never ends is without end',
  async (world) => {
    const found = await askedOne(world, world.views.network, world.unlimited);
    same('the answer', [found.status, found.quantity === Infinity], ['in-stock', true]);
  },
  'unlimited-stock',
);
claim('time', '§6.3', 'A later change is told with a later time', async (world) => {
  const item = await stocked(world, 9);
  const before = await askedOne(world, world.views.network, item);
  await world.eventually('the stock is told later', async () => {
    await world.warehouse.stock(item, world.locations.center, 3);
    const { at, quantity } = await askedOne(world, world.views.network, item);
    return at > before.at && quantity === 3 ? at : undefined;
  });
  holds('the time is in UTC', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(before.at));
});
claim('many', '§2.7', 'Sixty items are asked in two calls and all answered', async (world) => {
  const items = Array.from({ length: 60 }, () => newSku(world));
  const found = await asked(world, world.views.network, items);
  same('the items', found.map(({ sku }) => sku).sort(), [...items].sort());
  same('the calls', world.wire.calls('availability'), 2);
});
claim('unknown-view', '§6.2', 'A view that the OMS lacks is refused for good', async (world) => {
  const fault = await faultFrom(() => asked(world, 'No Such View', [newSku(world)]));
  same('the fault', fault.kind, 'permanent');
});
claim('outage', '§10.14', 'An outage of stock may pass', async (world) => {
  world.wire.misbehave('unavailable-html', 'availability');
  const fault = await faultFrom(() => asked(world, world.views.network, [newSku(world)]));
  sameIn('the fault', fault, { kind: 'transient', code: 'oms.unavailable' });
});
claim(
  'alert',
  '§6.3',
  'A new record is alerted with status and quantity',
  async (world) => {
    await world.messages.listen('push', { body: 'wrapped' });
    const item = await stocked(world, 12);
    const alerts = await alertsOf(world, item, world.views.network, 1);
    const message = present('the alert', alerts[0]);
    sameIn('the alert', message, { organization: world.site.oms.organization, kind: 'alert' });
    same('its records', message.records.map(withoutTime), [
      { sku: item, view: world.views.network, status: 'in-stock', quantity: 12 },
    ]);
  },
  ...FEED,
);
claim(
  'threshold',
  '§10.22',
  'Only a crossed threshold is alerted, absolute and later than the one before',
  async (world) => {
    await world.messages.listen('push', { body: 'bare' });
    const item = await stocked(world, 12);
    await world.warehouse.stock(item, world.locations.center, 8);
    await world.warehouse.stock(item, world.locations.center, 4);
    const [first, second] = (await alertsOf(world, item, world.views.network, 2)).flatMap(({ records }) => records);
    same('the quantities', [first?.quantity, second?.quantity], [12, 4]);
    same('the statuses', [first?.status, second?.status], ['in-stock', 'limited']);
  },
  ...FEED,
);
claim(
  'status-alert',
  '§10.23',
  'A view that publishes no quantity alerts the status alone',
  async (world) => {
    await world.messages.listen('push', { body: 'wrapped' });
    const item = await stocked(world, 12);
    const alerts = await alertsOf(world, item, world.views.statusOnly, 1);
    sameIn('the record', alerts[0]?.records[0], { status: 'in-stock', quantity: null });
  },
  ...FEED,
);
claim(
  'full-sync',
  '§6.3',
  'A full sync has a start, pages counted from zero, and an end, all of one run',
  async (world) => {
    await world.messages.listen('push', { body: 'wrapped' });
    const [one, two] = [await stocked(world, 21), await stocked(world, 22)];
    await world.syncStock({ view: world.views.network, kind: 'full', recordsInPage: 1 });
    const all = await syncOf(world);
    const runs = new Set(all.map(({ run }) => run));
    same('the runs', [runs.size, runs.has(undefined)], [1, false]);
    same('the ends', [all.filter(({ kind }) => kind === 'sync-start').length, all.at(-1)?.kind], [1, 'sync-end']);
    const pages = all.filter(({ kind }) => kind === 'sync-details');
    const of = pages[0]?.page?.of ?? 0;
    const numbers = pages.map(({ page }) => page?.number ?? -1).sort((left, right) => left - right);
    same('the last page', numbers.at(-1), of - 1);
    const records = pages.flatMap((page) => page.records);
    for (const [item, quantity] of [
      [one, 21],
      [two, 22],
    ] as const)
      sameIn(
        'the record',
        records.find(({ sku }) => sku === item),
        { quantity, status: 'in-stock' },
      );
  },
  ...FEED,
);
claim(
  'page-gap',
  '§6.3',
  'A full sync that lost a page is closed by its end all the same',
  async (world) => {
    await stocked(world, 31);
    await stocked(world, 32);
    await world.messages.listen('push', { body: 'wrapped' });
    await world.syncStock({ view: world.views.network, kind: 'full', recordsInPage: 1, lostPages: [0] });
    const all = await syncOf(world, 1);
    const pages = all.filter(({ kind }) => kind === 'sync-details');
    const numbers = pages.map(({ page }) => page?.number);
    same('what is lost', [numbers.includes(0), numbers.includes(1)], [false, true]);
    holds(
      'the count is as announced',
      pages.every(({ page }) => (page?.of ?? 0) > pages.length),
    );
  },
  ...FEED,
);
claim(
  'location-sync',
  '§6.3',
  'A full sync of locations names the location of each record',
  async (world) => {
    const item = await stocked(world, 41, 2);
    await world.messages.listen('push', { body: 'wrapped' });
    await world.syncStock({ view: world.views.location, kind: 'full' });
    await syncOf(world);
    const records = toldOf(world, item).flatMap((message) => message.records);
    const { center, store } = world.locations;
    same('the records', records.map(({ location, quantity }) => `${location} ${quantity}`).sort(), [
      `${center} 41`,
      `${store} 2`,
    ]);
  },
  ...FEED,
);
claim(
  'delta',
  '§6.3',
  'A delta has the latest of what changed at a location, without start and end',
  async (world) => {
    const { location: view } = world.views;
    await world.messages.listen('push', { body: 'wrapped' });
    const item = await stocked(world, 1, 3);
    await world.syncStock({ view, kind: 'delta' });
    const before = await atLocations(world, item, 2, '');
    const last =
      before
        .map(({ at }) => at)
        .sort()
        .at(-1) ?? '';
    await world.warehouse.stock(item, world.locations.store, 9);
    await world.warehouse.stock(item, world.locations.store, 8);
    await world.syncStock({ view, kind: 'delta' });
    const records = await atLocations(world, item, 1, last);
    same('the records', records.map(withoutTime), [
      { sku: item, location: world.locations.store, view, status: 'in-stock', quantity: 8 },
    ]);
    const ends = publishes(world).filter(({ kind }) => kind === 'sync-start' || kind === 'sync-end');
    same('starts and ends', ends.length, 0);
  },
  ...FEED,
);

/** Records of an item by location that are later than a moment, once there are so many. */
const atLocations = (world: OmsWorld, item: Availability['sku'], count: number, after: string) =>
  world.eventually(`${count} records of ${item} by location`, () => {
    const records = toldOf(world, item).flatMap((message) => message.records);
    const found = records.filter(({ location, at }) => location !== undefined && at > after);
    return Promise.resolve(found.length >= count ? found : undefined);
  });

async function alertsOf(world: OmsWorld, item: Availability['sku'], view: string, count: number) {
  const inView = (messages: readonly AvailabilityPublish[]) =>
    messages
      .filter(({ kind, records }) => kind === 'alert' && records.some((record) => record.view === view))
      .sort((left, right) => ((left.records[0]?.at ?? '') < (right.records[0]?.at ?? '') ? -1 : 1));
  await told(world, item, count);
  return world.eventually(`${count} alerts of ${view}`, () => {
    const found = inView(toldOf(world, item));
    return Promise.resolve(found.length >= count ? found : undefined);
  });
}

/** Messages of a full sync with so many pages lost, once all are there: start first, end last; a feed has no order (§7.1). */
const syncOf = (world: OmsWorld, lost = 0) =>
  world.eventually('the sync has ended', () => {
    const found = publishes(world).filter(({ kind }) => kind.startsWith('sync-'));
    const rank = ({ kind }: AvailabilityPublish) => ['sync-start', 'sync-details', 'sync-end'].indexOf(kind);
    const sorted = [...found].sort((left, right) => rank(left) - rank(right));
    const pages = found.filter(({ kind }) => kind === 'sync-details');
    const isThere = pages.length >= (pages[0]?.page?.of ?? Infinity) - lost;
    return Promise.resolve(isThere && sorted.at(-1)?.kind === 'sync-end' ? sorted : undefined);
  });

import type { Instant, OmsHolding, OrderNumber, OrderSnapshot } from '@tandem/domain';
import { claimsOf, holds, present, same } from './claim.js';
import { FOUND_ORDERS } from './found-scene.js';
import { allocatedOf, bookOf } from './life-scene.js';
import type { AdapterChoices, OmsWorld } from './oms-world.js';
import { placedOf } from './scene.js';

/** What the book finds of orders changed within a window. */
const { claims, claim } = claimsOf('search', 'manual-life');
export const searching = claims;

interface Window {
  readonly numbers: readonly OrderNumber[];
  readonly from: Instant;
  readonly to: Instant;
}

/** So many orders, and the window that they were changed in. */
async function windowOf(world: OmsWorld, count: number): Promise<Window> {
  const orders: OrderSnapshot[] = [];
  for (let left = count; left > 0; left -= 1) orders.push(await bookOf(world, (await placedOf(world, 1)).number));
  return {
    numbers: orders.map(({ orderNumber }) => orderNumber),
    from: present('first order', orders[0]).at,
    to: present('last order', orders.at(-1)).at,
  };
}

async function found(world: OmsWorld, { from, to, numbers }: Window, choices: AdapterChoices = {}) {
  const all: OrderSnapshot[] = [];
  for await (const holding of world.ports(choices).book.changedBetween(world.site, from, to)) {
    if (holding.kind === 'order') all.push(holding.order);
  }
  return all.filter(({ orderNumber }) => numbers.includes(orderNumber));
}

const numbersOf = (orders: readonly OrderSnapshot[]) => orders.map(({ orderNumber }) => orderNumber).sort();

for (const pageSize of [1, 2, 3, 5, 100])
  claim(`pages-of-${pageSize}`, '§2.2', `Five orders are found once each in pages of ${pageSize}`, async (world) => {
    const window = await windowOf(world, 5);
    const before = world.wire.calls('search');
    const orders = await found(world, window, { searchPageSize: pageSize });
    same('the orders', numbersOf(orders), [...window.numbers].sort());
    holds('as many pages as that takes', world.wire.calls('search') - before >= Math.ceil(5 / pageSize));
  });
claim('same-as-read', '§2.2', 'An order that is found is the order that is read', async (world) => {
  const number = await allocatedOf(world, 2, 1);
  const order = await bookOf(world, number);
  same('the order', await found(world, { numbers: [number], from: order.at, to: order.at }), [order]);
});
for (const { id, what, make, needs = [] } of FOUND_ORDERS)
  claim(
    `found-${id}`,
    '§2.2',
    `A search finds ${what} exactly as the read does`,
    async (world) => {
      const number = await make(world);
      const read = await bookOf(world, number);
      same('the order', await found(world, { numbers: [number], from: read.at, to: read.at }), [read]);
    },
    ...needs,
  );
claim('both-ends', '§2.2', 'Both ends of the window are in it, what lies outside is not', async (world) => {
  const { numbers, from, to } = await windowOf(world, 3);
  const shifted = (moment: Instant, by: number) => new Date(Date.parse(moment) + by).toISOString() as Instant;
  same('all', numbersOf(await found(world, { numbers, from, to })), [...numbers].sort());
  const inner = await found(world, { numbers, from: shifted(from, 1), to: shifted(to, -1) });
  same('the inner one', numbersOf(inner), numbers.slice(1, 2));
});
claim(
  'lag',
  '§2.2',
  'A search may lag behind, a read does not',
  async (world) => {
    await world.tenant({ searchLagMs: 60_000 });
    const window = await windowOf(world, 1);
    same('before', await found(world, window), []);
    await world.advanceClock(61_000);
    same('after', numbersOf(await found(world, window)), window.numbers);
  },
  'tenant-settings',
  'virtual-clock',
);
claim('nothing', '§2.2', 'A window in which nothing changed has no orders', async (world) => {
  const all: OmsHolding[] = [];
  const [from, to] = ['2001-01-01T00:00:00.000Z', '2001-01-02T00:00:00.000Z'] as [Instant, Instant];
  for await (const order of world.ports().book.changedBetween(world.site, from, to)) all.push(order);
  same('the orders', all, []);
});
claim(
  'small-pages',
  '§2.2',
  'A tenant that gives smaller pages than were asked for loses no order',
  async (world) => {
    await world.tenant({ largestSearchPage: 2 });
    const window = await windowOf(world, 5);
    same('the orders', numbersOf(await found(world, window)), [...window.numbers].sort());
  },
  'tenant-settings',
);

import { answered, claimsOf, holds, present, same, sameIn } from './claim.js';
import {
  announced,
  announcedOne,
  FIRST,
  heldUnits,
  oneBack,
  readBack,
  RETURNED_SKU,
  soldOrder,
  stagesOf,
} from './return-scene.js';
import { heldOf, lineOf, placedOf } from './scene.js';

/** Returns: orders of their own whose lines come back. */
const { claims, claim } = claimsOf('return', 'manual-life');
export const returning = claims;

claim('announce', '§5.1', 'An announced return waits for its goods, and says what it takes back', async (world) => {
  const { sold, request, snapshot } = await announcedOne(world);
  sameIn('the return', snapshot, { number: request.number, kind: 'refund', holds: [], refunded: false });
  same('its lines', snapshot.lines, [
    {
      id: FIRST,
      parent: sold.number,
      parentLine: FIRST,
      sku: RETURNED_SKU,
      units: [{ stage: 'pending-return', quantity: 1 }],
    },
  ]);
  same('its units', await heldUnits(world, request.number), [{ status: 11_000, quantity: 1 }]);
});
claim('line', '§5.1', 'A line that comes back names its parent, reason, condition and return centre', async (world) => {
  const { sold, request } = await announcedOne(world);
  sameIn('the line', lineOf(await heldOf(world, request.number), FIRST), {
    sku: RETURNED_SKU,
    quantity: 1,
    unitOfMeasure: world.site.oms.unitOfMeasure,
    isReturn: true,
    parentOrder: sold.number,
    parentLine: FIRST,
    returnReason: 'Damaged',
    condition: 'New',
    receiptExpected: true,
    delivery: 'return-by-parcel',
    shipToLocation: world.locations.center,
  });
});
claim('store', '§5.1', 'Goods that are handed in name the store', async (world) => {
  const { request } = await announcedOne(world, { by: 'store', to: world.locations.store });
  sameIn('the line', lineOf(await heldOf(world, request.number), FIRST), {
    delivery: 'return-to-store',
    shipToLocation: world.locations.store,
  });
});
claim('header', '§5.1', 'A return is a confirmed order of the site, in the currency of its parent', async (world) => {
  const { request } = await announcedOne(world);
  const { orderType, docType, organization, sellingChannel } = world.site.oms;
  sameIn('the return', await heldOf(world, request.number), {
    organization,
    orderType,
    documentType: docType,
    sellingChannel,
    currency: 'USD',
    confirmed: true,
    version: 1,
  });
});
claim('organization', '§9', 'The save of a return names the organization of its site', async (world) => {
  const { request } = await announcedOne(world);
  const save = world.wire.saves.find(({ number }) => number === request.number);
  same('the organization', save?.organization, world.site.oms.organization);
});
claim(
  'shipping-method',
  '§5.1',
  'Where the tenant has a method for parcels that come back, it is told',
  async (world) => {
    const sold = await soldOrder(world);
    const [parcel, handedIn] = [oneBack(world, sold.number), oneBack(world, sold.number, { by: 'store' })];
    const { returns } = world.ports({ returnShippingMethod: '2Day' });
    for (const request of [parcel, handedIn]) answered(await returns.announce(world.site, request), 'announced');
    const methods = [parcel, handedIn].map(
      async ({ number }) => lineOf(await heldOf(world, number), FIRST).shippingMethod,
    );
    same('the methods', await Promise.all(methods), ['2Day', undefined]);
  },
);
claim('tracking', '§5.1', 'The parcel that comes back is told with its carrier', async (world) => {
  const sold = await soldOrder(world);
  const tracking = { carrier: 'UPS', trackingNumber: 'BACK-1' };
  const request = { ...oneBack(world, sold.number), tracking };
  await announced(world, request);
  same('the parcel', (await heldOf(world, request.number)).returnTracking, [{ number: 'BACK-1', carrier: 'UPS' }]);
});
claim('amounts', '§5.1', 'What comes back is the negated share of what was paid', async (world) => {
  const { request } = await announcedOne(world);
  const held = await heldOf(world, request.number);
  const { unitPrice, charges, taxes, total } = lineOf(held, FIRST);
  const amounts = [unitPrice, charges.map(({ amount }) => amount), taxes.map(({ amount }) => amount), total];
  same('the amounts', [...amounts, held.totals.total], [-10, [0.5], [-0.57], -10.07, -10.07]);
});
claim(
  'credit-in-parts',
  '§5.1',
  'The credits of several returns are positive and add up to what was paid',
  async (world) => {
    const sold = await soldOrder(world);
    const requests = [oneBack(world, sold.number), oneBack(world, sold.number, { quantity: 2 })];
    for (const request of requests) await announced(world, request);
    const credits: (number | undefined)[] = [];
    for (const { number, lines } of requests) {
      await world.warehouse.verify(number, FIRST, lines[0]?.quantity ?? 0);
      credits.push((await readBack(world, number)).credit);
    }
    same('the credits', credits, [1007, 2014]);
  },
  'receipts',
);
claim('repeat', '§2.5', 'Announcing it twice leaves one return', async (world) => {
  const { sold, request, snapshot } = await announcedOne(world);
  const first = await heldOf(world, request.number);
  same('the answer', stagesOf(await announced(world, request)), stagesOf(snapshot));
  same('the return', await heldOf(world, request.number), first);
  same('the parent', await heldUnits(world, sold.number), [
    { status: 7000, quantity: 2 },
    { status: 8000, quantity: 1 },
  ]);
});
claim(
  'late-repeat',
  '§2.6',
  'A repeat after the goods came is answered as they stand and changes nothing',
  async (world) => {
    const { request } = await announcedOne(world);
    await world.warehouse.receive(request.number, FIRST, 1);
    same('the answer', stagesOf(await announced(world, request)), [{ stage: 'received', quantity: 1 }]);
    same('its units', await heldUnits(world, request.number), [{ status: 15_000, quantity: 1 }]);
  },
  'receipts',
);
claim('parent', '§5.1', 'The units of the parent leave the customer', async (world) => {
  const { sold } = await announcedOne(world);
  same('the units', await heldUnits(world, sold.number), [
    { status: 7000, quantity: 2 },
    { status: 8000, quantity: 1 },
  ]);
  const read = present('the parent', await world.ports().book.read(world.site, sold.number));
  const stages = read.lines[0]?.units.filter(({ quantity }) => quantity > 0);
  same('the parent as read', stages?.map(({ stage, quantity }) => `${stage} ${quantity}`).sort(), PARENT_OF_ONE);
});
const PARENT_OF_ONE = ['pending-return 1', 'shipped 2'];
claim(
  'parent-returned',
  '§13',
  'A tenant may call the units of the parent returned at once',
  async (world) => {
    await world.tenant({ parentOnReturn: 'returned' });
    const { sold, snapshot } = await announcedOne(world);
    same('the return', stagesOf(snapshot), [{ stage: 'pending-return', quantity: 1 }]);
    const read = present('the parent', await world.ports().book.read(world.site, sold.number));
    const stages = read.lines[0]?.units.filter(({ quantity }) => quantity > 0);
    same('the parent as read', stages?.map(({ stage, quantity }) => `${stage} ${quantity}`).sort(), [
      'returned 1',
      'shipped 2',
    ]);
  },
  'tenant-settings',
);
claim('cancel', '§5.1', 'A return that is called off gives its units back to the customer', async (world) => {
  const { sold, request } = await announcedOne(world);
  const answer = await world.ports().returns.cancel(world.site, request.number, 'Customer Request');
  const { lines } = answered(answer, 'announced').return;
  holds(
    'all units are cancelled',
    lines.every(({ units }) => units.every(({ stage }) => stage === 'cancelled')),
  );
  const held = await heldOf(world, request.number);
  same('the return', [held.cancelled, held.cancelReason], [true, 'Customer Request']);
  same('the parent', await heldUnits(world, sold.number), [{ status: 7000, quantity: 3 }]);
});
claim(
  'cancel-late',
  '§5.1',
  'A return whose goods came cannot be called off',
  async (world) => {
    const { request } = await announcedOne(world);
    await world.warehouse.verify(request.number, FIRST, 1);
    answered(await world.ports().returns.cancel(world.site, request.number, 'Customer Request'), 'refused');
    same('its units', await heldUnits(world, request.number), [{ status: 18_000, quantity: 1 }]);
  },
  'receipts',
);
claim('unknown', '§2.1', 'A return that the OMS has not is nothing', async (world) => {
  same('the return', await world.ports().returns.read(world.site, world.newNumber()), undefined);
});
claim('no-return', '§5.1', 'An order of which nothing comes back is no return', async (world) => {
  const { number } = await placedOf(world, 1);
  same('the return', await world.ports().returns.read(world.site, number), undefined);
});
claim('too-many', '§5.1', 'More than was sold is refused, and the parent stays as it was', async (world) => {
  const sold = await soldOrder(world);
  const request = oneBack(world, sold.number, { quantity: 4 });
  const answer = await world.ports().returns.announce(world.site, request);
  const { violations } = answered(answer, 'refused');
  holds(
    'the OMS says why',
    violations.some(({ sentence }) => sentence !== ''),
  );
  same('the return', await world.held(request.number), undefined);
  same('the parent', await heldUnits(world, sold.number), [{ status: 7000, quantity: 3 }]);
});
claim('stranger', '§5.1', 'A return of an order that the OMS lacks is refused', async (world) => {
  const request = oneBack(world, world.newNumber());
  answered(await world.ports().returns.announce(world.site, request), 'refused');
  same('the return', await world.held(request.number), undefined);
});
claim(
  'spellings',
  '§13',
  'A return reads the same with conditions as text and statuses with decimals',
  async (world) => {
    const { request, snapshot } = await announcedOne(world);
    await world.tenant({ conditionShape: 'string', statusSpelling: 'decimals' });
    same('the lines', (await readBack(world, request.number)).lines, snapshot.lines);
  },
  'tenant-settings',
);

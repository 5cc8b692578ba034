import { lineId, sku } from '@tandem/domain';
import { aCapturedLine } from '../../builders/captured-order.js';
import { claimsOf, holds, same } from './claim.js';
import { bookOf, parcelOf, placesOf, releasedOf } from './life-scene.js';
import { heldOf, placed, termsOf } from './scene.js';

/** What the order book says of what left the warehouse. */
const { claims, claim } = claimsOf('parcels', 'manual-life');
export const parcels = claims;

const ONE = lineId('1');
const TWO = lineId('2');

claim('shipped', '§4.3', 'Shipped units are told with the rest where it was', async (world) => {
  const number = await releasedOf(world, 3);
  await world.warehouse.move(number, 'packed');
  await world.warehouse.ship(number, ONE, 2, parcelOf(number));
  same('the units', placesOf(await bookOf(world, number)), { packed: 1, shipped: 2 });
});
claim('delivered', '§4.6', 'A parcel that arrived has its units delivered, and no others', async (world) => {
  const number = await releasedOf(world, 3);
  await world.warehouse.ship(number, ONE, 2, parcelOf(number, 1));
  await world.warehouse.ship(number, ONE, 1, parcelOf(number, 2));
  await world.warehouse.deliver(parcelOf(number, 1).tracking);
  const order = await bookOf(world, number);
  same('the units', placesOf(order), { shipped: 1, delivered: 2 });
  same('the parcels', order.shipments.map(({ packageId }) => packageId).sort(), [
    parcelOf(number, 1).package,
    parcelOf(number, 2).package,
  ]);
});
claim('parcel', '§4.2', 'A parcel has package, carrier, tracking number, place and moment', async (world) => {
  const number = await releasedOf(world, 2);
  const parcel = { ...parcelOf(number), leftAt: '2026-03-02T08:30:15.250Z' };
  await world.warehouse.ship(number, ONE, 2, parcel);
  const [shipment, ...more] = (await bookOf(world, number)).shipments;
  same('further parcels', more, []);
  const [release] = (await heldOf(world, number)).releases;
  const { key, ...told } = shipment ?? { key: '' };
  holds('the parcel has a key', key !== '');
  same('the parcel', told, {
    packageId: parcel.package,
    carrier: parcel.carrier,
    trackingNumber: parcel.tracking,
    shippedAt: parcel.leftAt,
    shipFrom: release?.from,
    lines: [{ line: ONE, sku: sku('SKU-1'), quantity: 2 }],
  });
});
claim('parcel-of-lines', '§4.2', 'Units of several lines in one package are one parcel', async (world) => {
  const number = await releasedOf(world, 2, 3);
  await world.warehouse.ship(number, ONE, 2, parcelOf(number));
  await world.warehouse.ship(number, TWO, 1, parcelOf(number));
  const seen = (await bookOf(world, number)).shipments.map(({ packageId, lines }) => ({ packageId, lines }));
  const lines = [
    { line: ONE, sku: sku('SKU-1'), quantity: 2 },
    { line: TWO, sku: sku('SKU-2'), quantity: 1 },
  ];
  same('the parcels', seen, [{ packageId: parcelOf(number).package, lines }]);
});
claim('split', '§4.2', 'A line in two packages is in two parcels, each with its part and label', async (world) => {
  const number = await releasedOf(world, 3);
  for (const [index, quantity] of [2, 1].entries())
    await world.warehouse.ship(number, ONE, quantity, parcelOf(number, index + 1));
  const { shipments } = await bookOf(world, number);
  const seen = shipments.map(({ carrier, trackingNumber, lines }) => [carrier, trackingNumber, lines[0]?.quantity]);
  const label = (index: number) => [parcelOf(number, index).carrier, parcelOf(number, index).tracking];
  same('the parcels', seen, [
    [...label(1), 2],
    [...label(2), 1],
  ]);
  same('different keys', new Set(shipments.map(({ key }) => key)).size, 2);
});
claim('parcel-key', '§4.2', 'A parcel keeps its key when more goes into it and when it arrives', async (world) => {
  const number = await releasedOf(world, 2);
  const keys = async () => (await bookOf(world, number)).shipments.map(({ key }) => key);
  await world.warehouse.ship(number, ONE, 1, parcelOf(number));
  const first = await keys();
  await world.warehouse.ship(number, ONE, 1, parcelOf(number));
  const second = await keys();
  await world.warehouse.deliver(parcelOf(number).tracking);
  same('the keys', [first.length, second, await keys()], [1, first, first]);
});
claim(
  'pick-up',
  '§4.3',
  'What was handed over at the counter is shipped, without carrier and tracking number',
  async (world) => {
    const delivery = { method: 'Store Pickup', store: 'STORE-7', address: undefined };
    const { number } = await placed(world, termsOf(world.newNumber(), { lines: [aCapturedLine({ delivery })] }));
    await world.warehouse.allocate(number);
    await world.warehouse.release(number);
    await world.warehouse.pickUp(number, ONE, 1);
    const order = await bookOf(world, number);
    same('the units', placesOf(order), { shipped: 1 });
    const labels = order.shipments.map(({ carrier, trackingNumber }) => [carrier, trackingNumber]);
    same('the label', labels, [[undefined, undefined]]);
  },
);

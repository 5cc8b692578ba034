import { sku, type Availability, type AvailabilityPublish, type LocationId, type Sku } from '@tandem/domain';
import { present } from './claim.js';
import type { OmsWorld } from './oms-world.js';

/** Known to no OMS before. */
export const newSku = (world: OmsWorld): Sku => sku(`S-${world.newNumber()}`);

export async function stocked(world: OmsWorld, center: number, store?: number): Promise<Sku> {
  const item = newSku(world);
  await world.warehouse.stock(item, world.locations.center, center);
  if (store !== undefined) await world.warehouse.stock(item, world.locations.store, store);
  return item;
}

export const asked = (
  world: OmsWorld,
  view: string,
  skus: readonly Sku[],
  locations?: readonly LocationId[],
): Promise<readonly Availability[]> =>
  world.ports().inventory.availability(world.site, { view, skus, ...(locations && { locations }) });

export async function askedOne(world: OmsWorld, view: string, item: Sku): Promise<Availability> {
  const [found, ...more] = await asked(world, view, [item]);
  if (more.length > 0) throw new Error(`${more.length} answers too many`);
  return present(`answer about ${item}`, found);
}

/** All that was published since `listen`, read. */
export const publishes = (world: OmsWorld): readonly AvailabilityPublish[] =>
  world.messages.received().map((delivery) => world.ports().availabilityFeed.read(delivery));

/** The messages that speak of an item, each with its records of it alone. */
export const toldOf = (world: OmsWorld, item: Sku): readonly AvailabilityPublish[] =>
  publishes(world)
    .map((message) => ({ ...message, records: message.records.filter((record) => record.sku === item) }))
    .filter(({ records }) => records.length > 0);

/** So many messages about an item, once they are there. */
export const told = (world: OmsWorld, item: Sku, count: number): Promise<readonly AvailabilityPublish[]> =>
  world.eventually(`${count} messages about ${item}`, () => {
    const found = toldOf(world, item);
    return Promise.resolve(found.length >= count ? found : undefined);
  });

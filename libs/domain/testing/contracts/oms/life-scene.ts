import type { OrderNumber, OrderSnapshot, Stage } from '@tandem/domain';
import { present } from './claim.js';
import type { OmsWorld, Parcel } from './oms-world.js';
import { placedOf } from './scene.js';

export type Places = Partial<Record<Stage, number>>;

export const bookOf = async (world: OmsWorld, number: OrderNumber): Promise<OrderSnapshot> =>
  present(`order ${number} in the book`, await world.ports().book.read(world.site, number));

/** Where the units of a line are, those of none left out. */
export function placesOf(order: OrderSnapshot, id = '1'): Places {
  const places: Places = {};
  for (const { stage, quantity } of snapshotLine(order, id).units)
    if (quantity !== 0) places[stage] = (places[stage] ?? 0) + quantity;
  return places;
}

export const snapshotLine = (order: OrderSnapshot, id = '1') =>
  present(
    `line ${id}`,
    order.lines.find((line) => line.id === id),
  );

export async function allocatedOf(world: OmsWorld, ...quantities: readonly number[]): Promise<OrderNumber> {
  const { number } = await placedOf(world, ...quantities);
  await world.warehouse.allocate(number);
  return number;
}

export async function releasedOf(world: OmsWorld, ...quantities: readonly number[]): Promise<OrderNumber> {
  const number = await allocatedOf(world, ...quantities);
  await world.warehouse.release(number);
  return number;
}

/** Named after its order, so that runs do not meet. */
export const parcelOf = (number: OrderNumber, index = 1): Parcel => ({
  package: `P${index}-${number}`,
  tracking: `T${index}-${number}`,
  carrier: `CARRIER-${index + 1}`,
});

import type { HeldOrder } from './held-order.js';
import type { OmsWorld } from './oms-world.js';
import { heldOf, placed, richTerms } from './scene.js';

const kept = new WeakMap<OmsWorld, Promise<HeldOrder>>();
/** One order with everything, placed once for all that is read of it. */
export const rich = (world: OmsWorld): Promise<HeldOrder> => {
  const known =
    kept.get(world) ?? placed(world, richTerms(world.newNumber())).then(({ number }) => heldOf(world, number));
  kept.set(world, known);
  return known;
};

export const HOME = {
  firstName: 'Mira',
  lastName: 'Oakfield',
  lines: ['12 Larch Lane'],
  city: 'Fernhill',
  state: 'GA',
  postalCode: '30301',
  country: 'US',
};

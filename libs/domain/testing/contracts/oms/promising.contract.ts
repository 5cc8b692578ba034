import type { PromisedOption, PromiseQuestion } from '@tandem/domain';
import { claimsOf, holds, present, same, sameIn } from './claim.js';
import { faultFrom } from '../fault-scene.js';
import type { OmsWorld } from './oms-world.js';
import { newSku, stocked } from './stock-scene.js';

/** What can be promised, and by when; the answers come without an envelope. */
const { claims, claim } = claimsOf('promise', 'inventory', 'stock', 'promises');
export const promising = claims;

const promised = (world: OmsWorld, question: Partial<PromiseQuestion>): Promise<readonly PromisedOption[]> =>
  world.ports().inventory.promise(world.site, {
    cart: `CART-${world.newNumber()}`,
    lines: [],
    shippingMethods: [],
    destination: { postalCode: '30339', country: 'US' },
    ...question,
  });
const named = ({ line, by, name, quantity }: PromisedOption) => `${line} ${by} ${name} ${quantity}`;

for (const about of ['cart', 'product'] as const) {
  claim(`${about}-shipping`, '§6.5', `A ${about} is told what can be sent, and that it leaves first`, async (world) => {
    const lines = [{ id: 'L1', sku: await stocked(world, 15, 5), quantity: 2 }];
    const found = await promised(world, { about, lines, shippingMethods: ['STD_GROUND'] });
    same('the options', found.map(named), ['L1 shipping STD_GROUND 20']);
    const [option] = found;
    const leaves = present('the day it leaves', option?.earliestShip);
    holds('it leaves before it arrives', leaves < present('the day it arrives', option?.earliestDelivery));
    holds('the day is in UTC', leaves.endsWith('.000Z'));
  });
}
claim('pick-up', '§6.5', 'A store is told with what it has, and when that can be fetched', async (world) => {
  const lines = [{ id: 'L1', sku: await stocked(world, 15, 5), quantity: 2 }];
  const found = await promised(world, { lines, pickUpAt: world.locations.store });
  same('the options', found.map(named), [`L1 pick-up ${world.locations.store} 5`]);
  present('the moment', found[0]?.earliestDelivery);
});
claim('question', '§6.5', 'A promise is asked for a cart and a destination, as the tenant promises', async (world) => {
  const lines = [{ id: 'L1', sku: newSku(world), quantity: 2 }];
  await promised(world, { cart: 'CART-7', lines, shippingMethods: ['STD_GROUND'] });
  const { configName: configuration, demandType: demand } = world.promising;
  const line = { ...present('line', lines[0]), bySending: true, byPickUp: false };
  const where = { postalCode: '30339', country: 'US' };
  same('the question', world.wire.promises, [{ cart: 'CART-7', configuration, demand, ...where, lines: [line] }]);
});
claim('both', '§6.5', 'Each way that was asked for is told of each line', async (world) => {
  const lines = [
    { id: 'L1', sku: await stocked(world, 15, 5), quantity: 2 },
    { id: 'L2', sku: await stocked(world, 3), quantity: 1 },
  ];
  const { store } = world.locations;
  const found = await promised(world, { lines, shippingMethods: ['STD_GROUND', 'EXPRESS'], pickUpAt: store });
  same('the options', found.map(named).sort(), [
    `L1 pick-up ${store} 5`,
    'L1 shipping EXPRESS 20',
    'L1 shipping STD_GROUND 20',
    `L2 pick-up ${store} 0`,
    'L2 shipping EXPRESS 3',
    'L2 shipping STD_GROUND 3',
  ]);
});
claim('nothing', '§6.5', 'Where nothing can be had, nothing is promised for no day', async (world) => {
  const lines = [{ id: 'L1', sku: newSku(world), quantity: 1 }];
  const found = await promised(world, { lines, shippingMethods: ['STD_GROUND'] });
  same('the options', found.map(named), ['L1 shipping STD_GROUND 0']);
  same('the days', [found[0]?.earliestShip, found[0]?.earliestDelivery], [undefined, undefined]);
});
claim('outage', '§2.3', 'An outage of promises may pass', async (world) => {
  world.wire.misbehave('server-error', 'promise');
  const lines = [{ id: 'L1', sku: newSku(world), quantity: 1 }];
  const fault = await faultFrom(() => promised(world, { lines, shippingMethods: ['STD_GROUND'] }));
  sameIn('the fault', fault, { kind: 'transient', code: 'oms.unavailable' });
});

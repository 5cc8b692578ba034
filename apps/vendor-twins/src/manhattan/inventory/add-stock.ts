import type { FastifyInstance } from 'fastify';
import type { OrderLedger } from '../orders/order-ledger.js';
import type { Publisher } from '../publishing/publisher.js';
import { addPromisingRoutes } from '../promising/promising-routes.js';
import { Reservations } from '../promising/reservations.js';
import { followOrder } from '../supply/order-reservations.js';
import { addSupplyControl, addSupplyRoutes } from '../supply/supply-routes.js';
import { SupplyStore } from '../supply/supply-store.js';
import { twinItself } from '../wire/caller.js';
import type { SeededRandom } from '../wire/seeded-random.js';
import type { VendorRoutes } from '../wire/vendor-routes.js';
import type { VirtualClock } from '../wire/virtual-clock.js';
import { watchStock, type Announce } from './alerts.js';
import { addAvailabilityRoutes } from './availability-routes.js';
import { addInventoryControl } from './inventory-control.js';
import { Inventory } from './inventory.js';

interface StockSurroundings {
  ledger: OrderLedger;
  publisher: Publisher;
  clock: VirtualClock;
  random: SeededRandom;
}

/** Supply, availability, promises and their messages (§6); stock follows the orders. */
export function addStock(
  app: FastifyInstance,
  routes: VendorRoutes,
  { ledger, publisher, clock, random }: StockSurroundings,
): { inventory: Inventory; clear: () => void } {
  const store = new SupplyStore(clock);
  const inventory = new Inventory(store, clock, random);
  const announce: Announce = (organization, messageType, payload) => {
    const queueName = `queue.${messageType.charAt(0).toLowerCase()}${messageType.slice(1).replace(/MSGType$/, '')}`;
    publisher.announce(twinItself(organization), { messageType, queueName, component: 'inventory' }, payload);
  };
  ledger.onCommit(({ before, after }) => followOrder(store, before, after));
  watchStock(inventory, announce);
  addSupplyRoutes(routes, {
    store,
    mayReplace: (locationId) => ['*', locationId].some((id) => inventory.config.now.replaceAt.split(',').includes(id)),
  });
  addAvailabilityRoutes(routes, inventory);
  addSupplyControl(app, store);
  addInventoryControl(app, inventory, announce);
  const promising = addPromisingRoutes(app, routes, inventory, new Reservations(inventory));
  const clear = () => {
    promising.reset();
    store.clear();
    inventory.clear();
  };
  return { inventory, clear };
}

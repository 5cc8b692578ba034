import type { FastifyInstance } from 'fastify';
import { networkAvailability } from '../inventory/availability.js';
import { statusText } from '../inventory/availability-rows.js';
import type { Inventory } from '../inventory/inventory.js';
import type { AvailabilityView } from '../inventory/view.js';
import { fromUnits } from '../wire/decimals.js';
import { success } from '../wire/envelope.js';
import { parsedObject, rows, text, type JsonObject } from '../wire/json.js';
import { invalid } from '../wire/refusal.js';
import type { VendorCall, VendorRoutes } from '../wire/vendor-routes.js';
import { deliveryDates, type LeadTimes } from './delivery-dates.js';
import type { Reservations } from './reservations.js';
import { sourcesOf } from './sources.js';

const DEFAULT_LEAD: LeadTimes = { shipHours: 24, pickupHours: 2, transitDays: 5 };

/** The promising component (§6.5); delivery dates come bare, without the envelope. */
export function addPromisingRoutes(
  app: FastifyInstance,
  routes: VendorRoutes,
  inventory: Inventory,
  reservations: Reservations,
): { reset: () => void } {
  let lead = DEFAULT_LEAD;
  for (const subject of ['product', 'cart'])
    routes.add('POST', `/promising/api/promising/${subject}/atp`, ({ caller, body }) => {
      const view = viewFor(inventory, caller.organization, body);
      const sources = (itemId: string, locationId?: string) =>
        sourcesOf(view, itemId, inventory.store.of(caller.organization, itemId), locationId);
      return deliveryDates(body, { lead, now: inventory.clock.now(), sources });
    });
  routes.add('POST', '/promising/api/promising/promise', ({ caller, body }) => {
    const view = viewFor(inventory, caller.organization, body);
    return success('promising', reservations.promise(caller.organization, view, body));
  });
  routes.add('POST', '/promising/api/promising/getInventoryStatus', (call) => inventoryStatus(inventory, call));
  app.put('/control/promising', ({ body }) => {
    lead = { ...lead, ...numbersIn(parsedObject(body) ?? {}) };
    return lead;
  });
  return {
    reset: () => {
      lead = DEFAULT_LEAD;
      reservations.clear();
    },
  };
}

/** Here a promising configuration is the network view of that name; without a name the first one. @throws Refusal */
function viewFor(inventory: Inventory, organization: string, body: JsonObject): AvailabilityView {
  const name = text(body, 'PromisingConfigName');
  const views = inventory.viewsOf(organization).filter(({ type, active }) => type === 'network' && active);
  const view = name === undefined ? views[0] : views.find((known) => known.name === name);
  if (!view) throw invalid('PromisingConfigName', `Promising configuration ${name ?? '(default)'} is not known`);
  return view;
}

/** The status alone of the items asked for; the exact answer is not published (§6.5, §12). */
function inventoryStatus(inventory: Inventory, { caller, body }: VendorCall): JsonObject {
  const view = viewFor(inventory, caller.organization, body);
  const items = rows(body, 'RequestDetails').flatMap((row) => text(row, 'ItemId') ?? []);
  if (items.length === 0) throw invalid('RequestDetails', 'RequestDetails is required');
  const found = items.map((itemId) => {
    const { status, quantity } = networkAvailability(view, itemId, inventory.store.of(caller.organization, itemId));
    const Status = statusText(status, inventory.config.now);
    return { ItemId: itemId, Status, StatusCode: status, TotalQuantity: fromUnits(quantity) };
  });
  return success('promising', found);
}

function numbersIn(wanted: JsonObject): Partial<LeadTimes> {
  const found: Partial<LeadTimes> = {};
  for (const name of ['shipHours', 'pickupHours', 'transitDays'] as const) {
    const value = wanted[name];
    if (typeof value === 'number') found[name] = value;
  }
  return found;
}

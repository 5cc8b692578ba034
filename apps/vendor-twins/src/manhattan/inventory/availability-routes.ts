import { success } from '../wire/envelope.js';
import { objectIn, rows, text, type Json, type JsonObject } from '../wire/json.js';
import { invalid, Refusal } from '../wire/refusal.js';
import type { VendorCall, VendorRoutes } from '../wire/vendor-routes.js';
import type { Availability } from './availability.js';
import { availabilityRow, statusRow, type RowSurroundings } from './availability-rows.js';
import type { Inventory } from './inventory.js';
import type { AvailabilityView } from './view.js';

type Row = (found: Availability, around: RowSurroundings) => JsonObject;

/** The availability services, a part of the inventory component (§6.2). */
export function addAvailabilityRoutes(routes: VendorRoutes, inventory: Inventory): void {
  const path = '/inventory/api/availability';
  const flavours: [string, Row][] = [
    ['availabilitydetail', availabilityRow],
    ['availabilitystatus', statusRow],
  ];
  for (const [name, row] of flavours) {
    routes.add('POST', `${path}/${name}`, (call) => {
      const view = viewOf(inventory, call, 'network');
      return answer(inventory, view, row, inventory.network(call.caller.organization, view, listed(call, 'Items')));
    });
    routes.add('POST', `${path}/location/${name}`, (call) => {
      const view = viewOf(inventory, call, 'location');
      return answer(inventory, view, row, atLocations(inventory, call, view, listed(call, 'Items')));
    });
  }
  for (const name of ['product', 'productList'])
    routes.add('POST', `${path}/${name}/availability`, (call) => {
      const view = viewOf(inventory, call, 'network');
      const found = inventory.network(call.caller.organization, view, itemsOfStyles(inventory, call));
      return answer(inventory, view, availabilityRow, found);
    });
  routes.add('POST', `${path}/location/product/availability`, (call) => {
    const view = viewOf(inventory, call, 'location');
    return answer(inventory, view, availabilityRow, atLocations(inventory, call, view, itemsOfStyles(inventory, call)));
  });
}

function answer(inventory: Inventory, view: AvailabilityView, row: Row, found: Availability[]): JsonObject {
  const around = { view, settings: inventory.config.now, now: inventory.clock.now() };
  return success(
    'inventory',
    found.map((availability) => row(availability, around)),
  );
}

function atLocations(inventory: Inventory, call: VendorCall, view: AvailabilityView, items: string[]): Availability[] {
  const places = listed(call, 'Locations');
  const most = inventory.config.now.locationsPerCall;
  if (places.length > most) throw invalid('Locations', `At most ${most} locations are allowed`);
  return inventory.locations(call.caller.organization, view, items, places);
}

/** The active view that the call names by name or id. @throws Refusal */
function viewOf(inventory: Inventory, { caller, body }: VendorCall, type: AvailabilityView['type']): AvailabilityView {
  const [name, id] = [text(body, 'ViewName'), text(body, 'ViewDefinitionId')];
  if (name === undefined && id === undefined) throw invalid('ViewName', 'ViewName or ViewDefinitionId is required');
  const view = inventory
    .viewsOf(caller.organization)
    .find((known) => (name === undefined || known.name === name) && (id === undefined || known.id === id));
  if (!view?.active) throw new Refusal(400, 'ViewName', `View ${name ?? id ?? ''} is not known or not active`);
  if (view.type !== type) throw invalid('ViewName', `View ${view.name} is no ${type} view`);
  return view;
}

function listed({ body }: Pick<VendorCall, 'body'>, name: string): string[] {
  const value: Json | undefined = body[name];
  if (!Array.isArray(value) || value.length === 0) throw invalid(name, `${name} is required`);
  return [...new Set(value.map(String))];
}

/** The items of the styles asked for; colours and sizes narrow where they are named. @throws Refusal over the bound of §2.7 */
function itemsOfStyles(inventory: Inventory, { caller, body }: VendorCall): string[] {
  const single = objectIn(body, 'StyleDetail');
  const styles = single ? [single] : rows(body, 'StyleDetail');
  if (styles.length === 0) throw invalid('StyleDetail', 'StyleDetail is required');
  const most = inventory.config.now.itemsPerStyle;
  return styles.flatMap((wanted) => {
    const fits = (name: string, value: string) => {
      const choice = wanted[name];
      return !Array.isArray(choice) || choice.length === 0 || choice.includes(value);
    };
    const items = inventory
      .productsOf(caller.organization)
      .filter(({ style, color, size }) => style === wanted.Style && fits('Color', color) && fits('Size', size))
      .map(({ itemId }) => itemId);
    if (items.length > most) throw invalid('StyleDetail', `Style ${String(wanted.Style)} has more than ${most} items`);
    return items;
  });
}

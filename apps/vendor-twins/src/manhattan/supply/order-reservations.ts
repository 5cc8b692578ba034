import { units, type Units } from '../wire/decimals.js';
import { rows, text, type JsonObject } from '../wire/json.js';
import { ON_HAND, type SupplyStore } from './supply-store.js';

/** What an order holds of one item at one place. */
interface Hold {
  itemId: string;
  locationId: string;
  reserved: Units;
  shipped: Units;
}

/**
 * Lets stock follow an order: its allocations reserve, its shipments leave (§6.1). Stock that nobody told of is not kept,
 * since a life allocates whatever there is.
 */
export function followOrder(store: SupplyStore, before: JsonObject | undefined, after: JsonObject): void {
  const organization = text(after, 'OrgId') ?? '';
  const earlier = before ? holdsOf(before) : new Map<string, Hold>();
  const now = holdsOf(after);
  for (const key of new Set([...earlier.keys(), ...now.keys()])) {
    const [was, is] = [earlier.get(key), now.get(key)];
    const place = is ?? was;
    if (!place) continue;
    const reserved = (is?.reserved ?? 0) - (was?.reserved ?? 0);
    const shipped = (is?.shipped ?? 0) - (was?.shipped ?? 0);
    const supply = { organization, itemId: place.itemId, locationId: place.locationId, supplyType: ON_HAND };
    if ((reserved === 0 && shipped === 0) || !store.find(supply)) continue;
    store.change(supply, (stock) => {
      stock.allocated += reserved;
      stock.quantity -= shipped;
    });
  }
}

function holdsOf(order: JsonObject): Map<string, Hold> {
  const holds = new Map<string, Hold>();
  const holdOf = (itemId: string | undefined, locationId: string | undefined): Hold => {
    const key = JSON.stringify([itemId, locationId]);
    const hold = holds.get(key) ?? { itemId: itemId ?? '', locationId: locationId ?? '', reserved: 0, shipped: 0 };
    holds.set(key, hold);
    return hold;
  };
  for (const row of rows(order, 'OrderLine').flatMap((line) => rows(line, 'Allocation')))
    holdOf(text(row, 'ItemId'), text(row, 'ShipFromLocationId')).reserved += units(row, 'Quantity');
  const places = new Map(rows(order, 'Release').map((row) => [row.ReleaseId, text(row, 'ShipFromLocationId')]));
  for (const row of rows(order, 'OrderLine').flatMap((line) => rows(line, 'FulfillmentDetail')))
    holdOf(text(row, 'ItemId'), places.get(row.ReleaseId ?? '')).shipped += units(row, 'Quantity');
  return holds;
}

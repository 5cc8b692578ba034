import { toUnits, type Units } from '../wire/decimals.js';
import { isObject, text, type Json, type JsonObject } from '../wire/json.js';
import { invalid } from '../wire/refusal.js';
import { ON_HAND } from '../supply/supply-store.js';

/** A named calculation of what is available (§6.1). */
export interface AvailabilityView {
  name: string;
  id: string;
  type: 'network' | 'location';
  active: boolean;
  locations: ViewLocation[];
  /** Eligible items; all that have stock when absent. */
  items: string[] | null;
  infiniteItems: string[];
  supplyTypes: string[];
  /** Supply that counts once it is there: it dates the next availability. */
  futureSupplyTypes: string[];
  /** At or below: out of stock (0), limited (1). */
  outThreshold: Units;
  limitedThreshold: Units;
  /** Kept back per location record, as a store's safety stock. */
  protection: Units;
  /** Kept back from the whole; of network views only. */
  networkProtection: Units;
  /** Off, and messages carry a quantity of 0 whatever the status (§6.3). */
  publishesQuantity: boolean;
}

export interface ViewLocation {
  id: string;
  /** Under which name its quantity is added up in network answers (§6.2). */
  kind: 'DistributionCenters' | 'Stores';
}

/** Reads one row of `PUT /control/inventory/views`. @throws Refusal naming what is missing */
export function readView(row: JsonObject): AvailabilityView {
  const [name, id] = [text(row, 'name'), text(row, 'id')];
  if (name === undefined || id === undefined) throw invalid('views', 'a view needs a name and an id');
  const type = (['network', 'location'] as const).find((known) => known === row.type);
  if (!type) throw invalid('views', `view ${name}: type must be network or location`);
  if (!Array.isArray(row.locations)) throw invalid('views', `view ${name}: locations must be a list`);
  return {
    name,
    id,
    type,
    active: row.active !== false,
    locations: row.locations.map(readLocation),
    items: Array.isArray(row.items) ? strings(row.items) : null,
    infiniteItems: strings(row.infiniteItems),
    supplyTypes: Array.isArray(row.supplyTypes) ? strings(row.supplyTypes) : [ON_HAND],
    futureSupplyTypes: Array.isArray(row.futureSupplyTypes) ? strings(row.futureSupplyTypes) : [],
    outThreshold: toUnits(Number(row.outThreshold ?? 0)),
    limitedThreshold: toUnits(Number(row.limitedThreshold ?? row.outThreshold ?? 0)),
    protection: toUnits(Number(row.protection ?? 0)),
    networkProtection: type === 'network' ? toUnits(Number(row.networkProtection ?? 0)) : 0,
    publishesQuantity: row.publishesQuantity !== false,
  };
}

/** `"1001"` is a distribution centre, `{"id":"1001","kind":"Stores"}` says otherwise. */
function readLocation(value: Json): ViewLocation {
  if (!isObject(value)) return { id: String(value), kind: 'DistributionCenters' };
  return { id: text(value, 'id') ?? '', kind: value.kind === 'Stores' ? 'Stores' : 'DistributionCenters' };
}

function strings(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

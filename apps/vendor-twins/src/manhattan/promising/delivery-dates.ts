import { fromUnits, toUnits, type Units } from '../wire/decimals.js';
import { flag, objectIn, rows, text, type Json, type JsonObject } from '../wire/json.js';
import { invalid } from '../wire/refusal.js';
import { vendorTime } from '../wire/vendor-time.js';
import { takeFrom, totalOf, type Source } from './sources.js';

const HOUR_MS = 3_600_000;

/** How long the twin's warehouses and carriers take. */
export interface LeadTimes {
  shipHours: number;
  pickupHours: number;
  transitDays: number;
}

export interface PromisingSurroundings {
  lead: LeadTimes;
  /** Milliseconds since the epoch. */
  now: number;
  /** Stock of an item, at one place where it is named. */
  sources: (itemId: string, locationId?: string) => Source[];
}

interface Demand {
  row: JsonObject;
  itemId: string;
  quantity: Units;
}

/** How a line may be served: a shipping method, a pickup location, or a location to ship to. */
interface Option {
  kind: 'ShippingOptions' | 'PickupOptions' | 'ShipToStoreOptions';
  id: string;
}

const NAMES = {
  ShippingOptions: { id: 'ShippingMethodId', asked: 'EvaluateShipping' },
  PickupOptions: { id: 'PickupLocationId', asked: 'EvaluatePickup' },
  ShipToStoreOptions: { id: 'ShipToLocationId', asked: 'EvaluatePickupWithShipTo' },
} as const;

interface Offer {
  option: Option;
  quantity: Units;
  wanted: Units;
  /** Milliseconds since the epoch at which the wanted quantity, or all there is, may leave; null without any. */
  leaves: number | null;
  sources: Source[];
}

/** The bare answer of `product/atp` and `cart/atp` (§6.5). @throws Refusal for a line that cannot be read */
export function deliveryDates(body: JsonObject, around: PromisingSurroundings): JsonObject {
  const lines = readDemands(body).map((demand) => ({
    demand,
    offers: optionsFor(body, demand.row).map((option) => offer(demand, option, around)),
  }));
  const all = lines.flatMap(({ offers }) => offers);
  const header = (kind: Option['kind']) =>
    headerOptions(
      all.filter(({ option }) => option.kind === kind),
      around,
    );
  return {
    RequestId: text(body, 'RequestId') ?? null,
    ShippingOptions: header('ShippingOptions'),
    PickupOptions: header('PickupOptions'),
    ShipToStoreOptions: header('ShipToStoreOptions'),
    ResponseDetails: lines.map(({ demand, offers }) => {
      const of = (kind: Option['kind']) =>
        offers.filter(({ option }) => option.kind === kind).map((found) => lineOption(found, around));
      return {
        DetailId: text(demand.row, 'DetailId') ?? null,
        ItemId: demand.itemId,
        FulfillmentGroupId: text(demand.row, 'FulfillmentGroupId') ?? null,
        ShippingOptions: of('ShippingOptions'),
        PickupOptions: of('PickupOptions'),
        ShipToStoreOptions: of('ShipToStoreOptions'),
      };
    }),
    MessageDTO: null,
  };
}

function readDemands(body: JsonObject): Demand[] {
  const details = rows(body, 'RequestDetails');
  if (details.length === 0) throw invalid('RequestDetails', 'RequestDetails is required');
  return details.map((row, index) => {
    const itemId = text(row, 'ItemId');
    if (itemId === undefined) throw invalid('ItemId', `RequestDetails[${index}]: ItemId is required`);
    const quantity = Number(row.Quantity);
    if (!(quantity > 0)) throw invalid('Quantity', `RequestDetails[${index}]: Quantity must be above 0`);
    return { row, itemId, quantity: toUnits(quantity) };
  });
}

/** A line's own shipping method wins over the header's list; one pickup location is looked at per request. */
function optionsFor(body: JsonObject, line: JsonObject): Option[] {
  const wishes = objectIn(body, 'FulfillmentOptions') ?? {};
  const listed = (part: string, name: string) => strings((objectIn(wishes, part) ?? {})[name]);
  const own = text(line, 'ShippingMethodId');
  const ids = {
    ShippingOptions: own === undefined ? listed('Shipping', 'ShippingMethodIds') : [own],
    PickupOptions: listed('Pickup', 'PickupLocationIds').slice(0, 1),
    ShipToStoreOptions: listed('ShipToStore', 'ShipToLocationIds'),
  };
  return (['ShippingOptions', 'PickupOptions', 'ShipToStoreOptions'] as const)
    .filter((kind) => flag(line, NAMES[kind].asked))
    .flatMap((kind) => ids[kind].map((id) => ({ kind, id })));
}

function offer({ itemId, quantity }: Demand, option: Option, { sources, lead, now }: PromisingSurroundings): Offer {
  const found = sources(itemId, option.kind === 'PickupOptions' ? option.id : undefined);
  const needed = takeFrom(found, quantity);
  const hours = option.kind === 'PickupOptions' ? lead.pickupHours : lead.shipHours;
  const ready = needed.map(({ eta }) => Math.max(now, eta ?? now) + hours * HOUR_MS);
  const leaves = ready.length === 0 ? null : Math.max(...ready);
  return { option, quantity: totalOf(found), wanted: quantity, leaves, sources: found };
}

/** Options of which nothing is there are left out of the header, and stay at the line with a quantity of 0. */
function headerOptions(offers: Offer[], { lead }: PromisingSurroundings): JsonObject[] {
  const ids = [...new Set(offers.map(({ option }) => option.id))];
  return ids.flatMap((id) => {
    const same = offers.filter(({ option }) => option.id === id);
    const leaving = same.flatMap(({ leaves }) => leaves ?? []);
    const [first] = same;
    if (!first || leaving.length === 0) return [];
    const isShipping = first.option.kind === 'ShippingOptions';
    return {
      [NAMES[first.option.kind].id]: id,
      ...(isShipping ? { CarrierCode: null, ServiceLevelCode: null } : {}),
      ...dates(first.option, Math.max(...leaving), lead),
      AreAllItemsAvailable: same.every(({ quantity, wanted }) => quantity >= wanted),
    };
  });
}

function lineOption({ option, quantity, leaves, sources }: Offer, { lead, now }: PromisingSurroundings): JsonObject {
  const hours = option.kind === 'PickupOptions' ? lead.pickupHours : lead.shipHours;
  return {
    [NAMES[option.kind].id]: option.id,
    ...dates(option, leaves, lead),
    Quantity: fromUnits(quantity),
    SupplyDetailsInfo: sources.map((source) => ({
      Eta: source.eta === null ? null : withoutFraction(source.eta),
      Quantity: fromUnits(source.quantity),
      ...dates(option, Math.max(now, source.eta ?? now) + hours * HOUR_MS, lead),
      ShipFromLocationId: source.locationId,
    })),
  };
}

function dates({ kind }: Option, leaves: number | null, { transitDays }: LeadTimes): JsonObject {
  const at = (later: number): Json => (leaves === null ? null : withoutFraction(leaves + later));
  if (kind === 'PickupOptions') return { EarliestPickupDate: at(0) };
  return { EarliestShipDate: at(0), EarliestDeliveryDate: at(transitDays * 24 * HOUR_MS) };
}

/** As in the samples. */
function withoutFraction(epochMs: number): string {
  return vendorTime(epochMs).slice(0, 19);
}

function strings(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

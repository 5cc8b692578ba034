import { sum, type Units } from '../wire/decimals.js';
import type { Supply } from '../supply/supply-store.js';
import type { AvailabilityView, ViewLocation } from './view.js';

/** 2 in stock, 1 limited, 0 out of stock (§6.1). */
export type StatusCode = 0 | 1 | 2;

export interface Availability {
  itemId: string;
  /** Absent for the network. */
  locationId?: string;
  status: StatusCode;
  quantity: Units;
  /** Of network views: what each kind of location has, before network protection. */
  byKind: Record<ViewLocation['kind'], Units>;
  protectedQuantity: Units;
  /** Vendor timestamp of the earliest supply to come; null while there is stock. */
  nextAvailability: string | null;
  infinite: boolean;
  onHand: Units;
  /** Eligible supply to come, the soonest first. */
  future: { quantity: Units; eta: string }[];
  /** When what it is made of changed last, in milliseconds since the epoch; 0 if there is nothing. */
  changedAt: number;
}

export function isEligible({ items, infiniteItems }: AvailabilityView, itemId: string, supplies: Supply[]): boolean {
  if (infiniteItems.includes(itemId)) return true;
  return items ? items.includes(itemId) : supplies.length > 0;
}

/** The sum over the view's locations; an item that is not eligible is out of stock (§6.1). `supplies` are the item's. */
export function networkAvailability(view: AvailabilityView, itemId: string, supplies: Supply[]): Availability {
  const eligible = isEligible(view, itemId, supplies) ? supplies : [];
  const byKind = { DistributionCenters: 0, Stores: 0 };
  for (const { id, kind } of view.locations) byKind[kind] += availableAt(view, id, eligible);
  const whole = byKind.DistributionCenters + byKind.Stores;
  const quantity = Math.max(0, whole - view.networkProtection);
  const places = view.locations.map(({ id }) => id);
  return {
    itemId,
    ...judged(view, itemId, quantity, inPlaces(eligible, places)),
    byKind,
    protectedQuantity: whole - quantity,
  };
}

/** What one location has; undefined for an item that is not eligible or a place that the view does not know (§6.1). */
export function locationAvailability(
  view: AvailabilityView,
  itemId: string,
  locationId: string,
  supplies: Supply[],
): Availability | undefined {
  const place = view.locations.find(({ id }) => id === locationId);
  if (!place || !isEligible(view, itemId, supplies)) return undefined;
  const quantity = availableAt(view, locationId, supplies);
  const byKind = { DistributionCenters: 0, Stores: 0, [place.kind]: quantity };
  const rest = judged(view, itemId, quantity, inPlaces(supplies, [locationId]));
  return { itemId, locationId, ...rest, byKind, protectedQuantity: 0 };
}

/** On hand less what is reserved and kept back; never negative. */
export function availableAt(view: AvailabilityView, locationId: string, supplies: Supply[]): Units {
  const here = inPlaces(supplies, [locationId]).filter(({ supplyType }) => view.supplyTypes.includes(supplyType));
  return Math.max(0, sum(here.map(({ quantity, allocated }) => quantity - allocated)) - view.protection);
}

function inPlaces(supplies: Supply[], places: string[]): Supply[] {
  return supplies.filter(({ locationId }) => places.includes(locationId));
}

function judged(view: AvailabilityView, itemId: string, quantity: Units, supplies: Supply[]) {
  const infinite = view.infiniteItems.includes(itemId);
  const status: StatusCode = infinite || quantity > view.limitedThreshold ? 2 : quantity > view.outThreshold ? 1 : 0;
  const future = supplies
    .filter((supply) => view.futureSupplyTypes.includes(supply.supplyType) && supply.quantity > 0)
    .flatMap(({ quantity: more, eta }) => (eta === null ? [] : [{ quantity: more, eta }]))
    .sort((left, right) => (left.eta < right.eta ? -1 : 1));
  const present = supplies.filter(({ supplyType }) => view.supplyTypes.includes(supplyType));
  return {
    status,
    quantity,
    nextAvailability: status === 0 ? (future[0]?.eta ?? null) : null,
    infinite,
    onHand: sum(present.map((supply) => supply.quantity)),
    future,
    changedAt: Math.max(0, ...supplies.map(({ changedAt }) => changedAt)),
  };
}

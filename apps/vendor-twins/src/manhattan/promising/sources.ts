import { availableAt, isEligible } from '../inventory/availability.js';
import type { AvailabilityView } from '../inventory/view.js';
import type { Supply } from '../supply/supply-store.js';
import { sum, type Units } from '../wire/decimals.js';
import { epochOf } from '../wire/vendor-time.js';

/** Stock at one place that a demand may be promised from. */
export interface Source {
  locationId: string;
  quantity: Units;
  /** When it will be there, in milliseconds since the epoch; null for what is there. */
  eta: number | null;
}

/** What a view offers of an item, what is there first and then what comes soonest; one place alone where it is named. */
export function sourcesOf(view: AvailabilityView, itemId: string, supplies: Supply[], locationId?: string): Source[] {
  if (!isEligible(view, itemId, supplies)) return [];
  const places = view.locations.map(({ id }) => id).filter((id) => locationId === undefined || id === locationId);
  const onHand = places.map((id) => ({ locationId: id, quantity: availableAt(view, id, supplies), eta: null }));
  const coming = supplies
    .filter((supply) => places.includes(supply.locationId) && view.futureSupplyTypes.includes(supply.supplyType))
    .flatMap(({ locationId: place, quantity, allocated, eta }) =>
      eta === null ? [] : [{ locationId: place, quantity: quantity - allocated, eta: epochOf(eta) }],
    )
    .sort((left, right) => left.eta - right.eta);
  return [...onHand, ...coming].filter(({ quantity }) => quantity > 0);
}

/** The sources that a demand takes from, each with what it gives: fewer units than wanted when there are no more. */
export function takeFrom(sources: Source[], wanted: Units): Source[] {
  let left = wanted;
  return sources.flatMap((source) => {
    const quantity = Math.min(left, source.quantity);
    left -= quantity;
    return quantity > 0 ? [{ ...source, quantity }] : [];
  });
}

export function totalOf(sources: Source[]): Units {
  return sum(sources.map(({ quantity }) => quantity));
}

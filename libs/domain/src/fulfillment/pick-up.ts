import type { Instant } from '../kernel/instant.js';
import type { Places } from './line-ledger.js';
import type { LineNote } from './observation.js';

/** How a line that the customer collects stands, in the words of a store. */
export type PickUpState =
  'preparing' | 'ready' | 'partly-picked-up' | 'picked-up' | 'rest-expired' | 'expired' | 'called-off';

/** Derived from where the units are: a unit that is packed waits on the shelf, one that is shipped was handed over (F24). */
export function pickUpOf(places: Places, { pickupExpires }: LineNote, at: Instant | null): PickUpState {
  const handedOver = places.shipped + places.delivered + places['pending-return'] + places.returned;
  const shelved = places.picked + places.packed;
  const onTheWay = places.open + places['back-ordered'] + places.allocated + places.released + places['in-process'];
  const expired = pickupExpires !== undefined && at !== null && pickupExpires <= at;
  if (onTheWay + shelved > 0) {
    if (handedOver > 0) return 'partly-picked-up';
    return onTheWay === 0 ? 'ready' : 'preparing';
  }
  if (handedOver === 0) return expired ? 'expired' : 'called-off';
  return places.cancelled > 0 && expired ? 'rest-expired' : 'picked-up';
}

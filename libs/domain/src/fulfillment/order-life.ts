import type { Instant } from '../kernel/instant.js';
import { compareObservations, observationText, type Observation } from './observation.js';
import type { Minor } from '../money/minor.js';
import type { ReturnSnapshot } from '../returns/oms-returns.js';
import type { Shipment, TenderStanding } from './order-snapshot.js';

/** All that the OMS has said of an order, in the order of its own clock. */
export interface OrderLife {
  readonly observations: readonly Observation[];
  /** What comes back of it, each return as last seen; absent while nothing does. */
  readonly returns?: readonly ReturnSnapshot[];
}

export const UNSEEN: OrderLife = { observations: [] };

/** What a snapshot did: moved the order on, told of an earlier moment, or said nothing new. */
export type Effect = 'advanced' | 'late' | 'repeated';

/** Takes a snapshot into the order's life. An older one never moves the present back: it becomes history. */
export function observe(life: OrderLife, seen: Observation): { readonly life: OrderLife; readonly effect: Effect } {
  const text = observationText(seen);
  // The moment is compared first: a text of each known one for each repeat would be most of the work.
  const isKnown = (known: Observation) => known.at === seen.at && observationText(known) === text;
  if (life.observations.some(isKnown)) return { life, effect: 'repeated' };
  const observations = [...life.observations, seen].sort(compareObservations);
  return { life: { ...life, observations }, effect: observations.at(-1) === seen ? 'advanced' : 'late' };
}

/** The order as it stands now; undefined while the OMS has said nothing. */
export const presentOf = (life: OrderLife): Observation | undefined => life.observations.at(-1);

/** Every parcel that was ever seen, as last seen: a set, in which a second parcel never replaces the first. */
export function shipmentsOf(life: OrderLife): readonly Shipment[] {
  const parcels = new Map<string, Shipment>();
  for (const { shipments } of life.observations) for (const parcel of shipments) parcels.set(parcel.key, parcel);
  return [...parcels.values()].sort((left, right) => (left.key < right.key ? -1 : 1));
}

/** An amount of the order as it last was before a full cancel took it to zero at the OMS. */
export function beforeCancel(life: OrderLife, amount: 'total' | 'taxes'): Minor | null {
  return life.observations.findLast((seen) => seen.status !== 'cancelled' && seen[amount] !== null)?.[amount] ?? null;
}

/** What the OMS last told of the tenders; null while it told nothing. */
export function tendersOf(life: OrderLife): readonly TenderStanding[] | null {
  return life.observations.findLast((seen) => seen.tenders !== null)?.tenders ?? null;
}

/** When the OMS last changed the order. */
export const lastSeenAt = (life: OrderLife): Instant | null => presentOf(life)?.at ?? null;

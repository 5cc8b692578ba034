import { assertBelievable } from '../fulfillment/believable.js';
import { historyOf } from '../fulfillment/history.js';
import { observationOf } from '../fulfillment/observation.js';
import { observe, type Effect } from '../fulfillment/order-life.js';
import type { OrderSnapshot } from '../fulfillment/order-snapshot.js';
import { recordHistory, type Arrival } from '../fulfillment/recorded-history.js';
import type { Instant } from '../kernel/instant.js';
import type { OmsOrderId } from '../kernel/ids.js';
import type { ReturnSnapshot } from '../returns/oms-returns.js';
import { observeReturn } from '../returns/return-life.js';
import type { AnsweredRequest } from './agent-request.js';
import { orderKey, type PendingRevision } from './order.js';
import { projectionOf } from './project-order.js';
import { showsSame } from './projection.js';
import { requestEnded } from './agent-requests.js';
import { assertLinesSettled, orderedAt, revisionTaken, type PlacedOrder } from './revision.js';
import type { TrackedOrder } from './tracked-order.js';

/** The OMS has taken the order. Repeating it changes nothing. */
export function orderPlaced(tracked: TrackedOrder, omsOrderId: OmsOrderId, at: Instant): TrackedOrder {
  if (tracked.order.state === 'submitted') return tracked;
  const { terms, acceptedAt } = tracked.order;
  return reprojected({ ...tracked, order: { state: 'submitted', terms, acceptedAt, submittedAt: at, omsOrderId } });
}

/** The OMS does not have what it had taken: the order is to be placed once more, as agreed last. */
export function orderLost(tracked: PlacedOrder): TrackedOrder {
  const { terms, acceptedAt, pending } = tracked.order;
  return reprojected({ ...tracked, order: { state: 'accepted', terms: pending?.terms ?? terms, acceptedAt } });
}

/** The OMS has published the order. A snapshot may arrive before the answer to our own call, and then tells of the placing as well. */
export function snapshotPublished(
  tracked: TrackedOrder,
  snapshot: OrderSnapshot,
  arrival: Omit<Arrival, 'late'>,
): { readonly tracked: TrackedOrder; readonly effect: Effect } {
  assertBelievable(snapshot, tracked.order.terms, arrival.recordedAt);
  const placed = orderPlaced(tracked, snapshot.omsOrderId, arrival.recordedAt);
  const { life, effect } = observe(placed.life, observationOf(orderedAt(placed, snapshot.at), snapshot));
  if (effect === 'repeated') return { tracked: placed, effect };
  const { site, number } = placed.order.terms;
  const told = historyOf(orderKey(site, number), life.observations);
  const history = recordHistory(placed.history, told, { ...arrival, late: effect === 'late' });
  return { tracked: reprojected({ ...placed, life, history }), effect };
}

/** The OMS has taken a revision, and was in the state that it told at `at`. */
export const orderRevised = (tracked: PlacedOrder, pending: PendingRevision, at: Instant): PlacedOrder =>
  reprojected(revisionTaken(tracked, pending, at));

/** What an agent asked for is answered. A version that the OMS was told is used up, whatever it said. */
export const requestAnswered = (tracked: PlacedOrder, answered: AnsweredRequest): PlacedOrder =>
  reprojected(requestEnded(tracked, answered));

/** The OMS has published a return of the order: told once, and again as it goes on. */
export function returnPublished(tracked: TrackedOrder, snapshot: ReturnSnapshot, recordedAt: Instant): TrackedOrder {
  assertBelievable(snapshot, tracked.order.terms, recordedAt);
  assertLinesSettled(tracked);
  const life = observeReturn(tracked.life, tracked.order.terms, snapshot);
  return life === tracked.life ? tracked : reprojected({ ...tracked, life });
}

/** Keeps `wanted` true. The version moves only when something that the CRM shows has changed. */
function reprojected<Tracked extends TrackedOrder>(tracked: Tracked): Tracked {
  const wanted = projectionOf(tracked, tracked.version);
  if (showsSame(tracked.wanted, wanted)) return tracked;
  const version = tracked.version + 1;
  return { ...tracked, version, wanted: projectionOf(tracked, version) };
}

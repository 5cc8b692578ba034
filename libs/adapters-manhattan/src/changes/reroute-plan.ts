import { given, type Reroute, type Violation } from '@tandem/domain';
import type { JsonObject } from '../json.js';
import { quoted } from '../query.js';
import { RELEASED } from './cancel-plan.js';
import {
  refuse,
  send,
  unknownLine,
  versionedSave,
  type ChangePlan,
  type Plan,
  type VendorCall,
} from './change-plan.js';
import type { HeldLine, HeldOrder } from './held-order.js';
import { releasedUnits, wasTakenOut } from './released-units.js';
import { shortEvents, type FulfilmentEvents } from './short-events.js';

export interface RerouteStrategy extends FulfilmentEvents {
  /**
   * What to do about lines that are with a fulfilment system; `pull-back` where absent (§4.4). A pull-back takes whole releases, and none
   * of those for stores; a short takes the lines alone, for a reason that has the OMS look for the units elsewhere (`ReallocateOnShort`).
   */
  readonly releasedReroute?: 'pull-back' | 'refuse' | { readonly shortFor: string };
  /**
   * What to do about allocated lines for which no location is named; `refuse` where absent. Given back and allocated anew they go to the
   * same place, unless stock has changed or the OMS was told to leave the place out, by an outage or a store exclusion (§4.4).
   */
  readonly allocatedReroute?: 'refuse' | 'deallocate';
}

const ALLOCATED = 2000;
const SHIPPED = 7000;
/** Releases of these are never pulled back (§4.1). */
const BOUND_TO_STORE = new Set(['ShipToStore', 'PickUpAtStore']);

/**
 * The OMS has no call for it (§4.4). Before release a location is preferred by the promising details of the line; after
 * it the release is pulled back first, with all that it holds. Who names no location gets what the OMS finds by itself.
 */
export const reroutePlan = (reroute: Reroute, strategy: RerouteStrategy): ChangePlan => ({
  plan: (held) => {
    const lines = linesOf(reroute, held);
    const violations = rerouteViolations(reroute, lines);
    if (violations.length > 0) return { kind: 'refuse', violations };
    if (lines.some(({ highest }) => highest >= RELEASED)) return afterRelease(reroute, held, lines, strategy);
    return beforeRelease(reroute, held, lines, strategy);
  },
  // Where the units went, is told later; what was wished for may be another host's wish of a later version (§3.5).
  shows: () => false,
  lacks: (held) => linesOf(reroute, held).some(({ wantedFrom }) => isOtherWish(reroute, wantedFrom)),
  pending: (held) =>
    reroute.shipFrom === undefined && linesOf(reroute, held).some(({ highest }) => highest < ALLOCATED),
});

/** A wish that the template leaves out says nothing. */
const isOtherWish = ({ shipFrom }: Reroute, wantedFrom: string | undefined): boolean =>
  shipFrom !== undefined && wantedFrom !== undefined && wantedFrom !== shipFrom;

const linesOf = (reroute: Reroute, held: HeldOrder): readonly HeldLine[] =>
  held.lines.filter(({ id }) => reroute.lines.some((wanted) => wanted === id));

function rerouteViolations(reroute: Reroute, lines: readonly HeldLine[]): readonly Violation[] {
  const known = new Set(lines.map(({ id }) => id));
  const unknown = reroute.lines.flatMap((id, index) => (known.has(id) ? [] : [unknownLine(`lines[${index}]`, id)]));
  const gone = lines.filter(({ highest, cancelled }) => cancelled || highest >= SHIPPED);
  return [...unknown, ...gone.map(({ id }) => tooLate(id))];
}

const tooLate = (line: string): Violation => ({
  field: 'lines',
  rule: 'reroute.too_late',
  sentence: `Units of line ${line} have been shipped or cancelled.`,
  remedy: 'Leave the line out.',
});

function beforeRelease(
  reroute: Reroute,
  held: HeldOrder,
  lines: readonly HeldLine[],
  { allocatedReroute = 'refuse' }: RerouteStrategy,
): Plan {
  const { shipFrom, number } = reroute;
  // A pull-back or short of ours whose end we did not see has already sent the units on their way.
  if (shipFrom !== undefined || wasTakenOut(held, lines)) return send(preferred(reroute, held));
  const allocate = {
    path: '/order/api/order/order/massAction',
    body: { Query: `OrderId = ${quoted(number)}`, MassAction: 'Allocate' },
  };
  if (lines.every(({ highest }) => highest < ALLOCATED)) return send(allocate);
  if (allocatedReroute === 'deallocate') return send(...givenBack(reroute, held, lines), allocate);
  const sentence = 'The units are allocated and not yet released: the OMS would allocate them to the same place again.';
  return refuse('shipFrom', 'reroute.target_required', sentence, 'Name the location to ship from.');
}

/** The reservation of an order has its id, and of a line a detail of the line's id (§4.2). The body itself is a guess from those (§4.1). */
function givenBack(reroute: Reroute, held: HeldOrder, lines: readonly HeldLine[]): readonly VendorCall[] {
  const path = '/inventory/api/inventory/reservationRequestDetails/deallocate';
  const whole = { ReservationRequestId: reroute.number, postToOrder: true };
  if (namesAll(reroute, held)) return [{ path, body: whole }];
  const allocated = lines.filter(({ highest }) => highest >= ALLOCATED);
  return allocated.map(({ id }) => ({ path, body: { ...whole, ReservationRequestDetailId: id } }));
}

function afterRelease(reroute: Reroute, held: HeldOrder, lines: readonly HeldLine[], strategy: RerouteStrategy): Plan {
  const { releasedReroute = 'pull-back' } = strategy;
  const open = releasedUnits(held, lines);
  if (typeof releasedReroute === 'object' && open.length > 0) {
    return send(shortEvents(reroute, held, open, releasedReroute.shortFor, strategy), preferred(reroute, held));
  }
  const bound = lines.some(({ deliveryMethod }) => BOUND_TO_STORE.has(deliveryMethod ?? ''));
  if (releasedReroute === 'refuse' || bound || open.length === 0) {
    const sentence = 'Units of these lines are released, and their release cannot be pulled back.';
    return refuse('lines', 'reroute.released', sentence, 'Cancel the lines and order them anew, or let the units go.');
  }
  const Release = [...new Set(open.map(({ releaseId }) => releaseId))].map((ReleaseId) => ({ ReleaseId }));
  const path = '/order/api/order/order/release/cancel';
  return send({ path, body: { OrderId: reroute.number, Release } }, preferred(reroute, held));
}

/**
 * Also where nothing is preferred: the version that it leaves shows a repeat that all is done. The OMS forces a location on all lines
 * of an order or on none (§4.4), so that for some of them it is a wish.
 */
function preferred(reroute: Reroute, held: HeldOrder): VendorCall {
  if (reroute.shipFrom === undefined) return versionedSave(reroute, {});
  const OrderLinePromisingInfo = { ShipFromLocationId: reroute.shipFrom, IsForceAllocate: namesAll(reroute, held) };
  const OrderLine = reroute.lines.map((line): JsonObject => ({ OrderLineId: line, OrderLinePromisingInfo }));
  return versionedSave(reroute, given({ OrderLine }));
}

const namesAll = (reroute: Reroute, { lines }: HeldOrder): boolean =>
  lines.every(({ id, cancelled }) => cancelled || reroute.lines.some((named) => named === id));

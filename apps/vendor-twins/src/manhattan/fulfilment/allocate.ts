import { setUnits, type Units } from '../wire/decimals.js';
import { listed } from '../wire/listed.js';
import { addRow, flag, objectIn, referenceId, rows, text, type JsonObject } from '../wire/json.js';
import type { TenantSwitches } from '../control/tenant-switches.js';
import { trimReservation } from '../orders/cancel.js';
import { moveUnits } from '../orders/quantities.js';
import { STATUS } from '../orders/status-ladder.js';
import { isDigital, type Selected } from './selection.js';

type AllocationRules = Pick<TenantSwitches, 'shipFromLocations' | 'excludedLocations'>;

/**
 * Reserves open and back-ordered units at a location (§3.2, §4.2); answers how many it moved. Where no location may ship
 * them, open ones are back ordered.
 */
export function allocate(order: JsonObject, selection: Selected[], tenant: AllocationRules): Units {
  return total(selection, (selected) => {
    const { line, quantity } = selected;
    if (isDigital(line)) return 0;
    const location = locationFor(order, selected, tenant);
    if (location === undefined) return moveUnits(line, [STATUS.open], STATUS.backOrdered, quantity);
    const moved = moveUnits(line, [STATUS.open, STATUS.backOrdered], STATUS.allocated, quantity);
    if (moved > 0) reserve(order, line, moved, location);
    return moved;
  });
}

/** Allocation was tried and there was no supply: open → back ordered. */
export function backorder(selection: Selected[]): Units {
  return total(selection, ({ line, quantity }) => moveUnits(line, [STATUS.open], STATUS.backOrdered, quantity));
}

/** The reservation is given back: allocated → back ordered (§3.2). */
export function deallocate(selection: Selected[]): Units {
  return total(selection, ({ line, quantity }) => {
    const moved = moveUnits(line, [STATUS.allocated], STATUS.backOrdered, quantity);
    trimReservation(line);
    return moved;
  });
}

/** Runs a step over its lines and sums the units it moved. */
export function total(selection: Selected[], step: (selected: Selected) => Units): Units {
  return selection.reduce((moved, selected) => moved + step(selected), 0);
}

/**
 * A location may be forced only when every line of the order forces one (§4.4); unforced, it is a wish that is granted
 * unless the location is excluded or was just found empty. Goods to be picked up come from their store alone.
 */
function locationFor(order: JsonObject, { line, location, notFrom }: Selected, tenant: AllocationRules) {
  if (location !== undefined) return location;
  const sales = rows(order, 'OrderLine').filter((row) => !flag(row, 'IsCancelled') && !flag(row, 'IsReturn'));
  const promising = objectIn(line, 'OrderLinePromisingInfo');
  const counts = promising && (!forces(line) || sales.every(forces));
  const asked = counts ? text(promising, 'ShipFromLocationId') : undefined;
  const pickup = deliveryMethod(line) === 'PickUpAtStore' ? text(line, 'ShipToLocationId') : undefined;
  const pinned = asked ?? pickup;
  const only = pinned !== undefined && (forces(line) || pinned === pickup);
  const candidates = only ? [pinned] : [...(pinned === undefined ? [] : [pinned]), ...listed(tenant.shipFromLocations)];
  const closed = [...listed(tenant.excludedLocations), notFrom];
  return candidates.find((candidate) => !closed.includes(candidate));
}

function forces(line: JsonObject): boolean {
  return flag(objectIn(line, 'OrderLinePromisingInfo') ?? {}, 'IsForceAllocate');
}

function reserve(order: JsonObject, line: JsonObject, quantity: Units, location: string): void {
  const orderId = text(order, 'OrderId') ?? '';
  const lineId = text(line, 'OrderLineId') ?? '';
  const row = addRow(line, 'Allocation', {
    AllocationId: nextAllocationId(order, line, `${orderId}-${lineId}-A`),
    AllocationType: deliveryMethod(line) === 'PickUpAtStore' ? 'Pickup' : 'Delivery',
    ShipFromLocationId: location,
    ShipToLocationId: text(line, 'ShipToLocationId') ?? null,
    ItemId: text(line, 'ItemId') ?? null,
    UOM: text(line, 'UOM') ?? null,
    Status: { StatusId: 'Open' },
    CarrierCode: text(line, 'CarrierCode') ?? null,
    ServiceLevelCode: text(line, 'ServiceLevelCode') ?? null,
    ReservationRequestId: orderId,
    ReservationRequestDetailId: lineId,
    IsVirtual: false,
  });
  setUnits(row, 'Quantity', quantity);
}

/** Never the id of another allocation, nor one that a release still refers to. */
function nextAllocationId(order: JsonObject, line: JsonObject, prefix: string): string {
  const used = new Set([
    ...rows(line, 'Allocation').map((row) => row.AllocationId),
    ...rows(order, 'Release').flatMap((release) => rows(release, 'ReleaseLine').map((row) => row.AllocationId)),
  ]);
  let number = 1;
  while (used.has(`${prefix}${number}`)) number += 1;
  return `${prefix}${number}`;
}

export function deliveryMethod(line: JsonObject): string | undefined {
  return referenceId(line, 'DeliveryMethod', 'DeliveryMethodId');
}

import { setUnits, type Units } from '../wire/decimals.js';
import { addRow, flag, objectIn, referenceId, rows, text, type JsonObject } from '../wire/json.js';
import { trimReservation } from '../orders/cancel.js';
import { moveUnits } from '../orders/quantities.js';
import { STATUS } from '../orders/status-ladder.js';
import { isDigital, type Selected } from './selection.js';

/** The node that ships when nobody names another one. */
const DEFAULT_LOCATION = 'NODE-1';

/** Reserves open and back-ordered units at a location (§3.2, §4.2); answers how many. */
export function allocate(order: JsonObject, selection: Selected[]): Units {
  return total(selection, ({ line, quantity, location }) => {
    if (isDigital(line)) return 0;
    const moved = moveUnits(line, [STATUS.open, STATUS.backOrdered], STATUS.allocated, quantity);
    if (moved > 0) reserve(order, line, moved, location ?? preferredLocation(order, line));
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

/** A location may be forced only when every line of the order forces one (§4.4); unforced, it is a wish that is granted. */
function preferredLocation(order: JsonObject, line: JsonObject): string {
  const sales = rows(order, 'OrderLine').filter((row) => !flag(row, 'IsCancelled') && !flag(row, 'IsReturn'));
  const promising = objectIn(line, 'OrderLinePromisingInfo');
  const counts = promising && (!forces(line) || sales.every(forces));
  const asked = counts ? text(promising, 'ShipFromLocationId') : undefined;
  const pickup = deliveryMethod(line) === 'PickUpAtStore' ? text(line, 'ShipToLocationId') : undefined;
  return asked ?? pickup ?? DEFAULT_LOCATION;
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

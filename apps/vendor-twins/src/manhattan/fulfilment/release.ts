import type { TenantSwitches } from '../control/tenant-switches.js';
import { listed } from '../wire/listed.js';
import { fromUnits, setUnits, units, type Units } from '../wire/decimals.js';
import { addRow, flag, rows, text, type JsonObject } from '../wire/json.js';
import { epochOf } from '../wire/vendor-time.js';
import { isOpenAllocation } from '../orders/cancel.js';
import { isApplied } from '../orders/derive.js';
import { moveUnits } from '../orders/quantities.js';
import { STATUS } from '../orders/status-ladder.js';
import { deliveryMethod } from './allocate.js';
import { isDigital, type Selected } from './selection.js';

export interface Obstacle {
  because: string;
  /** Milliseconds since the epoch from which it is gone by itself; otherwise the order has to change. */
  until?: number;
}

export interface ReleaseMoment {
  /** Milliseconds since the epoch. */
  now: number;
  tenant: Pick<TenantSwitches, 'holdsBlockingRelease'>;
}

function blocks(hold: JsonObject, { tenant }: ReleaseMoment): boolean {
  const blocking = listed(tenant.holdsBlockingRelease);
  return isApplied(hold) && (blocking.includes('*') || blocking.includes(text(hold, 'HoldTypeId') ?? ''));
}

/** Why nothing of an order may be released now (§4.5); undefined when something may. Which holds block is the tenant's (§3.8). */
export function releaseObstacle(order: JsonObject, when: ReleaseMoment): Obstacle | undefined {
  if (!flag(order, 'IsConfirmed')) return { because: 'the order is not confirmed' };
  const hold = rows(order, 'OrderHold').find((row) => blocks(row, when));
  if (hold) return { because: `hold ${text(hold, 'HoldTypeId') ?? ''} is applied` };
  const remorse = remorseOf(order, when.now);
  if (remorse) return remorse;
  const lines = rows(order, 'OrderLine').filter((line) => !flag(line, 'IsCancelled') && !flag(line, 'IsReturn'));
  const obstacles = lines.map((line) => lineObstacle(line, when));
  return obstacles.some((obstacle) => obstacle === undefined) ? undefined : obstacles[0];
}

/** A digital line is released in spite of its holds (§3.8). */
function lineObstacle(line: JsonObject, when: ReleaseMoment): Obstacle | undefined {
  const hold = isDigital(line) ? undefined : rows(line, 'OrderLineHold').find((row) => blocks(row, when));
  return hold ? { because: `line hold ${text(hold, 'HoldTypeId') ?? ''} is applied` } : remorseOf(line, when.now);
}

/** The remorse period of an order or a line (§3.4). */
function remorseOf(owner: JsonObject, now: number): Obstacle | undefined {
  const notBefore = text(owner, 'DoNotReleaseBefore');
  const until = notBefore === undefined ? now : epochOf(notBefore);
  return until > now ? { because: `not to be released before ${notBefore ?? ''}`, until } : undefined;
}

interface Ready {
  line: JsonObject;
  /** Absent for digital goods. */
  allocation?: JsonObject;
  quantity: Units;
}

/** Sends allocated units to fulfilment: one `Release` per ship-from location, `OrderId` + running number (§4.2). */
export function release(order: JsonObject, selection: Selected[], when: ReleaseMoment): Units {
  const ready = selection.filter(({ line }) => !lineObstacle(line, when)).flatMap(readyOf);
  const locations = new Map<string | null, Ready[]>();
  for (const part of ready) {
    const location = (part.allocation && text(part.allocation, 'ShipFromLocationId')) ?? null;
    locations.set(location, [...(locations.get(location) ?? []), part]);
  }
  for (const [location, parts] of locations) addRelease(order, location, parts);
  return ready.reduce((moved, { quantity }) => moved + quantity, 0);
}

function readyOf({ line, quantity, location }: Selected): Ready[] {
  if (isDigital(line)) {
    const moved = moveUnits(line, [STATUS.open], STATUS.released, quantity);
    return moved > 0 ? [{ line, quantity: moved }] : [];
  }
  let left = quantity;
  const open = rows(line, 'Allocation').filter(isOpenAllocation);
  const here = open.filter((row) => location === undefined || row.ShipFromLocationId === location);
  return here.flatMap((allocation) => {
    const part = Math.min(left, units(allocation, 'Quantity'));
    left -= part;
    if (part === 0) return [];
    moveUnits(line, [STATUS.allocated], STATUS.released, part);
    return [{ line, quantity: part, allocation: takeAllocation(line, allocation, part) }];
  });
}

/** The released part of an allocation; a rest stays open as a row of its own. */
function takeAllocation(line: JsonObject, allocation: JsonObject, part: Units): JsonObject {
  const rest = units(allocation, 'Quantity') - part;
  if (rest > 0) {
    const row = addRow(line, 'Allocation', structuredClone(allocation));
    row.AllocationId = `${text(allocation, 'AllocationId') ?? ''}-${rows(line, 'Allocation').length}`;
    setUnits(row, 'Quantity', rest);
  }
  setUnits(allocation, 'Quantity', part);
  allocation.Status = { StatusId: 'Released' };
  return allocation;
}

function addRelease(order: JsonObject, location: string | null, parts: Ready[]): void {
  const first = parts[0]?.line;
  addRow(order, 'Release', {
    ReleaseId: `${text(order, 'OrderId') ?? ''}${rows(order, 'Release').length + 1}`,
    ReleaseType: 'Order',
    DeliveryMethodId: (first && deliveryMethod(first)) ?? null,
    DestinationAction: first && deliveryMethod(first) === 'PickUpAtStore' ? 'Pickup' : 'Delivery',
    ShipFromLocationId: location,
    ShipToLocationId: (first && text(first, 'ShipToLocationId')) ?? null,
    CarrierCode: (first && text(first, 'CarrierCode')) ?? null,
    ServiceLevelCode: (first && text(first, 'ServiceLevelCode')) ?? null,
    ReleaseLine: parts.map(({ line, allocation, quantity }, index) => ({
      ReleaseLineId: String(index + 1),
      OrderLineId: text(line, 'OrderLineId') ?? null,
      ItemId: text(line, 'ItemId') ?? null,
      Quantity: fromUnits(quantity),
      FulfilledQuantity: 0,
      CancelledQuantity: 0,
      CancelledDate: null,
      AllocationId: (allocation && text(allocation, 'AllocationId')) ?? null,
      UOM: text(line, 'UOM') ?? null,
    })),
  });
}

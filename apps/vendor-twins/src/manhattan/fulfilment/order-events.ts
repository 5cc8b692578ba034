import type { TenantSwitches } from '../control/tenant-switches.js';
import { toUnits, type Units } from '../wire/decimals.js';
import { isObject, objectIn, rows, text, type Json, type JsonObject } from '../wire/json.js';
import { invalid, Refusal } from '../wire/refusal.js';
import { isKnownReason } from '../orders/reasons.js';
import { STATUS } from '../orders/status-ladder.js';
import { moveUnits } from '../orders/quantities.js';
import { deliver } from './deliver.js';
import { findReleaseLine, openQuantity, releasedParts, type ReleasedPart } from './release-lines.js';
import { selectLines } from './selection.js';
import { packageName, ship, type Parcel } from './ship.js';
import { short } from './short.js';

/** What must follow a short in a transaction of its own (§4.3). */
export interface ShortFollowUp {
  orderLineId: string;
  quantity: number;
  reasonId: string | undefined;
  /** Where the units were missing. */
  notFrom: string;
}

type EventRules = Pick<TenantSwitches, 'extendedStatuses' | 'substitution' | 'packageIds'>;

/**
 * Applies one entry of `OrderEvent[]` (§4.3) to the draft of its order.
 * @throws Refusal when what the event type requires is missing or does not fit the order
 */
export function applyOrderEvent(
  order: JsonObject,
  event: JsonObject,
  now: string,
  tenant: EventRules,
): ShortFollowUp[] {
  switch (event.EventTypeId) {
    case 'Ship':
    case 'PickUp':
      shipEvent(order, event, now, tenant);
      return [];
    case 'Short':
      return shortEvent(order, event, now);
    case 'StatusUpdate':
      statusUpdate(order, event, now, tenant);
      return [];
    default:
      throw invalid('EventTypeId', `Event type ${String(event.EventTypeId)} is not known`);
  }
}

function shipEvent(order: JsonObject, event: JsonObject, now: string, { substitution, packageIds }: EventRules): void {
  const item = text(event, 'Item');
  if (item === undefined) throw invalid('Item', 'Item is required');
  const fulfillment = objectIn(event, 'FulfillmentInfo');
  if (!fulfillment) throw invalid('FulfillmentInfo', 'FulfillmentInfo is required, though it may be empty');
  const part = requiredPart(order, event);
  const substitute = part.line.ItemId === item ? undefined : item;
  if (substitute !== undefined && substitution === 'refuse')
    throw invalid('Item', `Item ${item} is not on the release line`);
  const parcel = parcelOf(fulfillment);
  if (packageIds === 'generated') parcel.packageId ??= packageName(order);
  ship(order, [substitute === undefined ? part : { ...part, substitute }], parcel, now, 'reported');
}

/** Empty strings in `FulfillmentInfo` mean absent. */
function parcelOf(fulfillment: JsonObject): Parcel {
  const given = Object.fromEntries(Object.entries(fulfillment).filter(([, value]) => value !== '' && value !== null));
  const parcel: Parcel = { more: pick(given, COPIED) };
  const [packageId, trackingNumber, carrierCode, date] = [
    'PackageId',
    'TrackingNumber',
    'CarrierCode',
    'EventDate',
  ].map((name) => text(given, name));
  if (packageId !== undefined) parcel.packageId = packageId;
  if (trackingNumber !== undefined) parcel.trackingNumber = trackingNumber;
  if (carrierCode !== undefined) parcel.carrierCode = carrierCode;
  if (date !== undefined) parcel.date = date;
  return parcel;
}

const COPIED = [
  'PackageDetailId',
  'ReturnTrackingNumber',
  'ServiceLevelCode',
  'ShipViaId',
  'ShipmentId',
  'FulfillmentId',
  'FulfillmentDetailId',
  'SerialNumber',
  'GiftCardNumber',
  'Extended',
];

function pick(source: Record<string, Json>, names: string[]): JsonObject {
  return Object.fromEntries(Object.entries(source).filter(([name]) => names.includes(name)));
}

function shortEvent(order: JsonObject, event: JsonObject, now: string): ShortFollowUp[] {
  const reasonId = text(event, 'ShortReasonId');
  if (reasonId !== undefined && !isKnownReason(reasonId))
    throw invalid('ShortReasonId', `Short reason ${reasonId} is not known`);
  const part = requiredPart(order, event);
  short([part], reasonId, now);
  const orderLineId = text(part.line, 'OrderLineId') ?? '';
  const notFrom = text(part.release, 'ShipFromLocationId') ?? '';
  return [{ orderLineId, quantity: Number(event.Quantity), reasonId, notFrom }];
}

/** 3500, 3600 and 3700 by release; 7500 also by tracking number alone. */
function statusUpdate(order: JsonObject, event: JsonObject, now: string, { extendedStatuses }: EventRules): void {
  const status = Number(event.StatusId);
  const parts = partsOf(order, event);
  if (status === STATUS.delivered) {
    const fulfillment = objectIn(event, 'FulfillmentInfo');
    const tracking = fulfillment && text(fulfillment, 'TrackingNumber');
    const moved = deliver(order, selectLines(order, undefined), now, tracking);
    if (moved === 0) throw invalid('StatusId', 'Nothing is fulfilled that could be delivered');
    return;
  }
  const from =
    Number.isInteger(status) || extendedStatuses === 'off' ? WAREHOUSE_STEPS[status] : fromOfExtended(status);
  if (!from) throw invalid('StatusId', `Status ${String(event.StatusId)} cannot be set by an event`);
  const moved = parts.map(({ line, quantity }) => moveUnits(line, from, status, quantity));
  if (moved.every((quantity) => quantity === 0)) throw invalid('StatusId', `No unit can move to ${status}`);
}

/** A tenant's `base.xxx` is reached from its base and from where that is reached (§3.2). */
function fromOfExtended(status: number): number[] | undefined {
  const base = Math.floor(status);
  if (base === STATUS.released) return [base];
  const steps = WAREHOUSE_STEPS[base];
  return steps && [base, ...steps];
}

const WAREHOUSE_STEPS: Record<number, number[]> = {
  [STATUS.inProcess]: [STATUS.released],
  [STATUS.picked]: [STATUS.inProcess, STATUS.released],
  [STATUS.packed]: [STATUS.picked, STATUS.inProcess, STATUS.released],
};

function partsOf(order: JsonObject, event: JsonObject): ReleasedPart[] {
  const releaseId = text(event, 'ReleaseId');
  if (Number(event.StatusId) === STATUS.delivered) return [];
  if (releaseId === undefined) throw invalid('ReleaseId', 'ReleaseId is required');
  if (text(event, 'ReleaseLineId') !== undefined) return [requiredPart(order, event)];
  const parts = releasedParts(order, selectLines(order, undefined)).filter(
    ({ release }) => release.ReleaseId === releaseId,
  );
  if (parts.length === 0) throw invalid('ReleaseId', `Release ${releaseId} has no open units`);
  return parts;
}

/** Order, line and quantity alone are refused: an event speaks of a release line. */
function requiredPart(order: JsonObject, event: JsonObject): ReleasedPart {
  const releaseId = text(event, 'ReleaseId');
  const releaseLineId = text(event, 'ReleaseLineId');
  if (releaseId === undefined) throw invalid('ReleaseId', 'ReleaseId is required');
  if (releaseLineId === undefined) throw invalid('ReleaseLineId', 'ReleaseLineId is required');
  const found = findReleaseLine(order, releaseId, releaseLineId);
  if (!found) throw invalid('ReleaseLineId', `Release line ${releaseId}/${releaseLineId} is not known`);
  const quantity = quantityOf(event, openQuantity(found.releaseLine));
  return { ...found, quantity };
}

function quantityOf(event: JsonObject, open: Units): Units {
  const isStatusUpdate = event.EventTypeId === 'StatusUpdate';
  const sent = event.Quantity ?? null;
  if (sent === null && isStatusUpdate) return open;
  const quantity = toUnits(Number(sent));
  if (sent === null || !(quantity > 0)) throw invalid('Quantity', 'Quantity is required and greater than zero');
  if (quantity > open) throw new Refusal(400, 'Quantity', 'Quantity is more than the release line has open');
  return quantity;
}

/** The order an event is for: named, or found by release or tracking number. */
export function orderOfEvent(orders: JsonObject[], event: JsonObject): JsonObject | undefined {
  const fulfillment = isObject(event.FulfillmentInfo) ? event.FulfillmentInfo : {};
  const tracking = text(fulfillment, 'TrackingNumber');
  return (
    orders.find((order) => order.OrderId === event.OrderId) ??
    orders.find((order) => rows(order, 'Release').some((release) => release.ReleaseId === event.ReleaseId)) ??
    orders.find((order) => rows(order, 'OrderTrackingInfo').some((row) => row.TrackingNumber === tracking))
  );
}

import { addUnits, fromUnits, type Units } from '../wire/decimals.js';
import { addRow, rows, text, type JsonObject } from '../wire/json.js';
import { moveUnits } from '../orders/quantities.js';
import { STATUS } from '../orders/status-ladder.js';
import { invoiceShipment } from './invoice.js';
import { IN_WAREHOUSE, lowerAllocation, type ReleasedPart } from './release-lines.js';

export interface Parcel {
  packageId?: string;
  trackingNumber?: string;
  carrierCode?: string;
  /** Zone-less UTC; now when absent. */
  date?: string;
  /** Attributes of `FulfillmentInfo` (§4.3) that are copied as they are. */
  more?: JsonObject;
}

/**
 * Ships or hands over released units (§4.3): fulfilment detail, release line, reservation, unit rows, tracking and a
 * Shipment invoice per parcel. Units of one release travel in one parcel, substituted ones apart. What is reported has the
 * package and label that are reported, or none; a life that is played has invented ones where none are given.
 */
export function ship(
  order: JsonObject,
  parts: ReleasedPart[],
  parcel: Parcel,
  now: string,
  origin: 'reported' | 'played',
): Units {
  const shipments = [
    ...Map.groupBy(parts, ({ release, substitute }) => `${idOf(release)} ${substitute ?? ''}`).values(),
  ];
  shipments.forEach((own, index) => {
    const labelled = label(order, parcel, index, shipments.length, origin);
    for (const part of own) fulfil(part, labelled, now);
    track(order, labelled, now);
    invoiceShipment(order, own, labelled.packageId, labelled.date ?? now);
  });
  return parts.reduce((shipped, { quantity }) => shipped + quantity, 0);
}

type Labelled = Omit<Parcel, 'packageId'> & { packageId: string | null };

/** The name that a parcel gets from nobody else. */
export function packageName(order: JsonObject): string {
  return `PKG-${text(order, 'OrderId') ?? ''}-${rows(order, 'Invoice').length + 1}`;
}

function idOf(release: JsonObject): string {
  return text(release, 'ReleaseId') ?? '';
}

/** Several parcels from one instruction need names of their own: nothing may overwrite another parcel's tracking. */
function label(
  order: JsonObject,
  parcel: Parcel,
  index: number,
  count: number,
  origin: 'reported' | 'played',
): Labelled {
  const suffix = count > 1 ? `-${index + 1}` : '';
  const number = rows(order, 'Invoice').length + 1;
  const orderId = text(order, 'OrderId') ?? '';
  const played = origin === 'played';
  const invented = played ? { trackingNumber: `TRK-${orderId}-${number}`, carrierCode: 'CARRIER-1' } : {};
  const noName = played ? packageName(order) : null;
  return {
    ...invented,
    ...parcel,
    ...(parcel.trackingNumber === undefined ? {} : { trackingNumber: `${parcel.trackingNumber}${suffix}` }),
    packageId: parcel.packageId === undefined ? noName : `${parcel.packageId}${suffix}`,
  };
}

function fulfil(part: ReleasedPart, parcel: Labelled, now: string): void {
  const { line, release, releaseLine, quantity, substitute } = part;
  moveUnits(line, IN_WAREHOUSE, STATUS.fulfilled, quantity, { substitute });
  addUnits(releaseLine, 'FulfilledQuantity', quantity);
  lowerAllocation(part);
  const detailId = `${idOf(release)}-${text(releaseLine, 'ReleaseLineId') ?? ''}-${rows(line, 'FulfillmentDetail').length + 1}`;
  addRow(line, 'FulfillmentDetail', {
    FulfillmentId: text(release, 'ReleaseId') ?? null,
    FulfillmentDetailId: detailId,
    PackageDetailId: parcel.packageId === null ? null : detailId,
    ReturnTrackingNumber: null,
    ServiceLevelCode: null,
    ShipViaId: null,
    ShipmentId: null,
    SerialNumber: null,
    GiftCardNumber: null,
    Extended: {},
    ...parcel.more,
    PackageId: parcel.packageId,
    TrackingNumber: parcel.trackingNumber ?? null,
    CarrierCode: parcel.carrierCode ?? null,
    FulfillmentDate: parcel.date ?? now,
    ReleaseId: text(release, 'ReleaseId') ?? null,
    ReleaseLineId: text(releaseLine, 'ReleaseLineId') ?? null,
    ItemId: substitute ?? text(line, 'ItemId') ?? null,
    Quantity: fromUnits(quantity),
    StatusId: String(STATUS.fulfilled),
  });
}

function track(order: JsonObject, { trackingNumber, carrierCode, date }: Labelled, now: string): void {
  if (trackingNumber === undefined) return;
  if (rows(order, 'OrderTrackingInfo').some((row) => row.TrackingNumber === trackingNumber)) return;
  addRow(order, 'OrderTrackingInfo', {
    TrackingNumber: trackingNumber,
    CarrierCode: carrierCode ?? null,
    ShippedDate: date ?? now,
    EstimatedDeliveryDate: null,
    DeliveredDate: null,
    PackageStatus: { PackageStatusId: 'Open' },
    OrderTrackingDetail: [],
  });
}

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
 * Shipment invoice per parcel. Units of one release travel in one parcel. What is reported has the label that is reported,
 * or none; a life that is played has an invented one where none is given.
 */
export function ship(
  order: JsonObject,
  parts: ReleasedPart[],
  parcel: Parcel,
  now: string,
  origin: 'reported' | 'played',
): Units {
  const releases = [...new Set(parts.map(({ release }) => release))];
  releases.forEach((release, index) => {
    const own = parts.filter((part) => part.release === release);
    const labelled = label(order, parcel, index, releases.length, origin);
    for (const part of own) fulfil(part, labelled, now);
    track(order, labelled, now);
    invoiceShipment(order, own, labelled.packageId, labelled.date ?? now);
  });
  return parts.reduce((shipped, { quantity }) => shipped + quantity, 0);
}

type Labelled = Parcel & { packageId: string };

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
  const invented = origin === 'played' ? { trackingNumber: `TRK-${orderId}-${number}`, carrierCode: 'CARRIER-1' } : {};
  return {
    ...invented,
    ...parcel,
    ...(parcel.trackingNumber === undefined ? {} : { trackingNumber: `${parcel.trackingNumber}${suffix}` }),
    packageId: parcel.packageId === undefined ? `PKG-${orderId}-${number}` : `${parcel.packageId}${suffix}`,
  };
}

function fulfil(part: ReleasedPart, parcel: Labelled, now: string): void {
  const { line, release, releaseLine, quantity } = part;
  moveUnits(line, IN_WAREHOUSE, STATUS.fulfilled, quantity);
  addUnits(releaseLine, 'FulfilledQuantity', quantity);
  lowerAllocation(part);
  const detailId = `${text(release, 'ReleaseId') ?? ''}-${text(releaseLine, 'ReleaseLineId') ?? ''}-${rows(line, 'FulfillmentDetail').length + 1}`;
  addRow(line, 'FulfillmentDetail', {
    FulfillmentId: text(release, 'ReleaseId') ?? null,
    FulfillmentDetailId: detailId,
    PackageDetailId: detailId,
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
    ItemId: text(line, 'ItemId') ?? null,
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

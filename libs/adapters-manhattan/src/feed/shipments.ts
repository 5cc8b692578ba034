import { lineId, locationId, sku, type Instant, type LocationId, type Shipment } from '@tandem/domain';
import type { Fields } from './fields.js';

type ShipmentLine = Shipment['lines'][number];

/** One FulfillmentDetail row: some units of one line in one parcel. */
interface PackedUnits {
  readonly packageId: string;
  readonly carrier: string | undefined;
  readonly trackingNumber: string | undefined;
  readonly shippedAt: Instant | undefined;
  readonly shipFrom: LocationId | undefined;
  readonly line: ShipmentLine;
}

/**
 * The parcels of an order. The OMS has no entity for them: a parcel is all FulfillmentDetail rows with one PackageId (§4.2).
 * Rows with neither package nor tracking number are hand-overs, such as a pick-up, and no parcels. Packages that
 * share a tracking number are one parcel to its carrier, and to us.
 */
export function shipmentsOf(order: Fields, lines: readonly Fields[]): readonly Shipment[] {
  const shipFrom = new Map(
    order.children('Release').map((release) => [release.text('ReleaseId'), release.text('ShipFromLocationId')]),
  );
  const rows = lines.flatMap((line) =>
    line.children('FulfillmentDetail').flatMap((row) => packedUnits(line, row, shipFrom)),
  );
  const packages = [...Map.groupBy(rows, ({ packageId }) => packageId).values()];
  const parcels = Map.groupBy(packages, keyOf);
  return [...parcels].map(([key, parts]) => shipmentOf(key, parts.flat())).sort((a, b) => (a.key < b.key ? -1 : 1));
}

function packedUnits(
  line: Fields,
  row: Fields,
  shipFrom: ReadonlyMap<string | undefined, string | undefined>,
): readonly PackedUnits[] {
  const trackingNumber = row.text('TrackingNumber');
  const packageId = row.text('PackageId') ?? trackingNumber;
  const quantity = row.quantity('Quantity') ?? 0;
  if (packageId === undefined || quantity === 0) return [];
  const from = shipFrom.get(row.text('ReleaseId'));
  const item = row.text('ItemId') ?? line.requiredText('ItemId');
  return [
    {
      packageId,
      carrier: row.text('CarrierCode'),
      trackingNumber,
      shippedAt: row.moment('FulfillmentDate'),
      shipFrom: from === undefined ? undefined : locationId(from),
      line: { line: lineId(line.requiredText('OrderLineId')), sku: sku(item), quantity },
    },
  ];
}

/** Carrier and tracking number, where the parcel has them: they outlive a re-keyed package. Else the package id. */
function keyOf(rows: readonly PackedUnits[]): string {
  const tracked = rows.find(({ trackingNumber }) => trackingNumber !== undefined);
  if (tracked?.trackingNumber === undefined) return rows[0]?.packageId ?? '';
  const carrier = rows.find((row) => row.carrier !== undefined)?.carrier;
  return carrier === undefined ? tracked.trackingNumber : `${carrier}:${tracked.trackingNumber}`;
}

function shipmentOf(key: string, rows: readonly PackedUnits[]): Shipment {
  const carrier = firstOf(rows, (row) => row.carrier);
  const trackingNumber = firstOf(rows, (row) => row.trackingNumber);
  const shippedAt = rows.flatMap((row) => row.shippedAt ?? []).sort()[0];
  const shipFrom = firstOf(rows, (row) => row.shipFrom);
  return {
    key,
    packageId: firstOf(rows, (row) => row.packageId) ?? key,
    ...(carrier !== undefined && { carrier }),
    ...(trackingNumber !== undefined && { trackingNumber }),
    ...(shippedAt !== undefined && { shippedAt }),
    ...(shipFrom !== undefined && { shipFrom }),
    lines: summed(rows.map(({ line }) => line)),
  };
}

const firstOf = <Value>(rows: readonly PackedUnits[], of: (row: PackedUnits) => Value | undefined): Value | undefined =>
  rows.map(of).find((value) => value !== undefined);

/** Serial numbers give every unit its own row: one entry for each line and item is enough. */
function summed(lines: readonly ShipmentLine[]): readonly ShipmentLine[] {
  const groups = Map.groupBy(lines, ({ line, sku }) => JSON.stringify([line, sku]));
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const quantity = others.reduce((total, { quantity }) => total + quantity, first.quantity);
    return [{ ...first, quantity: Number(quantity.toFixed(4)) }];
  });
}

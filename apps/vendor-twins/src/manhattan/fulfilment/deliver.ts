import { sum, units, type Units } from '../wire/decimals.js';
import { rows, type JsonObject } from '../wire/json.js';
import { moveUnits } from '../orders/quantities.js';
import { STATUS } from '../orders/status-ladder.js';
import { total } from './allocate.js';
import type { Selected } from './selection.js';

/** The carrier says delivered: fulfilled → delivered (§4.6). With a tracking number only its parcel is meant. */
export function deliver(order: JsonObject, selection: Selected[], now: string, trackingNumber?: string): Units {
  const delivered = new Set<JsonObject>();
  const moved = total(selection, ({ line, quantity }) => {
    const details = rows(line, 'FulfillmentDetail').filter(
      (row) =>
        row.StatusId === String(STATUS.fulfilled) &&
        (trackingNumber === undefined || row.TrackingNumber === trackingNumber),
    );
    const wanted = Math.min(quantity, sum(details.map((row) => units(row, 'Quantity'))));
    let left = wanted;
    for (const detail of details) {
      if (units(detail, 'Quantity') > left) continue;
      left -= units(detail, 'Quantity');
      detail.StatusId = String(STATUS.delivered);
      delivered.add(detail);
    }
    return moveUnits(line, [STATUS.fulfilled], STATUS.delivered, wanted);
  });
  closeTracking(order, delivered, now);
  return moved;
}

function closeTracking(order: JsonObject, delivered: Set<JsonObject>, now: string): void {
  const numbers = new Set([...delivered].map((detail) => detail.TrackingNumber));
  for (const tracking of rows(order, 'OrderTrackingInfo').filter((row) => numbers.has(row.TrackingNumber))) {
    tracking.DeliveredDate = now;
    tracking.PackageStatus = { PackageStatusId: 'Closed' };
  }
}

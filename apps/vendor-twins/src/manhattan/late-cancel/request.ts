import { addUnits, sum, units } from '../wire/decimals.js';
import { flag, referenceId, rows, type JsonObject } from '../wire/json.js';
import { lineById } from '../fulfilment/selection.js';
import { IN_WAREHOUSE, lowerAllocation, releasedParts } from '../fulfilment/release-lines.js';
import { CANCELLABLE, cancelCause, cancelUnits, completeOrderCancel } from '../orders/cancel.js';
import { unitsIn } from '../orders/quantities.js';
import { lineStatusRange, STATUS } from '../orders/status-ladder.js';

/** What a line says about its late cancel (§3.6). */
export type CancellationRequestStatus = 'Requested' | 'Success' | 'Failure' | 'Partial Cancellation';

/**
 * A whole line that is with the warehouse is not cancelled by the save that asks for it: the line only says `Requested`
 * (§3.6). Lines that cannot be asked for any more stay marked as cancelled, and the rules refuse them.
 */
export function requestLateCancels(draft: JsonObject, before: JsonObject | undefined, payload: JsonObject): void {
  if (!before || String(payload.IsCancelled) === 'true') return;
  if ((referenceId(draft, 'DocType', 'DocTypeId') ?? 'CustomerOrder') !== 'CustomerOrder') return;
  for (const line of rows(draft, 'OrderLine')) {
    const old = lineById(before, String(line.OrderLineId));
    if (!flag(line, 'IsCancelled') || !old || flag(old, 'IsCancelled') || !mayBeAskedFor(old)) continue;
    line.IsCancelled = false;
    line.CancellationRequestStatus = 'Requested';
  }
}

/** Home delivery until a unit is packed, pickup until it is picked up (§3.6). */
function mayBeAskedFor(line: JsonObject): boolean {
  const { max } = lineStatusRange(line);
  if (max < STATUS.released) return false;
  return max < endOf(line);
}

function endOf(line: JsonObject): number {
  switch (referenceId(line, 'DeliveryMethod', 'DeliveryMethodId')) {
    case 'ShipToAddress':
      return STATUS.packed;
    case 'PickUpAtStore':
      return STATUS.fulfilled;
    default:
      return STATUS.released;
  }
}

/**
 * The warehouse agreed: what it can still take back is cancelled, with its release lines; `keep` units stay. Answers what
 * became of the request.
 */
export function cancelReleased(
  order: JsonObject,
  lineId: string,
  keep: number,
  now: string,
): CancellationRequestStatus {
  const line = lineById(order, lineId);
  if (!line) return 'Failure';
  const warehouse = IN_WAREHOUSE.filter((status) => status < endOf(line));
  const possible = unitsIn(line, [...CANCELLABLE, ...warehouse]);
  const quantity = Math.max(0, possible - keep);
  if (quantity === 0) return 'Failure';
  const isWhole = quantity === units(line, 'Quantity');
  for (const part of releasedParts(order, [{ line, quantity: fromWarehouse(line, quantity), location: undefined }])) {
    addUnits(part.releaseLine, 'CancelledQuantity', part.quantity);
    part.releaseLine.CancelledDate = now.slice(0, 10);
    lowerAllocation(part);
  }
  cancelUnits(line, quantity, cancelCause(line));
  completeOrderCancel(order, cancelCause(line));
  return isWhole ? 'Success' : 'Partial Cancellation';
}

/** Units that nobody has released go first, so that many releases lose less. */
function fromWarehouse(line: JsonObject, quantity: number): number {
  return Math.max(0, quantity - sum(CANCELLABLE.map((status) => unitsIn(line, [status]))));
}

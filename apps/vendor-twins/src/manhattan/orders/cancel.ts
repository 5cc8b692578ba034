import { addUnits, setUnits, sum, units, type Units } from '../wire/decimals.js';
import { addRow, flag, objectIn, rows, text, type JsonObject } from '../wire/json.js';
import { takeUnits, unitsIn } from './quantities.js';
import { STATUS } from './status-ladder.js';
import { amountsOf, net } from './totals.js';

/** Units leave in this order: what nobody holds stock for goes first. */
const CANCEL_ORDER = [
  STATUS.backOrdered,
  STATUS.open,
  STATUS.allocated,
  STATUS.released,
  STATUS.inProcess,
  STATUS.picked,
  STATUS.packed,
  STATUS.pendingReturn,
  STATUS.pendingApproval,
  STATUS.carrierScanned,
];

/** Statuses from which units can still be cancelled: below released (§3.6). */
export const CANCELLABLE: readonly number[] = [STATUS.backOrdered, STATUS.open, STATUS.allocated];

export interface CancelCause {
  reasonId: string | undefined;
  comments: string | undefined;
}

/**
 * Cancels up to `quantity` units of a line (§3.6): quantity and unit rows go down, the reservation follows, the history
 * grows. With its last unit the line is cancelled. Answers how many units it cancelled.
 */
export function cancelUnits(line: JsonObject, quantity: Units, cause: CancelCause): Units {
  if (quantity >= units(line, 'Quantity')) return cancelLine(line, cause);
  const cancelled = takeUnits(line, CANCEL_ORDER, quantity);
  addUnits(line, 'Quantity', -cancelled);
  trimReservation(line);
  recordCancel(line, cancelled, cause);
  return cancelled;
}

/** Full line cancel: zeroed, charges and taxes moved to their `Cancelled*` copies, rows stay at 0 (§3.2, §3.6). */
export function cancelLine(line: JsonObject, cause: CancelCause): Units {
  const quantity = units(line, 'Quantity');
  line.CancelledOrderLineSubTotal = line.OrderLineSubTotal ?? 0;
  line.CancelledOrderLineChargeDetail = rows(line, 'OrderLineChargeDetail');
  line.CancelledOrderLineTaxDetail = rows(line, 'OrderLineTaxDetail');
  line.OrderLineChargeDetail = [];
  line.OrderLineTaxDetail = [];
  takeUnits(line, CANCEL_ORDER, quantity);
  setUnits(line, 'Quantity', 0);
  line.Allocation = [];
  line.IsCancelled = true;
  line.CancelReason = cause.reasonId === undefined ? null : { ReasonId: cause.reasonId };
  line.CancelComments = cause.comments ?? null;
  recordCancel(line, quantity, cause);
  return quantity;
}

/** When every line is cancelled, so is the order, and what it was worth moves to the `Cancelled*` attributes. */
export function completeOrderCancel(order: JsonObject, cause: CancelCause): void {
  const lines = rows(order, 'OrderLine');
  order.CancelLineCount = lines.filter((line) => flag(line, 'IsCancelled')).length;
  if (lines.length === 0 || !lines.every((line) => flag(line, 'IsCancelled'))) return;
  if (Array.isArray(order.CancelledOrderChargeDetail)) return;
  const charges = rows(order, 'OrderChargeDetail');
  const taxes = rows(order, 'OrderTaxDetail');
  const subTotal = sum(lines.map((line) => units(line, 'CancelledOrderLineSubTotal')));
  const lineParts = lines.map((line) =>
    net(amountsOf(rows(line, 'CancelledOrderLineChargeDetail'), rows(line, 'CancelledOrderLineTaxDetail'))),
  );
  const prorated = new Set(
    lines
      .flatMap((line) => rows(line, 'CancelledOrderLineChargeDetail'))
      .map((row) => text(row, 'HeaderChargeDetailId')),
  );
  const proratedTaxes = new Set(
    lines.flatMap((line) => rows(line, 'CancelledOrderLineTaxDetail')).map((row) => text(row, 'HeaderTaxDetailId')),
  );
  const header = net(
    amountsOf(
      charges.filter((row) => !prorated.has(text(row, 'ChargeDetailId') ?? '')),
      taxes.filter((row) => !proratedTaxes.has(text(row, 'TaxDetailId') ?? '')),
    ),
  );
  setUnits(order, 'CancelledOrderSubTotal', subTotal);
  setUnits(order, 'CancelledOrderTotal', subTotal + sum(lineParts) + header);
  order.CancelledOrderChargeDetail = charges;
  order.CancelledOrderTaxDetail = taxes;
  order.OrderChargeDetail = [];
  order.OrderTaxDetail = [];
  order.IsCancelled = true;
  order.CancelReason ??= cause.reasonId === undefined ? null : { ReasonId: cause.reasonId };
  order.CancelComments ??= cause.comments ?? null;
}

export function cancelCause(owner: JsonObject): CancelCause {
  const reason = objectIn(owner, 'CancelReason');
  return { reasonId: reason && text(reason, 'ReasonId'), comments: text(owner, 'CancelComments') };
}

function recordCancel(line: JsonObject, quantity: Units, { reasonId, comments }: CancelCause): void {
  if (quantity === 0) return;
  const entry = addRow(line, 'OrderLineCancelHistory', {
    CancelReason: reasonId === undefined ? null : { ReasonId: reasonId },
    CancelComments: comments ?? null,
  });
  setUnits(entry, 'CancelQuantity', quantity);
}

/** Allocations never reserve more than the line has allocated units. */
export function trimReservation(line: JsonObject): void {
  const open = rows(line, 'Allocation').filter((row) => isOpenAllocation(row));
  let excess = sum(open.map((row) => units(row, 'Quantity'))) - unitsIn(line, [STATUS.allocated]);
  for (const allocation of open.reverse()) {
    const less = Math.max(0, Math.min(excess, units(allocation, 'Quantity')));
    addUnits(allocation, 'Quantity', -less);
    excess -= less;
  }
  line.Allocation = rows(line, 'Allocation').filter((row) => units(row, 'Quantity') > 0 || !isOpenAllocation(row));
}

/** An allocation that no release has taken yet. */
export function isOpenAllocation(allocation: JsonObject): boolean {
  const status = objectIn(allocation, 'Status');
  return status !== undefined && text(status, 'StatusId') === 'Open';
}

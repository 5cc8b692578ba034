import { sum, units, type Units } from '../wire/decimals.js';
import { flag, referenceId, rows, text, type JsonObject } from '../wire/json.js';
import { addInvoice, invoicedLine } from '../fulfilment/invoice.js';
import { isApplied } from '../orders/derive.js';
import { moveUnits, unitsIn } from '../orders/quantities.js';
import { lineStatusRange, STATUS } from '../orders/status-ladder.js';
import { requestRefund } from './refund.js';
import type { ReturnSurroundings } from './return-lines.js';

export interface ReturnedPart {
  line: JsonObject;
  quantity: Units;
}

/** Units reach 18000: the return invoice, the refund, and the end of an exchange's waiting (§5.1, §5.3). */
export function completeReturn(
  order: JsonObject,
  parts: ReturnedPart[],
  now: string,
  surroundings: ReturnSurroundings,
): Units {
  const moved = parts.map(({ line, quantity }) =>
    moveUnits(line, [STATUS.received, STATUS.pendingApproval], STATUS.returnCompleted, quantity),
  );
  invoiceReturn(order, [STATUS.returnCompleted], now, surroundings);
  if (surroundings.switches.returnItemsPendingResolves) endWaiting(order);
  return sum(moved);
}

/** One invoice per parent over the units in these statuses that no return invoice has yet. */
export function invoiceReturn(
  order: JsonObject,
  statuses: number[],
  now: string,
  { orderById, switches }: ReturnSurroundings,
): void {
  const due = returnLinesOf(order)
    .map((line) => ({ line, quantity: unitsIn(line, statuses) - invoiced(order, line) }))
    .filter(({ quantity }) => quantity > 0);
  for (const parentId of new Set(due.map(({ line }) => text(line, 'ParentOrderId')))) {
    const lines = due
      .filter(({ line }) => text(line, 'ParentOrderId') === parentId)
      .map(({ line, quantity }) => invoicedLine(order, line, quantity, invoiced(order, line) + quantity, null));
    const invoice = addInvoice(order, 'Return', lines, { FulfillmentDate: now, ParentOrderId: parentId ?? null });
    requestRefund(order, parentId === undefined ? undefined : orderById(parentId), invoice, switches.refundOrder);
  }
}

export function returnLinesOf(order: JsonObject): JsonObject[] {
  return rows(order, 'OrderLine').filter((line) => flag(line, 'IsReturn') && !flag(line, 'IsCancelled'));
}

function invoiced(order: JsonObject, line: JsonObject): Units {
  const own = rows(order, 'Invoice')
    .filter((invoice) => referenceId(invoice, 'InvoiceType', 'InvoiceTypeId') === 'Return')
    .flatMap((invoice) => rows(invoice, 'InvoiceLine'))
    .filter((row) => row.OrderLineId === line.OrderLineId);
  return sum(own.map((row) => units(row, 'Quantity')));
}

function endWaiting(order: JsonObject): void {
  if (returnLinesOf(order).some((line) => lineStatusRange(line).min !== STATUS.returnCompleted)) return;
  for (const hold of rows(order, 'OrderHold'))
    if (hold.HoldTypeId === 'ReturnItemsPending' && isApplied(hold)) hold.StatusId = '2000';
}

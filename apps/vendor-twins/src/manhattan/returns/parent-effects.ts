import type { TenantConfig } from '../control/tenant-config.js';
import { sum, units, type Units } from '../wire/decimals.js';
import { flag, referenceId, rows, text, type JsonObject } from '../wire/json.js';
import type { OrderChange, OrderLedger } from '../orders/order-ledger.js';
import { moveUnits, unitsIn } from '../orders/quantities.js';
import { STATUS } from '../orders/status-ladder.js';
import { writeReturnCredit } from './refund.js';

/** What a return does to the order that the goods were sold with (§5.1, §5.3): a transaction of its own there. */
export function applyParentEffects(ledger: OrderLedger, config: TenantConfig, change: OrderChange): void {
  const { before, after, caller, silent } = change;
  const parents = new Set(returnLines(after).map((line) => text(line, 'ParentOrderId') ?? ''));
  for (const parentId of parents) {
    const stored = ledger.find(caller.organization, parentId);
    if (!stored) continue;
    const draft = structuredClone(stored);
    const returnId = text(after, 'OrderId') ?? '';
    draft.RelatedReturnIds = [...new Set([...idsIn(draft), returnId])];
    const pending = Number(config.now.parentStatusOnReturn);
    for (const line of rows(draft, 'OrderLine'))
      moveClaimed(line, claims(before, parentId, line), claims(after, parentId, line), pending);
    for (const invoice of freshInvoices(before, after))
      writeReturnCredit(draft, invoice, parentId, config.now.refundOrder);
    ledger.commit({ ...caller, by: 'life' }, stored, draft, silent);
  }
}

interface Claims {
  /** Units of the parent line that live return lines speak of, and those of them that have come back. */
  all: Units;
  completed: Units;
}

function claims(order: JsonObject | undefined, parentId: string, parentLine: JsonObject): Claims {
  const own = returnLines(order ?? {}).filter(
    (line) => line.ParentOrderId === parentId && line.ParentOrderLineId === parentLine.OrderLineId,
  );
  return {
    all: sum(own.map((line) => units(line, 'Quantity'))),
    completed: sum(own.map((line) => unitsIn(line, [STATUS.returnCompleted]))),
  };
}

function moveClaimed(line: JsonObject, old: Claims, fresh: Claims, pending: number): void {
  const more = fresh.all - old.all;
  if (more > 0) moveUnits(line, [STATUS.delivered, STATUS.fulfilled], pending, more);
  if (more < 0) giveBack(line, -more);
  if (fresh.completed > old.completed)
    moveUnits(line, [STATUS.returnPending], STATUS.returned, fresh.completed - old.completed);
}

/** Back to delivered as far as the parcels were, the rest to fulfilled. */
function giveBack(line: JsonObject, quantity: Units): void {
  const parcels = rows(line, 'FulfillmentDetail').filter((row) => row.StatusId === String(STATUS.delivered));
  const delivered = sum(parcels.map((row) => units(row, 'Quantity'))) - unitsIn(line, [STATUS.delivered]);
  const from = [STATUS.returnPending, STATUS.returned];
  const moved = moveUnits(line, from, STATUS.delivered, Math.min(quantity, Math.max(0, delivered)));
  moveUnits(line, from, STATUS.fulfilled, quantity - moved);
}

function returnLines(order: JsonObject): JsonObject[] {
  return rows(order, 'OrderLine').filter((line) => flag(line, 'IsReturn'));
}

function idsIn(order: JsonObject): string[] {
  return Array.isArray(order.RelatedReturnIds) ? order.RelatedReturnIds.map(String) : [];
}

function freshInvoices(before: JsonObject | undefined, after: JsonObject): JsonObject[] {
  const known = new Set(rows(before ?? {}, 'Invoice').map((row) => row.InvoiceId));
  return rows(after, 'Invoice').filter(
    (row) => referenceId(row, 'InvoiceType', 'InvoiceTypeId') === 'Return' && !known.has(row.InvoiceId ?? ''),
  );
}

/** The order has lines that came, or come, back. */
export function isReturn(order: JsonObject): boolean {
  return returnLines(order).length > 0;
}

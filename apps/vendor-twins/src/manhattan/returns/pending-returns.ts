import { sum, type Units } from '../wire/decimals.js';
import { twinItself, type Caller } from '../wire/caller.js';
import { rows, text, type JsonObject } from '../wire/json.js';
import { cancelLine, completeOrderCancel } from '../orders/cancel.js';
import type { OrderLedger } from '../orders/order-ledger.js';
import { unitsIn } from '../orders/quantities.js';
import { lineStatusRange, STATUS } from '../orders/status-ladder.js';
import { returnLinesOf } from './complete-return.js';

const CAUSE = { reasonId: undefined, comments: 'Replaced by a newer return' };

/** Units of a parent line that older returns only announce, and that a newer one may take over (§5.1). */
export function announcedUnits(orders: JsonObject[], parentOrderId: string, parentLineId: string): Units {
  const lines = orders.flatMap(pendingLines).filter((line) => isOf(line, parentOrderId, parentLineId));
  return sum(lines.map((line) => unitsIn(line, [STATUS.pendingReturn])));
}

/** Cancels what older returns only announce of the goods that a new return speaks of: those lines, or their whole orders. */
export function cancelOlderReturns(
  ledger: OrderLedger,
  { organization }: Caller,
  fresh: JsonObject,
  strategy: 'cancel-items' | 'cancel-order',
): void {
  const older = ledger.all().filter((order) => order.OrgId === organization && order.OrderId !== fresh.OrderId);
  const isReplaced = (line: JsonObject) =>
    returnLinesOf(fresh).some((own) => isOf(line, text(own, 'ParentOrderId'), text(own, 'ParentOrderLineId')));
  for (const order of older.filter((candidate) => pendingLines(candidate).some(isReplaced)))
    ledger.change(twinItself(organization), text(order, 'OrderId') ?? '', (draft) => {
      const lines = pendingLines(draft).filter((line) => strategy === 'cancel-order' || isReplaced(line));
      for (const line of lines) cancelLine(line, CAUSE);
      completeOrderCancel(draft, CAUSE);
    });
}

function pendingLines(order: JsonObject): JsonObject[] {
  if (!rows(order, 'OrderLine').some((line) => line.IsReturn === true)) return [];
  return returnLinesOf(order).filter((line) => lineStatusRange(line).max === STATUS.pendingReturn);
}

function isOf(line: JsonObject, orderId: string | undefined, lineId: string | undefined): boolean {
  return line.ParentOrderId === orderId && line.ParentOrderLineId === lineId;
}

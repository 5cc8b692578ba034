import { flag, referenceId, rows, text, type JsonObject } from '../wire/json.js';
import { epochOf, vendorTime } from '../wire/vendor-time.js';
import { lineStatusRange, STATUS } from './status-ladder.js';

const DAY_MS = 86_400_000;
const DONE: number[] = [
  ...[STATUS.fulfilled, STATUS.delivered, STATUS.returned, STATUS.canceled],
  ...[STATUS.returnCompleted, STATUS.returnCanceled],
];
const SETTLED = [0, 5000, 7000];

/** Once nothing more happens to its units and its money, an order has a date from which it is archived (§3.9). */
export function stampArchiveDate(order: JsonObject, now: string, days: number): void {
  const payment = Number(referenceId(order, 'PaymentStatus', 'StatusId'));
  if (days > 0 && SETTLED.includes(payment) && rows(order, 'OrderLine').every(isDone))
    order.ArchiveDate = vendorTime(epochOf(now) + days * DAY_MS);
  else delete order.ArchiveDate;
}

/** Archived orders have left the component: reads and searches miss them, until a change brings them back. */
export function isArchived(order: JsonObject, now: number): boolean {
  const date = text(order, 'ArchiveDate');
  return date !== undefined && epochOf(date) <= now;
}

function isDone(line: JsonObject): boolean {
  if (flag(line, 'IsCancelled')) return true;
  const { min, max } = lineStatusRange(line);
  return [min, max].every((status) => DONE.includes(Math.floor(status)));
}

import { rows, text, type JsonObject } from '../wire/json.js';
import { units } from '../wire/decimals.js';

/** The ladder of sale and return lines (§3.2), by number. */
export const STATUS = {
  open: 1000,
  backOrdered: 1500,
  allocated: 2000,
  released: 3000,
  inProcess: 3500,
  picked: 3600,
  packed: 3700,
  fulfilled: 7000,
  delivered: 7500,
  /** Of a sold unit: a return order was created for it, and then completed. */
  returnPending: 8000,
  returned: 8500,
  canceled: 9000,
  pendingReturn: 11000,
  pendingApproval: 13000,
  carrierScanned: 14000,
  received: 15000,
  returnCompleted: 18000,
  returnCanceled: 19000,
} as const;

const NAMES: Record<number, string> = {
  1000: 'Open',
  1500: 'Back Ordered',
  1600: 'Awaiting Procurement',
  2000: 'Allocated',
  3000: 'Released',
  3500: 'In Process',
  3600: 'Picked',
  3700: 'Packed',
  7000: 'Fulfilled',
  7500: 'Delivered',
  8000: 'Pending Return',
  8500: 'Returned',
  9000: 'Canceled',
  11000: 'Pending Return',
  13000: 'Pending Approval',
  14000: 'Carrier Scanned',
  15000: 'Received',
  18000: 'Returned',
  19000: 'Canceled',
};

/** The numeric id of a row; ids come as `"1000"` and as `"1000.000"`. */
export function statusOf(row: JsonObject): number {
  return Number(text(row, 'StatusId'));
}

/** Whether a row counts as being in a status: an extended one such as `3000.500` is still released (§3.2). */
export function isIn(row: JsonObject, status: number): boolean {
  const own = statusOf(row);
  return own === status || Math.floor(own) === status;
}

/** The id as it is written: base statuses plain, extended ones with their three digits. */
export function statusId(status: number): string {
  return Number.isInteger(status) ? String(status) : status.toFixed(3);
}

/** Lowest and highest status of the units a line still has; a line without units is canceled (§3.2). */
export function lineStatusRange(line: JsonObject): { min: number; max: number } {
  const statuses = rows(line, 'QuantityDetail')
    .filter((row) => units(row, 'Quantity') > 0)
    .map(statusOf);
  if (statuses.length > 0) return { min: Math.min(...statuses), max: Math.max(...statuses) };
  const canceled = line.IsReturn === true ? STATUS.returnCanceled : STATUS.canceled;
  return { min: canceled, max: canceled };
}

/** Roll-up over lines; canceled lines count only when everything is canceled. Null where there is no line. */
export function orderStatusRange(lines: JsonObject[]): { min: number; max: number } | null {
  const ranges = lines.map(lineStatusRange);
  const alive = ranges.filter(({ max }) => max !== STATUS.canceled && max !== STATUS.returnCanceled);
  const counted = alive.length > 0 ? alive : ranges;
  if (counted.length === 0) return null;
  return { min: Math.min(...counted.map(({ min }) => min)), max: Math.max(...counted.map(({ max }) => max)) };
}

/** The text people see; "Partially" when units differ. Never to be keyed on (§3.2). */
export function displayStatus(range: { min: number; max: number } | null): string | null {
  if (range === null) return null;
  const name = NAMES[Math.floor(range.max)] ?? String(range.max);
  return range.min === range.max ? name : `Partially ${name}`;
}

import { addUnits, setUnits, sum, units, type Units } from '../wire/decimals.js';
import { addRow, rows, text, type JsonObject } from '../wire/json.js';
import { isIn, statusId, statusOf } from './status-ladder.js';

/** Units of a line in any of the statuses. */
export function unitsIn(line: JsonObject, statuses: readonly number[]): Units {
  return sum(
    rows(line, 'QuantityDetail')
      .filter((row) => statuses.some((status) => isIn(row, status)))
      .map((row) => units(row, 'Quantity')),
  );
}

/** Puts units into the line's row of a status, which begins to exist with its first unit. */
export function putUnits(line: JsonObject, status: number, quantity: Units, reasonId?: string): void {
  if (quantity === 0) return;
  const details = rows(line, 'QuantityDetail');
  const row =
    details.find((candidate) => statusOf(candidate) === status) ??
    addRow(line, 'QuantityDetail', {
      QuantityDetailId: `${text(line, 'OrderLineId') ?? ''}-${details.length + 1}`,
      StatusId: statusId(status),
      Status: { StatusId: statusId(status) },
      Quantity: 0,
      ItemId: text(line, 'ItemId') ?? null,
      UOM: text(line, 'UOM') ?? null,
      Reason: null,
    });
  addUnits(row, 'Quantity', quantity);
  if (reasonId !== undefined) row.Reason = { ReasonId: reasonId };
}

/**
 * Takes units out of the statuses in the order given and says how many there were, at most `quantity`.
 * A row that empties stays with quantity 0 as a trace (§3.2).
 */
export function takeUnits(line: JsonObject, statuses: readonly number[], quantity: Units): Units {
  let left = quantity;
  for (const status of statuses) {
    for (const row of rows(line, 'QuantityDetail').filter((candidate) => isIn(candidate, status))) {
      const taken = Math.min(left, units(row, 'Quantity'));
      setUnits(row, 'Quantity', units(row, 'Quantity') - taken);
      left -= taken;
    }
  }
  return quantity - left;
}

/** Moves up to `quantity` units to a status and says how many moved. */
export function moveUnits(
  line: JsonObject,
  from: readonly number[],
  to: number,
  quantity: Units,
  reasonId?: string,
): Units {
  const moved = takeUnits(line, from, quantity);
  putUnits(line, to, moved, reasonId);
  return moved;
}

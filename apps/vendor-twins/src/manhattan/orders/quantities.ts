import { addUnits, setUnits, sum, units, type Units } from '../wire/decimals.js';
import { addRow, rows, text, type JsonObject } from '../wire/json.js';
import { isIn, statusId, statusOf } from './status-ladder.js';

/** What units bring along to the row that they come to. */
export interface UnitMark {
  reasonId?: string | undefined;
  /** The item that goes instead of the line's own. */
  substitute?: string | undefined;
}

/** Units of a line in any of the statuses. */
export function unitsIn(line: JsonObject, statuses: readonly number[]): Units {
  return sum(
    rows(line, 'QuantityDetail')
      .filter((row) => statuses.some((status) => isIn(row, status)))
      .map((row) => units(row, 'Quantity')),
  );
}

/** Puts units into the line's row of a status, which begins to exist with its first unit. Substituted units have rows of their own. */
export function putUnits(line: JsonObject, status: number, quantity: Units, mark: UnitMark = {}): void {
  if (quantity === 0) return;
  const { reasonId, substitute } = mark;
  const details = rows(line, 'QuantityDetail');
  const row =
    details.find((candidate) => statusOf(candidate) === status && substituteOf(candidate) === substitute) ??
    addRow(line, 'QuantityDetail', {
      QuantityDetailId: `${text(line, 'OrderLineId') ?? ''}-${details.length + 1}`,
      StatusId: statusId(status),
      Status: { StatusId: statusId(status) },
      Quantity: 0,
      ItemId: substitute ?? text(line, 'ItemId') ?? null,
      UOM: text(line, 'UOM') ?? null,
      Reason: null,
      ...(substitute === undefined ? {} : { SubstitutionType: 'Immediate', SubstitutionRatio: 1 }),
    });
  addUnits(row, 'Quantity', quantity);
  if (reasonId !== undefined) row.Reason = { ReasonId: reasonId };
}

/** The item that a row's units were substituted by; undefined where they are what was ordered. */
function substituteOf(row: JsonObject): string | undefined {
  return text(row, 'SubstitutionType') === undefined ? undefined : text(row, 'ItemId');
}

/**
 * Takes units out of the statuses in the order given and says how many there were, at most `quantity`.
 * A row that empties stays with quantity 0 as a trace (§3.2).
 */
export function takeUnits(line: JsonObject, statuses: readonly number[], quantity: Units): Units {
  return sum(takeFromRows(line, statuses, quantity).map(({ taken }) => taken));
}

function takeFromRows(line: JsonObject, statuses: readonly number[], quantity: Units) {
  let left = quantity;
  return statuses.flatMap((status) =>
    rows(line, 'QuantityDetail')
      .filter((candidate) => isIn(candidate, status))
      .map((row) => {
        const taken = Math.min(left, units(row, 'Quantity'));
        setUnits(row, 'Quantity', units(row, 'Quantity') - taken);
        left -= taken;
        return { row, taken };
      }),
  );
}

/** Moves up to `quantity` units to a status and says how many moved. What was substituted stays so. */
export function moveUnits(
  line: JsonObject,
  from: readonly number[],
  to: number,
  quantity: Units,
  mark: UnitMark = {},
): Units {
  const found = takeFromRows(line, from, quantity);
  for (const { row, taken } of found)
    putUnits(line, to, taken, { ...mark, substitute: mark.substitute ?? substituteOf(row) });
  return sum(found.map(({ taken }) => taken));
}

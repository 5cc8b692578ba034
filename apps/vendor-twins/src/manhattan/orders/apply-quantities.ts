import { setUnits, units } from '../wire/decimals.js';
import { flag, rows, text, type JsonObject } from '../wire/json.js';
import { invalid } from '../wire/refusal.js';
import { cancelCause, cancelLine, cancelUnits, completeOrderCancel, type CancelCause } from './cancel.js';
import { putUnits } from './quantities.js';
import { STATUS } from './status-ladder.js';
import { computeTotals } from './totals.js';

/**
 * Turns what a merge left in `draft` into unit movements: new lines open their units, a higher or lower quantity opens or
 * cancels units, `IsCancelled` cancels line or order (§3.6). Whether that is allowed is judged afterwards.
 * @throws Refusal for a negative quantity
 */
export function applyCancelsAndQuantities(
  draft: JsonObject,
  before: JsonObject | undefined,
  payload: JsonObject,
): void {
  const lines = rows(draft, 'OrderLine');
  const orderAsks = flag(draft, 'IsCancelled') && before?.IsCancelled !== true;
  const oldLines = new Map(rows(before ?? {}, 'OrderLine').map((line) => [text(line, 'OrderLineId'), line]));
  const cancels = new Map<JsonObject, CancelCause>();
  for (const line of lines) {
    const old = oldLines.get(text(line, 'OrderLineId'));
    if (units(line, 'Quantity') < 0) throw invalid('Quantity', 'Quantity must not be negative');
    if (old && flag(old, 'IsCancelled')) keepCancelled(line, old, payload);
    else if (orderAsks || flag(line, 'IsCancelled')) {
      cancels.set(line, cancelCause(line.CancelReason || !orderAsks ? line : draft));
      if (old) line.Quantity = old.Quantity ?? 0;
    }
    if (!old) putUnits(line, flag(line, 'IsReturn') ? STATUS.pendingReturn : STATUS.open, units(line, 'Quantity'));
  }
  for (const line of lines) {
    const old = oldLines.get(text(line, 'OrderLineId'));
    if (old && !cancels.has(line) && !flag(old, 'IsCancelled')) changeQuantity(line, old);
  }
  if (cancels.size === 0) return completeOrderCancel(draft, cancelCause(draft));
  computeTotals(draft);
  for (const [line, cause] of cancels) cancelLine(line, cause);
  completeOrderCancel(draft, cancelCause(draft));
}

/** Canceled is terminal (§3.2). A repeat of the cancel with the old amounts in it changes nothing. */
function keepCancelled(line: JsonObject, old: JsonObject, payload: JsonObject): void {
  const sent = rows(payload, 'OrderLine').find((row) => String(row.OrderLineId) === text(line, 'OrderLineId'));
  line.IsCancelled = true;
  if (sent && String(sent.IsCancelled) === 'true') Object.assign(line, structuredClone(old));
}

function changeQuantity(line: JsonObject, old: JsonObject): void {
  const more = units(line, 'Quantity') - units(old, 'Quantity');
  if (more > 0) putUnits(line, flag(line, 'IsReturn') ? STATUS.pendingReturn : STATUS.open, more);
  if (more >= 0) return;
  setUnits(line, 'Quantity', units(old, 'Quantity'));
  cancelUnits(line, -more, cancelCause(line));
}

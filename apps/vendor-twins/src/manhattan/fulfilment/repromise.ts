import type { TenantConfig } from '../control/tenant-config.js';
import { text, flag, rows, type JsonObject } from '../wire/json.js';
import { twinItself } from '../wire/caller.js';
import type { VirtualClock } from '../wire/virtual-clock.js';
import { trimReservation } from '../orders/cancel.js';
import type { OrderChange, OrderLedger } from '../orders/order-ledger.js';
import { moveUnits, unitsIn } from '../orders/quantities.js';
import { STATUS } from '../orders/status-ladder.js';
import { allocate } from './allocate.js';
import { lineById, selectLines } from './selection.js';

const PROMISED: number[] = [STATUS.allocated, STATUS.backOrdered];

/** A line with another promised location is promised anew (§3.2 `updateOrder`, §4.4): 2000 and 1500 go back to 1000. */
export function repromise(draft: JsonObject, before: JsonObject | undefined): void {
  for (const line of reroutedLines(before, draft)) {
    moveUnits(line, PROMISED, STATUS.open, unitsIn(line, PROMISED));
    trimReservation(line);
  }
}

/** Follows such a save with the allocation that the vendor does by itself a moment later (§2.5b). */
export function reallocateRerouted(ledger: OrderLedger, clock: VirtualClock, config: TenantConfig): void {
  ledger.onCommit(({ before, after, caller }: OrderChange) => {
    const lines = reroutedLines(before, after).map((line) => ({ orderLineId: text(line, 'OrderLineId') ?? '' }));
    if (lines.length === 0) return;
    clock.later(0, () =>
      ledger.change(twinItself(caller.organization), text(after, 'OrderId') ?? '', (draft) => {
        const alive = lines.filter(({ orderLineId }) => !flag(lineById(draft, orderLineId) ?? {}, 'IsCancelled'));
        allocate(draft, selectLines(draft, alive), config.now);
      }),
    );
  });
}

/** Lines that were promised before and whose promised location the save has changed. */
function reroutedLines(before: JsonObject | undefined, after: JsonObject): JsonObject[] {
  return rows(after, 'OrderLine').filter((line) => {
    const old = before && lineById(before, text(line, 'OrderLineId'));
    if (!old || flag(line, 'IsCancelled') || unitsIn(old, PROMISED) === 0) return false;
    return JSON.stringify(old.OrderLinePromisingInfo) !== JSON.stringify(line.OrderLinePromisingInfo);
  });
}

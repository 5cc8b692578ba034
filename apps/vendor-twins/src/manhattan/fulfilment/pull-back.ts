import { addUnits } from '../wire/decimals.js';
import { rows, text, type JsonObject } from '../wire/json.js';
import { invalid } from '../wire/refusal.js';
import { moveUnits } from '../orders/quantities.js';
import { STATUS } from '../orders/status-ladder.js';
import { IN_WAREHOUSE, openQuantity } from './release-lines.js';
import { lineById } from './selection.js';

/** Goods on their way to a store are not pulled back (§4.1). */
const KEPT = ['ShipToStore', 'PickUpAtStore'];

/**
 * `release/cancel` (§4.1, §4.4): what the warehouse has not shipped is allocated again, the release stays with
 * `CancelledQuantity`. @throws Refusal 400 for an unknown release, one for a store, or one with nothing open
 */
export function pullBack(order: JsonObject, releaseId: string, now: string): void {
  const release = rows(order, 'Release').find((row) => row.ReleaseId === releaseId);
  if (!release) throw invalid('ReleaseId', `Release ${releaseId} is not known`);
  if (KEPT.includes(text(release, 'DeliveryMethodId') ?? ''))
    throw invalid('ReleaseId', `Release ${releaseId} for a store cannot be cancelled`);
  const open = rows(release, 'ReleaseLine').filter((releaseLine) => openQuantity(releaseLine) > 0);
  if (open.length === 0) throw invalid('ReleaseId', `Release ${releaseId} has no open units`);
  for (const releaseLine of open) {
    const line = lineById(order, text(releaseLine, 'OrderLineId'));
    if (line) takeBack(line, releaseLine, now);
  }
}

function takeBack(line: JsonObject, releaseLine: JsonObject, now: string): void {
  const quantity = openQuantity(releaseLine);
  moveUnits(line, [...IN_WAREHOUSE].reverse(), STATUS.allocated, quantity);
  addUnits(releaseLine, 'CancelledQuantity', quantity);
  releaseLine.CancelledDate = now.slice(0, 10);
  const allocation = rows(line, 'Allocation').find((row) => row.AllocationId === releaseLine.AllocationId);
  if (allocation) allocation.Status = { StatusId: 'Open' };
}

import { addUnits, type Units } from '../wire/decimals.js';
import type { JsonObject } from '../wire/json.js';
import { moveUnits } from '../orders/quantities.js';
import { STATUS } from '../orders/status-ladder.js';
import { IN_WAREHOUSE, lowerAllocation, type ReleasedPart } from './release-lines.js';

/** The warehouse cannot deliver: units go back to 1500 with the reason, the release line gives them up (§4.3). */
export function short(parts: ReleasedPart[], reasonId: string | undefined, now: string): Units {
  const lines = new Set<JsonObject>();
  for (const part of parts) {
    moveUnits(part.line, [...IN_WAREHOUSE].reverse(), STATUS.backOrdered, part.quantity, { reasonId });
    addUnits(part.releaseLine, 'CancelledQuantity', part.quantity);
    part.releaseLine.CancelledDate = now.slice(0, 10);
    lowerAllocation(part);
    lines.add(part.line);
  }
  for (const line of lines) line.LineShortCount = Number(line.LineShortCount ?? 0) + 1;
  return parts.reduce((shorted, { quantity }) => shorted + quantity, 0);
}

import type { Shortage } from '@tandem/domain';
import { refuse, send, unknownLine, versionedSave, type ChangePlan, type Plan } from './change-plan.js';
import type { HeldLine } from './held-order.js';
import { releasedUnits, type ReleasedUnits } from './released-units.js';
import { shortEvents, type FulfilmentEvents } from './short-events.js';

/** Reports units as missing at the place that was to send them, then takes the version (§2.6, §4.3). */
export const shortPlan = (shortage: Shortage, events: FulfilmentEvents): ChangePlan => ({
  plan: (held) => {
    const line = held.lines.find(({ id }) => id === shortage.line);
    if (!line) return { kind: 'refuse', violations: [unknownLine('line', shortage.line)] };
    const open = releasedUnits(held, [line]);
    const taken = versionedSave(shortage, {});
    // Our report went through, and the process died before it took the version.
    if (open.length === 0 && wasShorted(line, shortage.reason)) return send(taken);
    const missing = allotted(open, shortage.quantity);
    if (!missing) return tooMany(shortage, open);
    return send(shortEvents(shortage, held, missing, shortage.reason, events), taken);
  },
  // Which short is whose is not told: a line counts them all (§4.3).
  shows: () => false,
  lacks: (held) => held.lines.some(({ id, shorts }) => id === shortage.line && shorts === 0),
  pending: () => false,
});

const wasShorted = ({ reasons }: HeldLine, reason: string): boolean => reasons.includes(reason);

/** Release by release; undefined where there is not so much to be missing. */
function allotted(open: readonly ReleasedUnits[], quantity: number | undefined): readonly ReleasedUnits[] | undefined {
  if (open.length === 0) return undefined;
  if (quantity === undefined) return open;
  let left = quantity;
  const missing = open.flatMap((units) => {
    const part = Math.min(units.open, left);
    left = Number((left - part).toFixed(4));
    return part > 0 ? [{ ...units, open: part }] : [];
  });
  return left === 0 && missing.length > 0 ? missing : undefined;
}

function tooMany({ line, quantity }: Shortage, open: readonly ReleasedUnits[]): Plan {
  if (open.length === 0) {
    const sentence = `No unit of line ${line} is released and still to be sent.`;
    return refuse(
      'line',
      'short.not_released',
      sentence,
      'Read the order again: the units may have gone, or come back.',
    );
  }
  const sentence = `Line ${line} has fewer units released, or none is said to be missing: ${quantity ?? 0}.`;
  return refuse('quantity', 'quantity.exceeds_released', sentence, 'Report no more than is released and not yet sent.');
}

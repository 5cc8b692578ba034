import { presentOf } from '../fulfillment/order-life.js';
import { rankOf, STAGES, type Stage } from '../fulfillment/stage.js';
import type { Violation } from '../kernel/faults.js';
import type { EditKind, EditLimits } from '../sites/site-profile.js';
import type { TrackedOrder } from './tracked-order.js';

/**
 * Until which stage an order may still be edited, where the site says nothing else: what the OMS's own contact centre is given (§3.7).
 * A line has come as far as its furthest unit. What is not named may be edited at any time.
 */
const DEFAULT_LIMITS: EditLimits = {
  lines: 'shipped',
  quantity: 'released',
  delivery: 'released',
  address: 'packed',
  instructions: 'released',
};

/** One thing that somebody wants to be otherwise. */
export interface Wish {
  readonly kind: EditKind;
  /** As its sender knows it, such as `lines[2].quantity`. */
  readonly field: string;
  /** The line that it is about; the order as a whole where absent. */
  readonly line?: string;
}

/** What comes too late, with the reason and what remains to be done. */
export function editViolations(
  { life }: TrackedOrder,
  wishes: readonly Wish[],
  limits: EditLimits = {},
): readonly Violation[] {
  const lines = presentOf(life)?.lines ?? {};
  const stageOf = (line?: string): Stage => furthest(line === undefined ? Object.values(lines) : [lines[line] ?? {}]);
  return wishes.flatMap(({ kind, field, line }) => {
    const until = { ...DEFAULT_LIMITS, ...limits }[kind];
    if (until === undefined) return [];
    const stage = stageOf(line);
    const isOpen = until !== 'never' && rankOf(stage) < rankOf(until);
    return isOpen ? [] : [tooLate(kind, field, stage, until)];
  });
}

const furthest = (lines: readonly Readonly<Partial<Record<Stage, number>>>[]): Stage =>
  STAGES.findLast((stage) => stage !== 'cancelled' && lines.some((places) => (places[stage] ?? 0) > 0)) ?? 'open';

function tooLate(kind: EditKind, field: string, stage: Stage, until: Stage | 'never'): Violation {
  const sentence =
    until === 'never'
      ? `${field} may not be edited at this site.`
      : `${field} may be edited until units are ${until}; some are ${stage}.`;
  return {
    field,
    rule: `edit.${kind}_too_late`,
    sentence,
    remedy: 'Take the edit back in the CRM; cancel, reroute or return the units instead.',
  };
}

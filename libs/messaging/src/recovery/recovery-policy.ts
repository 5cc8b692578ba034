import { unreachable, type SyncFault } from '@tandem/domain';
import type { BreakerSettings } from './connection-breaker.js';

/** What follows a fault. Delays are milliseconds from now. */
export type Recovery =
  /** The same message again; the attempt counts. */
  | { readonly then: 'retry'; readonly afterMs: number }
  /** Nothing of this site works on this queue until somebody acts: keep its messages, try one from time to time. Not counted. */
  | { readonly then: 'suspend'; readonly probeAfterMs: number }
  /** Set aside with its reason, for a person. */
  | { readonly then: 'park' };

export interface RecoverySettings {
  /** Waiting times before the second, third, … attempt, in milliseconds; after the last one the message is parked. */
  readonly ladder: readonly number[];
  /** Delays vary by this share to both sides, so that what failed together does not come back together. */
  readonly jitter: number;
  /** A conflict is tried again at once so many times; after that it takes the ladder. */
  readonly conflictsAtOnce: number;
  readonly defectRetries: number;
  readonly probeAfterMs: number;
  /** When a far side is held to be down for a site: its messages then wait, and their attempts are not counted. */
  readonly breaker: BreakerSettings;
}

const [second, minute, hour] = [1_000, 60_000, 3_600_000];

export const defaultRecovery: RecoverySettings = {
  ladder: [second, 5 * second, 30 * second, 2 * minute, 10 * minute, hour],
  jitter: 0.2,
  conflictsAtOnce: 3,
  defectRetries: 1,
  probeAfterMs: 30 * second,
  breaker: { keysInARow: 5, firstProbeAfterMs: second, lastProbeAfterMs: 30 * second, waitMs: minute },
};

/**
 * Decides what follows the failure of attempt number `attempt` (from 1).
 * @param random yields a number from 0 to below 1.
 */
export function recoveryAfter(
  fault: SyncFault,
  attempt: number,
  random: () => number,
  settings: RecoverySettings = defaultRecovery,
): Recovery {
  switch (fault.kind) {
    case 'transient':
      return climb(attempt, fault.retryAfterMs ?? 0, random, settings);
    case 'conflict': {
      const { conflictsAtOnce } = settings;
      return attempt <= conflictsAtOnce
        ? { then: 'retry', afterMs: 0 }
        : climb(attempt - conflictsAtOnce, 0, random, settings);
    }
    case 'suspending':
      return { then: 'suspend', probeAfterMs: Math.round(vary(settings.probeAfterMs, random, settings.jitter)) };
    case 'permanent':
      return { then: 'park' };
    case 'defect':
      return attempt <= settings.defectRetries ? climb(1, 0, random, settings) : { then: 'park' };
    default:
      return unreachable(fault);
  }
}

/** The far side's own wish is a lower bound; jitter then only lengthens it. */
function climb(rung: number, atLeastMs: number, random: () => number, { ladder, jitter }: RecoverySettings): Recovery {
  const delay = ladder[rung - 1];
  if (delay === undefined) return { then: 'park' };
  const varied = vary(delay, random, jitter);
  const wished = atLeastMs * (1 + jitter * random());
  return { then: 'retry', afterMs: Math.round(Math.max(varied, wished)) };
}

const vary = (delay: number, random: () => number, jitter: number) => delay * (1 + jitter * (2 * random() - 1));

import type { ReconciliationPlan, SiteId } from '@tandem/domain';
import type { ReconciliationClock } from '../platform/reconciliations.js';

const MINUTE = 60_000;

/** The search of the OMS lags behind (§2.2), how far is not published. */
export const SETTLE_SECONDS = 60;

export const clockOf = (site: SiteId, plan: ReconciliationPlan): ReconciliationClock => ({
  site,
  apply: plan.apply ?? false,
  everyMs: plan.everyMinutes * MINUTE,
  lagMs: (plan.lagMinutes ?? 5) * MINUTE,
  reachMs: (plan.reachHours ?? 72) * 60 * MINUTE,
  settleMs: (plan.settleSeconds ?? SETTLE_SECONDS) * 1_000,
});

import type { TenantConfig } from '../control/tenant-config.js';
import type { VirtualClock } from './virtual-clock.js';

const HOUR_MS = 3_600_000;

/** The entitlement of §2.7: calls are counted per hour for the whole tenant. */
export class CallBudget {
  private hour = 0;
  private spent = 0;

  constructor(
    private readonly config: TenantConfig,
    private readonly clock: VirtualClock,
  ) {}

  /** Counts a call; answers what a call over the budget meets: its status, and seconds to wait where the tenant says so. */
  spend(): { status: number; retryAfter?: number } | undefined {
    const { hourlyCallBudget, overBudgetAnswer } = this.config.now;
    const now = this.clock.now();
    const hour = Math.floor(now / HOUR_MS);
    this.spent = hour === this.hour ? this.spent + 1 : 1;
    this.hour = hour;
    if (hourlyCallBudget === 0 || this.spent <= hourlyCallBudget) return undefined;
    if (overBudgetAnswer === '429') return { status: 429, retryAfter: Math.ceil(((hour + 1) * HOUR_MS - now) / 1000) };
    return { status: overBudgetAnswer === '503' ? 503 : 429 };
  }

  reset(): void {
    this.spent = 0;
  }
}

import { SuspendingFault, type OmsOrganization } from '@tandem/domain';

/** Calls that this connection may make in an hour, a share of what the tenant has for all its callers (§2.7). */
export interface CallBudgetOptions {
  readonly perHour: number;
  /** The last so many of an hour are for orders alone: a look at stock must not stop a cancellation; 0 where absent. */
  readonly keptForOrders?: number | undefined;
}

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;

/** Counts the calls of the last sixty minutes, minute by minute: at most the budget in any hour, wherever the OMS begins its own. */
export class CallBudget {
  private readonly spent = new Map<number, number>();

  constructor(
    private readonly organization: OmsOrganization,
    private readonly options: CallBudgetOptions,
    private readonly now: () => number,
  ) {}

  /** Takes one call, or says with a fault that none is left. */
  take(path: string): void {
    const minute = Math.floor(this.now() / MINUTE_MS);
    for (const earlier of this.spent.keys()) if (earlier < minute - HOUR_MINUTES) this.spent.delete(earlier);
    const { perHour, keptForOrders = 0 } = this.options;
    const total = [...this.spent.values()].reduce((sum, count) => sum + count, 0);
    const limit = path.startsWith('/order/') ? perHour : perHour - keptForOrders;
    if (total >= limit) throw this.spentFault();
    this.spent.set(minute, (this.spent.get(minute) ?? 0) + 1);
  }

  private spentFault(): SuspendingFault {
    const { organization } = this;
    const sentence = `The calls that we may make to the OMS organization ${organization} within an hour are used up.`;
    return new SuspendingFault('oms.budget_spent', sentence, { context: { organization } });
  }
}

import { SuspendingFault, type CallBudget, type CrmOrgName } from '@tandem/domain';

/** `orders` for orders and what agents do to them; `background` for what can wait until tomorrow. */
export type Priority = 'orders' | 'background';

/** The org's own count is renewed by its answers only: one that is older may be wrong, and one call will tell. Milliseconds. */
const BELIEVED_FOR_MS = 300_000;

/** Calls of the running 24 hours, as the org counts them in each answer (§2.8); the last share of them is for orders. */
export class OrgBudget {
  private said: { readonly used: number; readonly limit: number; readonly at: number } | undefined;

  /** @param keptPercent of the limit, kept for orders. */
  constructor(
    private readonly org: CrmOrgName,
    private readonly keptPercent: number,
    private readonly now: () => number,
  ) {}

  /** @param header `api-usage=10018/100000; …`; an answer without it changes nothing. */
  hear(header: string | undefined): void {
    const [, used, limit] = /api-usage=(\d+)\/(\d+)/.exec(header ?? '') ?? [];
    if (used && limit) this.said = { used: Number(used), limit: Number(limit), at: this.now() };
  }

  /** Undefined until the org has answered once. */
  state(): CallBudget | undefined {
    if (!this.said) return undefined;
    const { used, limit } = this.said;
    return { used, limit, keptForOrders: Math.floor((limit * this.keptPercent) / 100) };
  }

  /** Throws a SuspendingFault where the call has to wait for calls that are more urgent. */
  assertLeft(priority: Priority): void {
    const state = this.state();
    if (priority === 'orders' || !state || !this.said) return;
    if (state.limit - state.used > state.keptForOrders) return;
    const heardAgoMs = this.now() - this.said.at;
    if (heardAgoMs > BELIEVED_FOR_MS) {
      this.said = { ...this.said, at: this.now() };
      return;
    }
    throw new SuspendingFault(
      'crm.budget_kept',
      `The calls that CRM org ${this.org} has left for today are kept for orders.`,
      { context: { org: this.org, ...state } },
    );
  }
}

import type { TenantConfig } from '../control/tenant-config.js';
import { compileQuery } from '../entities/search-query.js';
import { flag, text, type JsonObject } from '../wire/json.js';
import type { Caller } from '../wire/caller.js';
import { invalid } from '../wire/refusal.js';
import { vendorTime } from '../wire/vendor-time.js';
import type { VirtualClock } from '../wire/virtual-clock.js';
import type { OrderLedger } from '../orders/order-ledger.js';
import { applyStep } from './life-steps.js';
import { releaseObstacle } from './release.js';

/** `order/massAction` and its job (§3.1): one at a time, later. */
export class MassActions {
  private readonly executions: JsonObject[] = [];

  constructor(
    private readonly ledger: OrderLedger,
    private readonly config: TenantConfig,
    private readonly clock: VirtualClock,
  ) {}

  /** Rows of `scheduler/jobExecution`. */
  jobs(organization: string): JsonObject[] {
    return this.executions.filter((job) => job.OrgId === organization);
  }

  /** Answers the id of the scheduled job. @throws Refusal 400 for an unknown action, or while one is running */
  start(caller: Caller, body: JsonObject): string {
    const action = (['Allocate', 'Release'] as const).find((known) => known === body.MassAction);
    if (!action) throw invalid('MassAction', 'MassAction is Allocate or Release');
    if (this.jobs(caller.organization).some((job) => job.Status === 'Running'))
      throw invalid('MassAction', 'A mass action is already running');
    const fits = compileQuery(text(body, 'Query') ?? '');
    const id = `MASS-${this.executions.length + 1}`;
    const job: JsonObject = {
      JobScheduleId: id,
      JobTypeId: `Mass${action}`,
      OrgId: caller.organization,
      Status: 'Running',
      StartTime: vendorTime(this.clock.now()),
      EndTime: null,
      ProcessedCount: 0,
    };
    this.executions.push(job);
    this.clock.later(this.config.now.massActionMs, () => {
      const own = this.ledger.all().filter((order) => order.OrgId === caller.organization && fits(order));
      const done = own.filter((order) => this.apply(caller, order, action));
      Object.assign(job, {
        Status: 'Completed',
        EndTime: vendorTime(this.clock.now()),
        ProcessedCount: done.length,
      });
    });
    return id;
  }

  clear(): void {
    this.executions.length = 0;
  }

  private apply(caller: Caller, order: JsonObject, action: 'Allocate' | 'Release'): boolean {
    if (flag(order, 'IsCancelled')) return false;
    const tenant = this.config.now;
    if (action === 'Release' && releaseObstacle(order, { now: this.clock.now(), tenant })) return false;
    const step = { after: 0, do: action === 'Allocate' ? ('allocate' as const) : ('release' as const) };
    return this.ledger.change({ ...caller, by: 'life' }, text(order, 'OrderId') ?? '', (draft, now) => {
      applyStep(draft, step, { now, tenant });
    });
  }
}

import type { TenantConfig } from '../control/tenant-config.js';
import { flag, text, type JsonObject } from '../wire/json.js';
import { Refusal } from '../wire/refusal.js';
import { twinItself } from '../wire/caller.js';
import { vendorTime } from '../wire/vendor-time.js';
import type { VirtualClock } from '../wire/virtual-clock.js';
import type { OrderLedger } from '../orders/order-ledger.js';
import { releaseObstacle, type Obstacle } from './release.js';
import { applyStep, type LifeStep } from './life-steps.js';

interface Life {
  organization: string;
  orderId: string;
  steps: LifeStep[];
  done: number;
  next: number;
  failed: { step: number; do: string; because: string }[];
  /** Why the next step waits, if it does. */
  waitingFor: string | null;
  /** Calls the waiting step off. */
  callOff: (() => void) | undefined;
}

const DEFAULT_STEPS: LifeStep[] = [
  { after: 200, do: 'allocate' },
  { after: 200, do: 'release' },
  { after: 200, do: 'ship' },
];

/** What happens to orders after they are confirmed, by script, one transaction a step (§2.5b). */
export class Lives {
  private readonly scripts = new Map<string, LifeStep[]>();
  private readonly lives = new Map<string, Life>(); // by organization and order

  constructor(
    private readonly ledger: OrderLedger,
    private readonly clock: VirtualClock,
    private readonly config: TenantConfig,
  ) {
    ledger.onCommit(({ after }) => this.orderChanged(after));
  }

  /** The script of one order, or of all without their own by `*`. A life that began keeps its script. */
  script(orderId: string, steps: LifeStep[]): void {
    this.scripts.set(orderId, steps);
  }

  report(orderId: string) {
    const life = [...this.lives.values()].find((candidate) => candidate.orderId === orderId);
    if (!life) return { done: 0, pending: this.stepsFor(orderId).length, failed: [], waitingFor: 'confirmation' };
    const { done, steps, next, failed, waitingFor } = life;
    return { done, pending: steps.length - next, failed, waitingFor };
  }

  /** One step out of turn, by hand; answers why it was not possible. */
  push(organization: string, orderId: string, step: LifeStep): string | undefined {
    const stored = this.ledger.find(organization, orderId);
    if (!stored) return `order ${orderId} is not known`;
    const obstacle = step.do === 'release' ? releaseObstacle(stored, this.moment()) : undefined;
    return obstacle?.because ?? this.take(organization, stored, step);
  }

  stop(): void {
    for (const { callOff } of this.lives.values()) callOff?.();
    this.lives.clear();
    this.scripts.clear();
  }

  private stepsFor(orderId: string): LifeStep[] {
    return this.scripts.get(orderId) ?? this.scripts.get('*') ?? DEFAULT_STEPS;
  }

  private moment() {
    return { now: this.clock.now(), tenant: this.config.now };
  }

  /** Allocation may well run before confirmation (§3.5); its release waits in any case. */
  private mayBegin(order: JsonObject): boolean {
    return flag(order, 'IsConfirmed') || this.config.now.livesBegin === 'created';
  }

  /** Begins a life with the first confirmation, or at once, and wakes one whose release was blocked. */
  private orderChanged(order: JsonObject): void {
    const orderId = text(order, 'OrderId') ?? '';
    const organization = text(order, 'OrgId') ?? '';
    const key = JSON.stringify([organization, orderId]);
    const life = this.lives.get(key);
    if (life && life.waitingFor !== null) return this.schedule(life, 0);
    if (life || !this.mayBegin(order)) return;
    const steps = this.stepsFor(orderId);
    const progress = { done: 0, next: 0, failed: [], waitingFor: null, callOff: undefined };
    const born: Life = { organization, orderId, steps, ...progress };
    this.lives.set(key, born);
    this.schedule(born, steps[0]?.after ?? 0);
  }

  private schedule(life: Life, afterMs: number): void {
    life.callOff?.();
    life.callOff = this.clock.later(afterMs, () => this.live(life));
  }

  private live(life: Life): void {
    const step = life.steps[life.next];
    const stored = this.ledger.find(life.organization, life.orderId);
    if (!step || !stored) return;
    const now = this.clock.now();
    const obstacle =
      step.do === 'release' && !flag(stored, 'IsCancelled') ? releaseObstacle(stored, this.moment()) : undefined;
    if (obstacle) return this.wait(life, obstacle, now);
    life.waitingFor = null;
    const number = life.next;
    life.next += 1;
    const because = this.take(life.organization, stored, step);
    if (because === undefined) life.done += 1;
    else life.failed.push({ step: number, do: step.do, because });
    const following = life.steps[life.next];
    if (following) this.schedule(life, following.after);
  }

  /** Until its date, or until the order changes. */
  private wait(life: Life, { because, until }: Obstacle, now: number): void {
    life.waitingFor = because;
    if (until !== undefined) this.schedule(life, until - now);
  }

  /** One step, one transaction; answers why it was not possible. */
  private take(organization: string, stored: JsonObject, step: LifeStep): string | undefined {
    const draft = structuredClone(stored);
    try {
      const moved = applyStep(draft, step, { now: vendorTime(this.clock.now()), tenant: this.config.now });
      if (moved === 0) return `nothing to ${step.do}`;
    } catch (error) {
      if (error instanceof Refusal) return error.description;
      throw error;
    }
    this.ledger.commit(twinItself(organization), stored, draft);
    return undefined;
  }
}

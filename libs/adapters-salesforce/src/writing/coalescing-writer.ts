import type { WriteOutcome } from '@tandem/domain';
import { MAX_CALL } from './write-plan.js';
import { LoadGauge } from './load-gauge.js';
import { merged, type Outcomes, type RecordWrite } from './record-write.js';
import { WRITING, type WritingSettings } from './writing-settings.js';

interface Waiting {
  readonly writes: readonly RecordWrite[];
  /** Of records of the same handler that were settled in an earlier batch. */
  readonly settled: Outcomes;
  readonly tries: number;
  /** Not sent before: milliseconds of the process. */
  readonly readyAt: number;
  readonly resolve: (outcomes: Outcomes) => void;
  readonly reject: (fault: unknown) => void;
}

/** Passes by itself, often at once: these records, and no others, are sent again before their handler hears of it (§2.11). */
const PASSING: ReadonlySet<string> = new Set(['crm.row_locked', 'crm.parent_missing']);
const TRIES = 3;
/** After so many milliseconds, and up to as many more: those that locked each other out must not meet again. */
const AGAIN_AFTER_MS = 250;

/**
 * Gathers what many handlers have to write to one org into few calls. A lone record is sent at once; under load records wait for each
 * other until a call is full or their time is over. Each handler hears of its own records, and fails only where its batch was not
 * looked at.
 */
export class CoalescingWriter {
  private waiting: Waiting[] = [];
  private readonly onTheWay = new Set<string>();
  private running = 0;
  private timer: NodeJS.Timeout | undefined;
  private lastStart = Number.NEGATIVE_INFINITY;
  private firstAt = 0;
  private readonly load: LoadGauge;

  /** @param send writes records, each once; rejects only where none was looked at. */
  constructor(
    private readonly send: (writes: readonly RecordWrite[]) => Promise<Outcomes>,
    private readonly settings: WritingSettings = WRITING,
    private readonly random: () => number = Math.random,
  ) {
    this.load = new LoadGauge(settings.loadFrom);
  }

  write(writes: readonly RecordWrite[]): Promise<Outcomes> {
    if (writes.length === 0) return Promise.resolve(new Map());
    return new Promise((resolve, reject) => {
      const now = performance.now();
      this.load.note(ordersIn(writes), now);
      this.enqueue({ writes: merged(writes), settled: new Map(), tries: 1, readyAt: now, resolve, reject });
      this.consider();
    });
  }

  private enqueue(one: Waiting): void {
    if (this.waiting.length === 0) this.firstAt = performance.now();
    this.waiting.push(one);
  }

  private consider(): void {
    clearTimeout(this.timer);
    if (this.waiting.length === 0 || this.running >= this.settings.atOnce) return;
    const waitMs = this.dueIn(performance.now());
    if (waitMs > 0) this.timer = setTimeout(() => this.consider(), waitMs);
    else this.start();
  }

  private dueIn(now: number): number {
    const soonestMs = Math.min(...this.waiting.map(({ readyAt }) => readyAt)) - now;
    const records = this.waiting.reduce((sum, { writes }) => sum + writes.length, 0);
    if (records >= MAX_CALL) return soonestMs;
    const { gatherMs, paceMs } = this.settings;
    const gatheredIn = this.load.isLoaded() ? this.firstAt + gatherMs - now : this.lastStart + paceMs - now;
    return Math.max(gatheredIn, soonestMs);
  }

  private start(): void {
    const now = performance.now();
    const free = this.takeFree(now);
    if (free.length === 0) return;
    if (this.load.isLoaded()) {
      const sinceMs = Math.max(now - this.lastStart, this.settings.gatherMs);
      this.load.gathered(ordersIn(free.flatMap(({ writes }) => writes)), sinceMs);
    }
    this.firstAt = now;
    this.lastStart = now;
    this.run(free);
    this.consider();
  }

  /**
   * Those whose records are under way, or are taken here by an earlier one, wait for the answer. Put into one write, what an older
   * version says would be written as of the newer one, and the org could not refuse it.
   */
  private takeFree(now: number): readonly Waiting[] {
    const free = this.waiting.filter(({ writes, readyAt }) => {
      if (readyAt > now || writes.some(({ name }) => this.onTheWay.has(name))) return false;
      for (const { name } of writes) this.onTheWay.add(name);
      return true;
    });
    this.waiting = this.waiting.filter((one) => !free.includes(one));
    return free;
  }

  private run(batch: readonly Waiting[]): void {
    const writes = batch.flatMap((one) => one.writes);
    this.running += 1;
    const since = Math.min(...batch.map(({ readyAt }) => readyAt));
    const over = (tell: (one: Waiting) => void) => {
      this.running -= 1;
      this.load.answered(performance.now() - since);
      for (const { name } of writes) this.onTheWay.delete(name);
      batch.forEach(tell);
      this.consider();
    };
    this.send(writes).then(
      (outcomes) => over((one) => this.settle(one, outcomes)),
      (fault: unknown) => over((one) => this.fail(one, fault)),
    );
  }

  private settle(one: Waiting, outcomes: Outcomes): void {
    const settled = new Map([...one.settled, ...outcomes]);
    const again = one.writes.filter(({ name }) => isPassing(outcomes.get(name)));
    if (again.length === 0 || one.tries >= TRIES) {
      one.resolve(settled);
      return;
    }
    const readyAt = performance.now() + AGAIN_AFTER_MS * (1 + this.random());
    this.enqueue({ ...one, writes: again, settled, tries: one.tries + 1, readyAt });
  }

  /** A later try that failed as a whole leaves what the earlier ones settled. */
  private fail({ settled, resolve, reject }: Waiting, fault: unknown): void {
    if (settled.size > 0) resolve(settled);
    else reject(fault);
  }
}

const isPassing = (outcome: WriteOutcome | undefined) => outcome?.kind === 'failed' && PASSING.has(outcome.fault.code);

const ordersIn = (writes: readonly RecordWrite[]): number => new Set(writes.flatMap(({ order }) => order ?? [])).size;

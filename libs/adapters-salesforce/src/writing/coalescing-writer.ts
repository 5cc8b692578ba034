import { MAX_CALL } from './write-plan.js';
import { LoadGauge } from './load-gauge.js';
import { merged, type Outcomes, type RecordWrite } from './record-write.js';
import { WRITING, type WritingSettings } from './writing-settings.js';

interface Waiting {
  readonly writes: readonly RecordWrite[];
  readonly resolve: (outcomes: Outcomes) => void;
  readonly reject: (fault: unknown) => void;
}

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
  ) {
    this.load = new LoadGauge(settings.loadFrom);
  }

  write(writes: readonly RecordWrite[]): Promise<Outcomes> {
    if (writes.length === 0) return Promise.resolve(new Map());
    return new Promise((resolve, reject) => {
      const now = performance.now();
      if (this.waiting.length === 0) this.firstAt = now;
      this.waiting.push({ writes, resolve, reject });
      this.load.note(ordersIn(writes), now);
      this.consider();
    });
  }

  private consider(): void {
    clearTimeout(this.timer);
    if (this.waiting.length === 0 || this.running >= this.settings.atOnce) return;
    const waitMs = this.dueIn(performance.now());
    if (waitMs > 0) this.timer = setTimeout(() => this.consider(), waitMs);
    else this.start();
  }

  private dueIn(now: number): number {
    const records = this.waiting.reduce((sum, { writes }) => sum + writes.length, 0);
    if (records >= MAX_CALL) return 0;
    const { gatherMs, paceMs } = this.settings;
    // A record waits for an earlier one of its own too: no longer than anyone else.
    return this.load.isLoaded() ? this.firstAt + gatherMs - now : this.lastStart + paceMs - now;
  }

  /** Those whose records are under way wait for the answer: two writes of one record must not overtake each other. */
  private start(): void {
    const free = this.waiting.filter(({ writes }) => !writes.some(({ name }) => this.onTheWay.has(name)));
    if (free.length === 0) return;
    const now = performance.now();
    if (this.load.isLoaded()) {
      const sinceMs = Math.max(now - this.lastStart, this.settings.gatherMs);
      this.load.gathered(ordersIn(free.flatMap(({ writes }) => writes)), sinceMs);
    }
    this.waiting = this.waiting.filter((one) => !free.includes(one));
    this.firstAt = now;
    this.lastStart = now;
    this.run(free);
  }

  private run(batch: readonly Waiting[]): void {
    const writes = merged(batch.flatMap((one) => one.writes));
    this.running += 1;
    for (const { name } of writes) this.onTheWay.add(name);
    const over = (tell: (one: Waiting) => void) => {
      this.running -= 1;
      for (const { name } of writes) this.onTheWay.delete(name);
      batch.forEach(tell);
      this.consider();
    };
    this.send(writes).then(
      (outcomes) => over(({ resolve }) => resolve(outcomes)),
      (fault: unknown) => over(({ reject }) => reject(fault)),
    );
  }
}

const ordersIn = (writes: readonly RecordWrite[]): number => new Set(writes.flatMap(({ order }) => order ?? [])).size;

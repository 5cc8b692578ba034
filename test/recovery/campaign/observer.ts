import { setTimeout as pause } from 'node:timers/promises';
import type { Balance, Peaks } from '../invariants/evidence.js';
import type { Cluster } from './cluster.js';

const everyMs = 1_500;
const sayEveryMs = 6_000;

/** What was seen at one look. */
export interface Moment {
  /** Since the beginning. */
  readonly seconds: number;
  /** Of the replica that takes more. */
  readonly rssMb: number;
  readonly unsettled: number;
}

/** Looks at the running cluster now and then: how much it takes, and whether quantities add up at this very instant. */
export class Observer {
  readonly peaks: { -readonly [Measure in keyof Peaks]: Peaks[Measure] } = { rssMb: 0, files: 0, connections: 0 };
  /** Messages that came in and have no end yet, as last seen. */
  unsettled = 0;
  readonly course: Moment[] = [];
  private readonly imbalances: Balance[] = [];
  private running: Promise<void> | undefined;
  private stopped = false;
  private readonly begun = performance.now();
  private saidAt = 0;

  constructor(
    private readonly cluster: Cluster,
    private readonly balances: () => Promise<readonly Balance[]>,
    private readonly say: (sentence: string) => void,
  ) {}

  start(): void {
    this.running = this.watch();
  }

  async stop(): Promise<readonly Balance[]> {
    this.stopped = true;
    await this.running;
    return this.imbalances;
  }

  private async watch(): Promise<void> {
    while (!this.stopped) {
      // A database that is down at the moment has no instant to look at.
      await this.look().catch(() => undefined);
      await pause(everyMs);
    }
  }

  private async look(): Promise<void> {
    let most = 0;
    for (const replica of this.cluster.replicas) {
      await replica.revive();
      const { rssMb = 0, files = 0 } = (await replica.vitals()) ?? {};
      most = Math.max(most, rssMb);
      this.peaks.files = Math.max(this.peaks.files, files);
    }
    this.peaks.rssMb = Math.max(this.peaks.rssMb, most);
    const [row] = await this.cluster.rows<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    this.peaks.connections = Math.max(this.peaks.connections, row?.n ?? 0);
    await this.seeHowFar();
    this.course.push({ seconds: this.seconds, rssMb: most, unsettled: this.unsettled });
    this.imbalances.push(...(await this.balances()).filter(({ ordered, counted }) => ordered !== counted));
  }

  private get seconds(): number {
    return Math.round((performance.now() - this.begun) / 1000);
  }

  private async seeHowFar(): Promise<void> {
    const [row] = await this.cluster.rows<HowFar>(
      `SELECT (SELECT string_agg(n || ' ' || state, ', ' ORDER BY state)
           FROM (SELECT state, count(*) AS n FROM message_archive GROUP BY state) AS s) AS archive,
         (SELECT count(*)::int FROM message_archive WHERE state IN ('received', 'waiting')) AS unsettled,
         count(*) FILTER (WHERE NOT returned AND sent_at IS NULL) AS fresh, count(*) FILTER (WHERE returned) AS returned, coalesce(max(attempts), 0) AS rung
       FROM outbox_messages`,
    );
    if (row === undefined) return;
    this.unsettled = row.unsettled;
    if (performance.now() < this.saidAt + sayEveryMs) return;
    this.saidAt = performance.now();
    const { archive, fresh, returned, rung } = row;
    const outbox = `outbox: ${fresh} fresh, ${returned} for a retry (attempt ${rung} at most)`;
    this.say(`[${this.seconds} s] archive: ${archive ?? 'empty'}; ${outbox}`);
  }
}

interface HowFar {
  readonly archive: string | null;
  readonly unsettled: number;
  readonly fresh: string;
  readonly returned: string;
  readonly rung: number;
}

import { setTimeout as pause } from 'node:timers/promises';
import type { Balance, Peaks } from '../invariants/evidence.js';
import type { Cluster } from './cluster.js';

const everyMs = 1_500;

/** Looks at the running cluster now and then: how much it takes, and whether quantities add up at this very instant. */
export class Observer {
  readonly peaks: { -readonly [Measure in keyof Peaks]: Peaks[Measure] } = { rssMb: 0, files: 0, connections: 0 };
  private readonly imbalances: Balance[] = [];
  private running: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly cluster: Cluster,
    private readonly balances: () => Promise<readonly Balance[]>,
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
    for (const replica of this.cluster.replicas) {
      await replica.revive();
      const { rssMb = 0, files = 0 } = (await replica.vitals()) ?? {};
      this.peaks.rssMb = Math.max(this.peaks.rssMb, rssMb);
      this.peaks.files = Math.max(this.peaks.files, files);
    }
    const [row] = await this.cluster.rows<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    this.peaks.connections = Math.max(this.peaks.connections, row?.n ?? 0);
    this.imbalances.push(...(await this.balances()).filter(({ ordered, counted }) => ordered !== counted));
  }
}

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres, type RunningPostgres } from './postgres.js';

/** A PostgreSQL that a test may crash; it comes back with its rows, on another port. */
export class PrivatePostgres {
  private constructor(
    private readonly folder: string,
    private running: RunningPostgres,
  ) {}

  static async start(): Promise<PrivatePostgres> {
    const folder = await mkdtemp(join(tmpdir(), 'tandem-chaos-db-'));
    return new PrivatePostgres(folder, await start(folder));
  }

  get url(): string {
    return this.running.url;
  }

  /** Every backend ends at once and nothing is written down in order: the next start recovers from the log, as after `kill -9`. */
  async crash(): Promise<void> {
    const pid = Number.parseInt(await readFile(join(this.folder, 'cluster', 'postmaster.pid'), 'utf8'), 10);
    process.kill(pid, 'SIGQUIT');
    await this.running.stop();
  }

  async startAgain(): Promise<void> {
    this.running = await start(this.folder);
  }

  async stop(): Promise<void> {
    await this.running.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

const start = (dataFolder: string) => startPostgres({ dataFolder, ownOnly: true, durable: true });

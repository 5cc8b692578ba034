import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { callJson } from '../../support/stack/json-http.js';
import { Service } from '../../support/stack/service.js';
import { local } from '../../support/stack/settings.js';

/** One process of sync-api and what watches over it: it comes back whenever it ended, as on any platform. */
export class Replica {
  readonly logFile: string;
  /** Starts that failed while something it needs was broken. */
  vainStarts = 0;
  private readonly service: Service;
  private stopped = false;
  private busy = Promise.resolve();

  constructor(
    readonly name: string,
    readonly port: number,
    environment: Readonly<Record<string, string>>,
    folder: string,
  ) {
    this.logFile = join(folder, `${name}.log`);
    const isReady = async () => (await callJson('GET', `${local(port)}/health`, { timeoutMs: 5_000 })).status === 200;
    const file = 'apps/sync-api/dist/src/main.js';
    this.service = new Service({ name, file, environment, logFile: this.logFile, isReady });
  }

  start(): Promise<void> {
    return this.service.start();
  }

  /** Ends it and starts it again until it stands; one at a time. Yields how long it took to end, in milliseconds. */
  async restart(signal: 'SIGKILL' | 'SIGTERM'): Promise<number> {
    let endedMs = 0;
    const turn = this.busy.then(async () => {
      const begun = performance.now();
      if (signal === 'SIGTERM') await this.service.stop();
      else await this.service.kill(signal);
      endedMs = performance.now() - begun;
      await this.startUntilItStands();
    });
    this.busy = turn.catch(() => undefined);
    await turn;
    return endedMs;
  }

  /** Holds it still for so long, with all that it has claimed. */
  async pauseFor(ms: number): Promise<boolean> {
    const struck = this.service.signal('SIGSTOP');
    await pause(ms);
    this.service.signal('SIGCONT');
    return struck;
  }

  /** Starts it where it has ended of itself. */
  async revive(): Promise<boolean> {
    if (this.service.isRunning || this.stopped) return false;
    await this.restart('SIGKILL');
    return true;
  }

  /** Undefined while it does not run. */
  async vitals(): Promise<{ readonly rssMb: number; readonly files: number } | undefined> {
    const { pid } = this.service;
    if (pid === undefined) return undefined;
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
    const rss = /VmRSS:\s+(\d+)/.exec(status)?.[1];
    return rss === undefined ? undefined : { rssMb: Math.round(Number(rss) / 1024), files: files.length };
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.service.signal('SIGCONT');
    await this.service.stop();
  }

  private async startUntilItStands(): Promise<void> {
    while (!this.stopped) {
      try {
        return await this.service.start();
      } catch {
        this.vainStarts += 1;
        await pause(300);
      }
    }
  }
}

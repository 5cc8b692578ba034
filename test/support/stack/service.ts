import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

type Environment = Readonly<Record<string, string>>;

export interface ServiceOptions {
  readonly name: string;
  /** The script, from the root of the repository. */
  readonly file: string;
  readonly environment: Environment | (() => Environment);
  /** Standard output and error are appended to it. */
  readonly logFile: string;
  /** Rejects or answers false until the service is ready. */
  readonly isReady: () => Promise<boolean>;
}

const startsWithinMs = 60_000;
const stopsWithinMs = 15_000;

/** A program of ours in a process of its own, which may be killed and started again. It never outlives this process. */
export class Service {
  private child: ChildProcess | undefined;

  constructor(private readonly options: ServiceOptions) {}

  get isRunning(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Returns when the service is ready. @throws with the end of its log when it ends before, or takes over a minute. */
  async start(): Promise<void> {
    if (this.isRunning) throw new Error(`${this.options.name} runs already.`);
    const log = await open(this.options.logFile, 'a');
    const preload = resolve('test/support/stack/die-with-parent.mjs');
    this.child = spawn(process.execPath, ['--import', `file://${encodeURI(preload)}`, resolve(this.options.file)], {
      stdio: ['ignore', log.fd, log.fd, 'pipe'],
      env: environmentOf(this.options),
      // Out of the terminal's process group: a Ctrl-C reaches the player alone, which then stops us in order.
      detached: true,
    });
    this.child.on('error', () => undefined);
    await log.close();
    await this.untilReady(this.child);
  }

  /** Undefined while it does not run. */
  get pid(): number | undefined {
    return this.isRunning ? this.child?.pid : undefined;
  }

  /** How it ended the last time: of itself with a code, or by a signal; neither while it runs. */
  get ending(): { readonly code: number | null; readonly signal: string | null } {
    return { code: this.child?.exitCode ?? null, signal: this.child?.signalCode ?? null };
  }

  /** `SIGSTOP` holds the process still with all that it has in hand; `SIGCONT` lets it go on as if nothing had been. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): boolean {
    return this.isRunning && (this.child?.kill(signal) ?? false);
  }

  /** Sends the signal and returns when the process is gone. */
  async kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.child;
    if (child === undefined || !this.isRunning) return;
    const gone = new Promise<void>((done) => child.once('exit', () => done()));
    child.kill(signal);
    await gone;
  }

  /** Asks the service to end, and makes it end when it has not after 15 s. */
  async stop(): Promise<void> {
    const overdue = setTimeout(() => this.child?.kill('SIGKILL'), stopsWithinMs);
    await this.kill('SIGTERM');
    clearTimeout(overdue);
  }

  private async untilReady(child: ChildProcess): Promise<void> {
    const deadline = Date.now() + startsWithinMs;
    while (this.isRunning && Date.now() < deadline) {
      if (await this.options.isReady().catch(() => false)) return;
      await new Promise((next) => setTimeout(next, 60));
    }
    child.kill('SIGKILL');
    const said = await readFile(this.options.logFile, 'utf8').catch(() => '');
    const how = child.exitCode === null ? 'was not ready in time' : `ended with code ${child.exitCode}`;
    throw new Error(`${this.options.name} ${how}. Its log, ${this.options.logFile}, ends with:\n${said.slice(-3000)}`);
  }
}

/** Only what a program needs to run at all: settings of the caller's shell must not leak into the stack. */
function environmentOf({ environment }: ServiceOptions): Record<string, string> {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'LANG', 'SystemRoot'];
  const inherited = kept.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(inherited), ...(typeof environment === 'function' ? environment() : environment) };
}

/** Where the files of one run are kept: logs and the environment of the service. */
export const runFolder = (run: string): string => join(resolve('.tandem'), run);

import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ServerAccount } from './server-account.js';

export interface KeptServer {
  /** As it appears in error messages. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Working folder; the server's output goes to `server.log` in it. */
  readonly home: string;
  readonly account: ServerAccount;
  readonly stopSignal: 'INT' | 'TERM';
  /** Whether `home` goes with the server. */
  readonly removeHome: boolean;
  /** Rejects until the server answers. */
  readonly isReady: () => Promise<void>;
}

/**
 * The keeper: a shell of a few hundred kilobytes that waits on a pipe from us. The kernel closes the pipe when we end,
 * even by `kill -9`, and the keeper then stops the server. `detached` keeps both out of the terminal's process group:
 * a Ctrl-C reaches the application alone, which stops the server when it has drained.
 */
const keeper = `
signal=$1; remove=$2; shift 2
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
( cat <&3 >/dev/null; kill -s "$signal" "$server" 2>/dev/null ) >/dev/null 2>&1 &
wait "$server"; code=$?
cd /
[ -z "$remove" ] || rm -rf -- "$remove"
exit "$code"`;

const patienceInMs = 60_000;

/** Starts a server and waits until it answers. It ends with this process, or by `stop`. */
export async function keepServer(server: KeptServer): Promise<{ stop(): Promise<void> }> {
  const log = await open(join(server.home, 'server.log'), 'a');
  const command = [server.stopSignal, server.removeHome ? server.home : '', server.command, ...server.args];
  const child = spawn('/bin/sh', ['-c', keeper, 'keeper', ...command], {
    ...server.account,
    cwd: server.home,
    detached: true,
    stdio: ['pipe', log.fd, log.fd],
    env: { PATH: process.env['PATH'], ...server.environment },
  });
  await log.close();
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    child.ref();
    child.stdin?.end();
    await ended;
  };
  try {
    await untilReady(server, child);
  } catch (fault) {
    const said = await readFile(join(server.home, 'server.log'), 'utf8').catch(() => '');
    await stop();
    throw new Error(`${server.name} did not start:\n${said.slice(-4000)}`, { cause: fault });
  }
  child.unref();
  return { stop };
}

async function untilReady(server: KeptServer, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + patienceInMs;
  for (;;) {
    try {
      return await server.isReady();
    } catch (fault) {
      if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) throw fault;
      await pause(30);
    }
  }
}

/** Runs a command of the same account and folder to its end. @throws with its output when it fails. */
export function runToEnd(
  command: Pick<KeptServer, 'command' | 'args' | 'home' | 'account'> & Partial<Pick<KeptServer, 'environment'>>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command.command, command.args, {
      ...command.account,
      cwd: command.home,
      env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC', ...command.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${command.command} failed:\n${said}`))));
  });
}

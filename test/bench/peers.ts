import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { connect } from 'amqplib';
import type { BenchPlace } from './place.js';
import { consumeInto } from './raw-broker.js';
import type { Tally } from './tally.js';

export interface Peer {
  readonly name: string;
  readonly script: string;
  /** Messages that it drains in a repeat; few where it is slow. */
  readonly count: number;
  /** A library from npm, and not what teams write by themselves. */
  readonly library: boolean;
}

export interface PeerTally {
  lost: number;
  duplicated: number;
  outOfOrder: number;
}

const folder = resolve('test/bench/peers');

export const peers: readonly Peer[] = [
  { name: 'pg-transactional-outbox', script: 'pg-transactional-outbox.mjs', count: 3_000, library: true },
  { name: 'one-second poll', script: 'one-second-poll.mjs', count: 5_000, library: false },
  { name: 'find-publish-save', script: 'find-publish-save.mjs', count: 1_000, library: false },
];

/** They have a package file of their own, so that nobody who only builds or tests Tandem fetches them. */
export async function installPeers(say: (sentence: string) => void): Promise<void> {
  if (existsSync(`${folder}/node_modules`)) return;
  say('Installing the peers (once)');
  await new Promise<void>((done, failed) => {
    const npm = spawn('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, stdio: 'inherit' });
    npm.once('error', failed);
    npm.once('close', (code) => (code === 0 ? done() : failed(new Error('npm ci of the peers failed.'))));
  });
}

/** Lets a peer fill its outbox, and counts what it then sends. */
export async function peerRate(
  place: BenchPlace,
  peer: Peer,
  quick: boolean,
  tallies: Map<string, PeerTally>,
): Promise<number> {
  const count = quick ? Math.ceil(peer.count / 5) : peer.count;
  const [database, queue] = [await place.emptyDatabase(), await place.queue()];
  const connection = await connect(place.amqpUrl, { noDelay: true });
  const tally = await consumeInto(await connection.createChannel(), queue, count);
  try {
    const begun = await runPeer(peer, tally, {
      BENCH_DB_URL: database.url,
      BENCH_AMQP_URL: place.amqpUrl,
      BENCH_QUEUE: queue,
      BENCH_COUNT: String(count),
    });
    const before = tallies.get(peer.name) ?? { lost: 0, duplicated: 0, outOfOrder: 0 };
    tallies.set(peer.name, {
      lost: before.lost + tally.lost,
      duplicated: before.duplicated + tally.duplicated,
      outOfOrder: before.outOfOrder + tally.outOfOrder,
    });
    return (tally.received * 1000) / (tally.lastAt - begun);
  } finally {
    await connection.close();
    await place.operator.deleteQueue(queue);
    await database.drop();
  }
}

/** Runs a peer until all has come, or nothing has for a while; yields when it began to send. */
async function runPeer({ name, script }: Peer, tally: Tally, given: Readonly<Record<string, string>>): Promise<number> {
  const child = spawn(process.execPath, [`${folder}/${script}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], ...given },
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    const begun = await Promise.race([begins(child.stdout), gone.then(() => undefined)]);
    if (begun === undefined) throw new Error(`The peer ${name} ended before it began.`);
    await tally.complete(15_000);
    return begun;
  } finally {
    child.kill('SIGKILL');
    await gone;
  }
}

/** A peer says a line when its outbox is full and it begins to send. */
async function begins(output: NodeJS.ReadableStream): Promise<number | undefined> {
  for await (const line of createInterface({ input: output })) if (line === 'begun') return performance.now();
  return undefined;
}

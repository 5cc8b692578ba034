import { randomUUID } from 'node:crypto';
import { Pool } from 'undici';
import { interleaved, median, quantile, ratioOf, rounded, seriesOf, type Bench, type BenchOptions } from './bench.js';
import { newChild } from './child.js';
import { flameGraph } from './flame-graph.js';
import type { CpuProfile } from './inspector.js';
import type { BenchPlace } from './place.js';
import { newPublish } from './receiver.js';

interface Load {
  readonly connections: number;
  readonly seconds: number;
  /** Takes what the door does meanwhile. */
  readonly onProfile?: (profile: CpuProfile) => void;
}

const path = '/v1/oms/order-events';
const warmUpMs = 2_000;

/** Requests a second that a door answers after it has committed; their times go into `times`, in milliseconds. */
async function rateOf(place: BenchPlace, kind: string, load: Load, times: number[] = []): Promise<number> {
  const [database, token] = [await place.emptyDatabase(), randomUUID()];
  const door = await newChild('door-child', [...[kind, database.url, token], ...(load.onProfile ? ['profiled'] : [])]);
  const { url } = door.greeting as { readonly url: string };
  const pool = new Pool(url, { connections: load.connections });
  const warmAt = performance.now() + warmUpMs;
  const endAt = warmAt + 1_000 * load.seconds;
  let answered = 0;
  const call = async () => {
    for (let begun = performance.now(); begun < endAt; begun = performance.now()) {
      const { headers, body } = newPublish(answered);
      const { statusCode, body: answer } = await pool.request({
        ...{ method: 'POST', path, body },
        headers: { ...headers, 'content-type': 'application/json', authorization: `Bearer ${token}` },
      });
      await answer.dump();
      if (statusCode !== 202) throw new Error(`The door ${kind} answered ${statusCode}.`);
      if (begun < warmAt) continue;
      answered += 1;
      times.push(performance.now() - begun);
    }
  };
  try {
    await Promise.all(Array.from({ length: load.connections }, call));
    return answered / load.seconds;
  } finally {
    await pool.destroy();
    const { profile } = (await door.end()) as { readonly profile?: CpuProfile };
    if (profile) load.onProfile?.(profile);
    await database.drop();
  }
}

async function measure(place: BenchPlace, options: BenchOptions) {
  const seconds = options.quick ? 2 : 8;
  const [high, low] = [
    { connections: 64, seconds },
    { connections: 8, seconds },
  ];
  const times: number[] = [];
  const samples = await interleaved(options, {
    ours: () => rateOf(place, 'ours', high, times),
    raw: () => rateOf(place, 'gathered', high),
    oursFew: () => rateOf(place, 'ours', low),
    singleFew: () => rateOf(place, 'single', low),
  });
  const json = {
    rate: rounded(median(samples.ours)),
    rawRate: rounded(median(samples.raw)),
    ratioToRaw: ratioOf(samples.ours, samples.raw),
    p99Ms: rounded(quantile(times, 0.99), 1),
    fewRate: rounded(median(samples.oursFew)),
    ratioToSingle: ratioOf(samples.oursFew, samples.singleFew),
  };
  const pictures: Record<string, string> = {};
  const onProfile = (profile: CpuProfile) => void (pictures['flames'] = flameGraph('http', profile));
  if (options.profiled) await rateOf(place, 'ours', { ...high, onProfile });
  return { json, series: seriesOf(samples, 'requests/s'), pictures };
}

export const http: Bench = {
  says: 'takes publishes of the OMS over HTTP: answered once they are archived, told from repeats, queued and committed',
  method:
    'Requests of 1 KB, each of another id, over 64 connections to a door in a process of its own; counted after two seconds. Raw is Nest on ' +
    'Fastify too, and keeps id and body: what comes while one commit is under way is the next. Few is ours over 8 connections, where single ' +
    'does the same with a commit for each request. Who asks has one of the two cores.',
  measure,
};

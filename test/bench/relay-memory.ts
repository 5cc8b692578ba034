import { randomUUID } from 'node:crypto';
import { laneName } from '@tandem/messaging';
import { eventually } from '../support/eventually.js';
import { asTheDockerfile } from '../support/stack/settings.js';
import { median, rounded, seriesOf, type Bench, type BenchOptions } from './bench.js';
import { newChild } from './child.js';
import { benchQueues, fillOutbox } from './outbox.js';
import type { BenchDatabase, BenchPlace } from './place.js';

const [{ name: queueName, lanes }] = benchQueues;

async function unsent({ source }: BenchDatabase): Promise<number> {
  const [row] = await source.query<{ waiting: string }[]>(
    'SELECT count(*) AS waiting FROM outbox_messages WHERE sent_at IS NULL',
  );
  return Number(row?.waiting ?? 0);
}

/** In megabytes. */
interface Memory {
  readonly start: number;
  readonly peak: number;
}

/** What a relay takes before it sends a backlog that nobody consumes, and the most that it takes meanwhile. */
async function memoryOf(place: BenchPlace, count: number): Promise<Memory> {
  const database = await place.database();
  const prefix = `bench-${randomUUID()}.`;
  await fillOutbox(database, count);
  const relay = await newChild('relay-child', [database.url, place.amqpUrl, prefix], asTheDockerfile);
  const { rssMb } = relay.greeting as { readonly rssMb: number };
  const allSent = async () => ((await unsent(database)) === 0 ? true : undefined);
  await eventually('all is sent', allSent, { within: 300_000, every: 200 });
  const { maxRssKb } = (await relay.end()) as { readonly maxRssKb: number };
  await database.drop();
  for (let lane = 0; lane < lanes; lane += 1) await place.operator.deleteQueue(prefix + laneName(queueName, lane));
  return { start: rssMb, peak: maxRssKb / 1024 };
}

async function measure(place: BenchPlace, { repeats, quick, say }: BenchOptions) {
  const count = quick ? 20_000 : 200_000;
  const seen: Memory[] = [];
  for (let repeat = 1; repeat <= repeats; repeat += 1) {
    const one = await memoryOf(place, count);
    seen.push(one);
    say(`${repeat}/${repeats}: ${rounded(one.start)} MB at the start, ${rounded(one.peak)} MB at most`);
  }
  const [starts, peaks] = [seen.map(({ start }) => start), seen.map(({ peak }) => peak)];
  return {
    json: { rssMbStart: rounded(median(starts)), rssMbPeak: rounded(median(peaks)), messages: count },
    series: seriesOf({ start: starts, peak: peaks }, 'MB'),
  };
}

export const relaymemory: Bench = {
  says: 'what memory the relay takes while it sends a large backlog',
  method:
    'Messages of 1 KB stand in the outbox; a process that holds the relay and nothing else sends all of them to eight lanes that nobody ' +
    'consumes. The most resident memory that the system counted for that process, its start and all libraries included, with the bounds ' +
    'that our image sets for Node.',
  measure,
};

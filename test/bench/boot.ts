import { startStack } from '../support/stack/start-stack.js';
import { median, rounded, seriesOf, type Bench, type BenchOptions } from './bench.js';
import type { BenchPlace } from './place.js';

async function measure(place: BenchPlace, { repeats, say }: BenchOptions) {
  const database = await place.emptyDatabase();
  const stack = await startStack({ databaseUrl: database.url, amqpUrl: place.amqpUrl });
  const times: number[] = [];
  try {
    for (let repeat = 1; repeat <= repeats; repeat += 1) {
      await stack.killSyncApi('SIGTERM');
      const begun = performance.now();
      await stack.startSyncApi();
      times.push(performance.now() - begun);
      say(`${repeat}/${repeats}: ready after ${rounded(times.at(-1) ?? 0)} ms`);
    }
  } finally {
    await stack.stop();
    await database.drop();
  }
  const json = { readyMs: rounded(median(times)), mostMs: rounded(Math.max(...times)) };
  return { json, series: seriesOf({ ready: times }, 'ms') };
}

export const boot: Bench = {
  says: 'from the start of the process until the service is ready',
  method:
    'The service is told to end and started again on the database and the broker that it knows; until `GET /health` answers that all is well, ' +
    'asked every 60 ms. Both twins run beside it.',
  measure,
};

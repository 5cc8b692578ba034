import { OutboxRelay, UnitOfWork } from '@tandem/messaging';
import pg from 'pg';
import { interleaved, median, ratioOf, rounded, seriesOf, type Bench, type BenchOptions } from './bench.js';
import { benchQueues, fillOutbox } from './outbox.js';
import type { BenchDatabase, BenchPlace } from './place.js';
import { SinkBus } from './sink-bus.js';
import { bodyOf } from './tally.js';

const [{ name: queueName }] = benchQueues;
const writers = 32;

/** Commits a second of 32 writers that each put one message into the outbox. */
async function commitRate(database: BenchDatabase, relay: { wake(): void }, count: number): Promise<number> {
  const work = new UnitOfWork(database.source, relay);
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      for (let number = writer; number < count; number += writers)
        await work.run((tx) =>
          tx.query(
            `INSERT INTO outbox_messages (queue, message_id, name, key, site, envelope)
             VALUES ($1, gen_random_uuid(), 'order.accepted.v1', 'K', 'bench', $2)`,
            [queueName, bodyOf(number)],
          ),
        );
    }),
  );
  return (count * 1000) / (performance.now() - begun);
}

async function measureWake(place: BenchPlace, options: BenchOptions) {
  const count = options.quick ? 3_000 : 20_000;
  const onFailure = () => undefined;
  const database = await place.database();
  // Somebody else has the turn to send, and sends nothing: our relay only tells of what was committed.
  const other = new pg.Client({ connectionString: database.url });
  await other.connect();
  await other.query(`SELECT pg_advisory_lock(hashtextextended('tandem.outbox-relay', 0))`);
  const relay = new OutboxRelay(database.source, new SinkBus(), { queues: benchQueues, onFailure });
  relay.start();
  const samples = await interleaved(options, {
    silent: () => commitRate(database, { wake: () => undefined }, count),
    waking: () => commitRate(database, relay, count),
  });
  await relay.stop();
  await other.end();
  await database.drop();
  const json = {
    rate: rounded(median(samples.waking)),
    rawRate: rounded(median(samples.silent)),
    costShare: rounded(1 - ratioOf(samples.waking, samples.silent), 2),
  };
  return { json, series: seriesOf(samples, 'commits/s') };
}

export const wake: Bench = {
  says: 'what it costs 32 writers to tell the relay of another replica',
  method:
    'Thirty-two writers commit one message each at a time, with and without telling the replica whose turn it is to send.',
  measure: measureWake,
};

/** Claims and removals alone, over a bus that takes all at once; a snapshot from before them stays open elsewhere. */
async function measureAged(place: BenchPlace, { repeats, quick, say }: BenchOptions) {
  const count = quick ? 20_000 : 200_000;
  const ratios: number[] = [];
  for (let repeat = 1; repeat <= repeats; repeat += 1) {
    const database = await place.database();
    await fillOutbox(database, count);
    const elsewhere = new pg.Client({ connectionString: database.url });
    await elsewhere.connect();
    await elsewhere.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await elsewhere.query('SELECT count(*) FROM outbox_messages');
    const reachedAt = new Map<number, number>();
    const tenth = count / 10;
    const done = Promise.withResolvers<true>();
    let sent = 0;
    const bus = new SinkBus((taken) => {
      sent += taken;
      reachedAt.set(Math.floor(sent / tenth), performance.now());
      if (sent >= count) done.resolve(true);
    });
    const relay = new OutboxRelay(database.source, bus, { queues: benchQueues, onFailure: () => undefined });
    const begun = performance.now();
    relay.start();
    await done.promise;
    const ended = performance.now();
    const first = (reachedAt.get(0) ?? ended) - begun;
    const last = ended - (reachedAt.get(8) ?? begun);
    ratios.push(first / last);
    say(`${repeat}/${repeats} first tenth ${rounded(first)} ms, last ${rounded(last)} ms`);
    await relay.stop();
    await elsewhere.end();
    await database.drop();
  }
  return {
    json: { lastToFirstTenth: rounded(median(ratios), 2), messages: count },
    series: [{ name: 'last to first tenth', unit: '×', samples: ratios }],
  };
}

export const aged: Bench = {
  says: 'whether the relay slows down over the dead rows of what it sent, while an old snapshot keeps them from being removed',
  method:
    'A full outbox is drained over a bus that takes all at once, while a snapshot from before stays open, so that no dead row can be removed; ' +
    'the time of the first tenth over that of the last.',
  measure: measureAged,
};

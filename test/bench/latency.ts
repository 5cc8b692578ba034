import { setTimeout as pause } from 'node:timers/promises';
import { OutboxRelay, RabbitMessageBus, UnitOfWork } from '@tandem/messaging';
import { median, quantile, rounded, type Bench, type BenchOptions } from './bench.js';
import { benchQueues } from './outbox.js';
import type { BenchDatabase, BenchPlace } from './place.js';
import { bodyOf, Tally } from './tally.js';

const [{ name: queueName }] = benchQueues;

interface Line {
  readonly database: BenchDatabase;
  readonly bus: RabbitMessageBus;
  readonly relay: OutboxRelay;
  readonly work: UnitOfWork;
  close(): Promise<void>;
}

/** Who takes messages here settles none of them: the relay would take them for lost, and send them again. */
const neverLost = { lookEveryMs: 5_000, settledWithinMs: 3_600_000 };

/** Outbox, relay, broker and consumer, all at work. */
async function open(place: BenchPlace, tally: Tally): Promise<Line> {
  const database = await place.database();
  const onFailure = () => undefined;
  const bus = new RabbitMessageBus({
    url: place.amqpUrl,
    prefix: `bench-${process.pid}.`,
    queues: benchQueues,
    onFailure,
  });
  await bus.start();
  await bus.consume(queueName, { batchSize: 500 }, async (batch) => batch.forEach(({ body }) => tally.note(body)));
  const relay = new OutboxRelay(database.source, bus, { queues: benchQueues, lost: neverLost, onFailure });
  relay.start();
  const close = async () => {
    await relay.stop();
    await bus.close({ graceMs: 5_000 });
    await database.drop();
  };
  return { database, bus, relay, work: new UnitOfWork(database.source, relay), close };
}

/** A message in a transaction of its own. */
const write = ({ work }: Line, number: number) =>
  work.run((tx) =>
    tx.query(
      `INSERT INTO outbox_messages (queue, message_id, name, key, site, envelope)
       SELECT $1, gen_random_uuid(), 'order.accepted.v1', b::json->>'key', 'bench', b FROM (SELECT $2::text) AS t (b)`,
      [queueName, bodyOf(number)],
    ),
  );

async function measureLatency(place: BenchPlace, { repeats, quick, say }: BenchOptions) {
  const [p50s, p99s]: [number[], number[]] = [[], []];
  const count = quick ? 120 : 800;
  for (let repeat = 1; repeat <= repeats; repeat += 1) {
    const tally = new Tally(count);
    const line = await open(place, tally);
    const committed: Promise<number>[] = [];
    for (let number = 0; number < count; number += 1) {
      committed.push(write(line, number).then(() => performance.now()));
      await pause(25);
    }
    await tally.complete(10_000);
    const committedAt = await Promise.all(committed);
    await line.close();
    // The first ones wait for connections that are made once. A consumer may have a message before its writer hears of the commit.
    const latencies = committedAt
      .map((at, number) => Math.max(0, (tally.arrivedAt.get(number) ?? Number.POSITIVE_INFINITY) - at))
      .slice(20);
    p50s.push(quantile(latencies, 0.5));
    p99s.push(quantile(latencies, 0.99));
    say(
      `${repeat}/${repeats} p50 ${rounded(p50s.at(-1) ?? 0, 1)} ms, p99 ${rounded(p99s.at(-1) ?? 0, 1)} ms, lost ${tally.lost}`,
    );
  }
  return {
    json: { p50Ms: rounded(median(p50s), 1), p99Ms: rounded(median(p99s), 1), perSecond: 40 },
    series: [
      { name: 'p50', unit: 'ms', samples: p50s },
      { name: 'p99', unit: 'ms', samples: p99s },
    ],
  };
}

export const latency: Bench = {
  says: 'forty messages a second: from the commit of each until it is consumed',
  method:
    'A message every 25 ms, each in a transaction of its own; the time runs from its commit, as its writer hears of it, until its consumer has ' +
    'it. Writer, relay and consumer in one process.',
  measure: measureLatency,
};

const writers = 8;

async function measureLive(place: BenchPlace, { repeats, quick, say }: BenchOptions) {
  const [rates, p50s, p99s]: [number[], number[], number[]] = [[], [], []];
  const count = quick ? 4_000 : 30_000;
  const faults = { lost: 0, duplicated: 0, outOfOrder: 0 };
  for (let repeat = 1; repeat <= repeats; repeat += 1) {
    const tally = new Tally(count);
    const line = await open(place, tally);
    const begun = performance.now();
    // Each writer has keys of its own, so that the order of a key is that of its commits.
    const writing = Array.from({ length: writers }, async (_, writer) => {
      for (let number = writer; number < count; number += writers) await write(line, number);
    });
    await Promise.all([...writing, tally.complete(20_000)]);
    rates.push((tally.received * 1000) / (tally.lastAt - begun));
    p50s.push(quantile(tally.latencies, 0.5));
    p99s.push(quantile(tally.latencies, 0.99));
    faults.lost += tally.lost;
    faults.duplicated += tally.duplicated;
    faults.outOfOrder += tally.outOfOrder;
    await line.close();
    say(`${repeat}/${repeats} ${rounded(rates.at(-1) ?? 0)}/s, p50 ${p50s.at(-1)} ms, p99 ${p99s.at(-1)} ms`);
  }
  return {
    json: { rate: rounded(median(rates)), p50Ms: rounded(median(p50s), 1), p99Ms: rounded(median(p99s), 1), ...faults },
    series: [
      { name: 'rate', unit: 'messages/s', samples: rates },
      { name: 'p50', unit: 'ms', samples: p50s },
      { name: 'p99', unit: 'ms', samples: p99s },
    ],
  };
}

export const live: Bench = {
  says: 'eight writers, relay and consumer at once, as fast as they can',
  method:
    'Eight writers commit one message of 1 KB after the other, while the relay sends and a consumer takes, all in one process; the time of a ' +
    'message runs from before its insertion.',
  measure: measureLive,
};

import { randomUUID } from 'node:crypto';
import {
  done,
  HandledMessages,
  LaneConsumer,
  MessageWriter,
  Outbox,
  OutboxRelay,
  RabbitMessageBus,
  UnitOfWork,
  type Message,
} from '@tandem/messaging';
import { connect } from 'amqplib';
import { eventually } from '../support/eventually.js';
import {
  interleaved,
  median,
  nothingAround,
  ratioOf,
  rounded,
  seriesOf,
  type Bench,
  type BenchOptions,
} from './bench.js';
import { ownFlames } from './flame-graph.js';
import { benchQueues } from './outbox.js';
import type { BenchDatabase, BenchPlace } from './place.js';

const [{ name: queueName }] = benchQueues;
const [keys, batchSize] = [200, 500];

const writer = new MessageWriter({ now: () => new Date() }, randomUUID);

function messageOf(number: number): Message {
  const key = `K-${number % keys}`;
  return writer.write('order.accepted.v1', {
    key,
    site: 'bench',
    body: { site: 'bench', orderNumber: key },
    cause: {},
  });
}

/** All lanes stand full, each message with its place in the outbox; then they are consumed. */
async function oursRate(place: BenchPlace, count: number, around = nothingAround): Promise<number> {
  const database = await place.database();
  await database.source.query('CREATE TABLE bench_history (key text NOT NULL, message_id uuid PRIMARY KEY)');
  await database.source.query('CREATE TABLE bench_status (key text PRIMARY KEY, handled int NOT NULL)');
  const onFailure = (error: unknown) => void process.stderr.write(`${String(error)}\n`);
  const prefix = `bench-${process.pid}.`;
  const bus = new RabbitMessageBus({ url: place.amqpUrl, prefix, queues: benchQueues, onFailure });
  await bus.start();
  await fillLanes(database, bus, count);
  const work = new UnitOfWork(database.source, { wake: () => undefined });
  const consumer = new LaneConsumer({
    ...{ bus, database: database.source, work, random: Math.random },
    onFault: onFailure,
  });
  const rate = await around(async () => {
    const begun = performance.now();
    await consumer.consume(queueName, { batchSize }, (messages) => record(work, messages));
    await eventually('all is settled', async () => (await left(database)) === 0 || undefined, {
      within: 120_000,
      every: 20,
    });
    return (count * 1000) / (performance.now() - begun);
  });
  await bus.close({ graceMs: 5_000 });
  await database.drop();
  return rate;
}

const left = async ({ source }: BenchDatabase) =>
  (await source.query<{ n: number }[]>('SELECT count(*)::int AS n FROM outbox_messages'))[0]?.n;

async function fillLanes(database: BenchDatabase, bus: RabbitMessageBus, count: number): Promise<void> {
  const outbox = new Outbox(benchQueues);
  for (let from = 0; from < count; from += 1_000)
    await database.source.transaction((tx) =>
      outbox.put(
        tx,
        Array.from({ length: Math.min(1_000, count - from) }, (_, at) => messageOf(from + at)),
      ),
    );
  const relay = new OutboxRelay(database.source, bus, { queues: benchQueues, onFailure: () => undefined });
  relay.start();
  await eventually('all lanes are full', async () => (await relay.lag()).due === 0 || undefined, { within: 120_000 });
  await relay.stop();
}

/** Inbox, history and status, in one transaction for the batch. */
async function record(work: UnitOfWork, messages: readonly Message[]) {
  const ids = messages.map(({ id }) => id);
  const own = messages.map(({ key }) => key);
  await work.run(async (tx) => {
    await new HandledMessages().claim(tx, queueName, ids);
    await tx.query('INSERT INTO bench_history SELECT * FROM unnest($1::text[], $2::uuid[])', [own, ids]);
    await tx.query(
      `INSERT INTO bench_status AS kept SELECT key, count(*) FROM unnest($1::text[]) AS m (key) GROUP BY key ORDER BY key
       ON CONFLICT (key) DO UPDATE SET handled = kept.handled + excluded.handled`,
      [own],
    );
  });
  return messages.map(() => done);
}

/** The same messages in one queue, taken and acknowledged, so many at a time. */
async function rawRate(place: BenchPlace, count: number, together: number): Promise<number> {
  const queue = await place.queue();
  const connection = await connect(place.amqpUrl, { noDelay: true });
  const channel = await connection.createConfirmChannel();
  for (let number = 0; number < count; number += 1) {
    channel.sendToQueue(queue, Buffer.from(JSON.stringify(messageOf(number))), { persistent: true });
    if (number % 2_000 === 0) await channel.waitForConfirms();
  }
  await channel.waitForConfirms();
  await channel.prefetch(1_000);
  const all = Promise.withResolvers<number>();
  let taken = 0;
  const begun = performance.now();
  await channel.consume(queue, (message) => {
    if (message === null) return;
    taken += 1;
    if (taken % together === 0 || taken === count) channel.ack(message, true);
    if (taken === count) all.resolve(performance.now());
  });
  const rate = (count * 1000) / ((await all.promise) - begun);
  await connection.close();
  await place.operator.deleteQueue(queue);
  return rate;
}

async function measure(place: BenchPlace, options: BenchOptions) {
  const count = options.quick ? 5_000 : 40_000;
  const samples = await interleaved(options, {
    ours: () => oursRate(place, count),
    raw: () => rawRate(place, count, 1),
    rawTogether: () => rawRate(place, count, 200),
  });
  const json = {
    rate: rounded(median(samples.ours)),
    rawRate: rounded(median(samples.raw)),
    ratioToRaw: ratioOf(samples.ours, samples.raw),
    rawTogetherRate: rounded(median(samples.rawTogether)),
  };
  const pictures = await ownFlames('consume', options, (around) => oursRate(place, count, around));
  return { json, series: seriesOf(samples, 'messages/s'), pictures };
}

export const consume: Bench = {
  says: 'takes messages from full lanes: claimed, a row of history each, the status of its key, settled, acknowledged',
  method:
    'Messages of our catalogue and 200 keys stand in eight lanes, each with its row in the outbox; up to 500 are handled in one transaction, ' +
    'and settled in another; counted until the outbox is empty. Raw takes the same messages from one queue and acknowledges each; ' +
    'together is the same with one acknowledgement for 200.',
  measure,
};

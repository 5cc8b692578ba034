import { RabbitMessageBus, type RawDelivery } from '@tandem/messaging';
import { ReceivePublishes } from '@tandem/sync-api';
import { connect, type ConsumeMessage } from 'amqplib';
import pg from 'pg';
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
import type { BenchPlace } from './place.js';
import { newPublish, receiverOn } from './receiver.js';

const batchSize = 500;

/** A queue with so many publishes. */
async function filledQueue(place: BenchPlace, count: number): Promise<string> {
  const queue = await place.queue();
  const connection = await connect(place.amqpUrl);
  const channel = await connection.createConfirmChannel();
  for (let number = 0; number < count; number += 1) {
    const { id, headers, body } = newPublish(number);
    channel.sendToQueue(queue, Buffer.from(body), {
      messageId: id,
      headers,
      contentType: 'application/json',
      persistent: true,
    });
    if (number % 2_000 === 0) await channel.waitForConfirms();
  }
  await channel.waitForConfirms();
  await connection.close();
  return queue;
}

/** Counts up to a number; its promise resolves there. */
function countTo(count: number) {
  const { promise, resolve } = Promise.withResolvers<number>();
  let counted = 0;
  const add = (more: number) => {
    counted += more;
    if (counted >= count) resolve(performance.now());
  };
  return { add, reached: promise };
}

const publishOf = ({ headers, body, contentType }: RawDelivery) => ({
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])),
  body,
  contentType,
});

/** Our door: archived, told from repeats, put in the outbox, acknowledged. */
async function oursRate(place: BenchPlace, count: number, around = nothingAround): Promise<number> {
  const [queue, database] = [await filledQueue(place, count), await place.emptyDatabase()];
  const { handler, close } = await receiverOn(database.url);
  const onFailure = (error: unknown) => void process.stderr.write(`${String(error)}\n`);
  const bus = new RabbitMessageBus({ url: place.amqpUrl, prefix: 'ingest.', queues: [], onFailure });
  await bus.start();
  const { add, reached } = countTo(count);
  const rate = await around(async () => {
    const begun = performance.now();
    await bus.consumeExternal(queue, { batchSize }, async (batch) => {
      await handler.execute(new ReceivePublishes(batch.map(publishOf)));
      add(batch.length);
    });
    return (count * 1000) / ((await reached) - begun);
  });
  await bus.close({ graceMs: 5_000 });
  await close();
  await database.drop();
  await place.operator.deleteQueue(queue);
  return rate;
}

/** R2: the same messages, one insertion and one transaction for every five hundred, then acknowledged. */
async function rawRate(place: BenchPlace, count: number): Promise<number> {
  const [queue, database] = [await filledQueue(place, count), await place.emptyDatabase()];
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query('CREATE TABLE kept (id text PRIMARY KEY, body text NOT NULL)');
  const connection = await connect(place.amqpUrl, { noDelay: true });
  const channel = await connection.createChannel();
  await channel.prefetch(2 * batchSize);
  const { add, reached } = countTo(count);
  const keep = async (batch: readonly ConsumeMessage[]) => {
    await insertAll(client, batch);
    const last = batch.at(-1);
    if (last !== undefined) channel.ack(last, true);
    add(batch.length);
  };
  const take = oneAfterTheOther(keep);
  const begun = performance.now();
  await channel.consume(queue, (message) => {
    if (message !== null) take(message);
  });
  const rate = (count * 1000) / ((await reached) - begun);
  await connection.close();
  await client.end();
  await database.drop();
  await place.operator.deleteQueue(queue);
  return rate;
}

async function insertAll(client: pg.Client, batch: readonly ConsumeMessage[]): Promise<void> {
  await client.query('BEGIN');
  await client.query({
    name: 'keep',
    text: 'INSERT INTO kept SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING',
    values: [
      batch.map(({ properties }) => String(properties.messageId)),
      batch.map(({ content }) => content.toString('utf8')),
    ],
  });
  await client.query('COMMIT');
}

/** Hands over what has come meanwhile as one batch, one batch at a time. */
function oneAfterTheOther(keep: (batch: readonly ConsumeMessage[]) => Promise<void>) {
  const inHand: ConsumeMessage[] = [];
  let running: Promise<void> | undefined;
  const drain = async () => {
    while (inHand.length > 0) await keep(inHand.splice(0, batchSize));
    running = undefined;
  };
  return (message: ConsumeMessage) => {
    inHand.push(message);
    running ??= drain();
  };
}

async function measure(place: BenchPlace, options: BenchOptions) {
  const count = options.quick ? 20_000 : 40_000;
  const samples = await interleaved(options, { ours: () => oursRate(place, count), raw: () => rawRate(place, count) });
  const json = {
    rate: rounded(median(samples.ours)),
    rawRate: rounded(median(samples.raw)),
    ratioToRaw: ratioOf(samples.ours, samples.raw),
  };
  const pictures = await ownFlames('ingest', options, (around) => oursRate(place, count, around));
  return { json, series: seriesOf(samples, 'events/s'), pictures };
}

export const ingest: Bench = {
  says: 'takes publishes of the OMS from a queue: archived, told from repeats, queued, acknowledged',
  method:
    'Publishes of 1 KB stand in a quorum queue; counted from the start of the consumer until the last was committed. Raw keeps id and body ' +
    'with one insertion and one transaction for every 500 and acknowledges then: no archive, no repeats, no outbox.',
  measure,
};

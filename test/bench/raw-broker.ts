import { connect, type ConfirmChannel } from 'amqplib';
import { bodyOf, Tally } from './tally.js';
import type { BenchPlace } from './place.js';

const windowSize = 1_000;

/** Publishes with confirms through a sliding window. */
async function publishAll(channel: ConfirmChannel, queue: string, count: number): Promise<void> {
  let sent = 0;
  let confirmed = 0;
  await new Promise<void>((resolve, reject) => {
    const push = () => {
      while (sent < count && sent - confirmed < windowSize) {
        channel.sendToQueue(queue, Buffer.from(bodyOf(sent++)), { persistent: true }, (refusal: unknown) => {
          if (refusal) return reject(new Error('The broker refused.'));
          confirmed += 1;
          return confirmed === count ? resolve() : push();
        });
      }
    };
    push();
  });
}

const perSecond = (count: number, begun: number, ended = performance.now()) => (count * 1000) / (ended - begun);

/** R1: confirmed publishes alone, in messages a second. */
export async function rawPublishRate(place: BenchPlace, count: number): Promise<number> {
  const queue = await place.queue();
  const connection = await connect(place.amqpUrl, { noDelay: true });
  const channel = await connection.createConfirmChannel();
  const begun = performance.now();
  await publishAll(channel, queue, count);
  const rate = perSecond(count, begun);
  await connection.close();
  await place.operator.deleteQueue(queue);
  return rate;
}

/** Publishes and consumes at once over one queue: all that a relay without a database could do. */
export async function passThroughRate(place: BenchPlace, count: number): Promise<number> {
  const queue = await place.queue();
  const [sending, taking] = await Promise.all([
    connect(place.amqpUrl, { noDelay: true }),
    connect(place.amqpUrl, { noDelay: true }),
  ]);
  const tally = await consumeInto(await taking.createChannel(), queue, count);
  const channel = await sending.createConfirmChannel();
  const begun = performance.now();
  await Promise.all([publishAll(channel, queue, count), tally.complete(30_000)]);
  const rate = perSecond(count, begun, tally.lastAt);
  await Promise.all([sending.close(), taking.close()]);
  await place.operator.deleteQueue(queue);
  return rate;
}

/** Counts what arrives on a queue; acknowledged in batches. */
export async function consumeInto(
  channel: Awaited<ReturnType<Awaited<ReturnType<typeof connect>>['createChannel']>>,
  queue: string,
  count: number,
): Promise<Tally> {
  const tally = new Tally(count);
  let unacknowledged = 0;
  await channel.prefetch(windowSize);
  await channel.consume(queue, (message) => {
    if (message === null) return;
    tally.note(message.content);
    unacknowledged += 1;
    if (unacknowledged < 200 && tally.lost > 0) return;
    unacknowledged = 0;
    channel.ack(message, true);
  });
  return tally;
}

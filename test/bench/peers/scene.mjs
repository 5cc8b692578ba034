/** What every peer is given: an empty database, a queue, and how many messages of one kilobyte to send. */
import { connect } from 'amqplib';

export const databaseUrl = process.env.BENCH_DB_URL;
export const queue = process.env.BENCH_QUEUE;
export const count = Number(process.env.BENCH_COUNT);

const filler = 'x'.repeat(900);
export const keyOf = (number) => `K-${number % 200}`;
export const bodyOf = (number) => ({ key: keyOf(number), number, sentAt: Date.now(), filler });

export async function confirmChannel() {
  const connection = await connect(process.env.BENCH_AMQP_URL, { noDelay: true });
  return connection.createConfirmChannel();
}

/** One confirmed publish. */
export const publish = (channel, body) =>
  new Promise((resolve, reject) => {
    channel.sendToQueue(queue, Buffer.from(JSON.stringify(body)), { persistent: true }, (refusal) =>
      refusal ? reject(refusal) : resolve(),
    );
  });

export const begun = () => process.stdout.write('begun\n');

import type { Channel } from 'amqplib';
import { within } from '../within.js';
import { answerWithinMs, type RabbitConnection } from './rabbit-connection.js';

/** RabbitMQ 4 drops a message after 20 returns unless told otherwise. How often a message may fail is for our recovery policy alone to say. */
const returnsWithoutEnd = 1_000_000;

/** A lane: replicated, and read by one consumer at a time while the others stand by. Declaring it again changes nothing. */
export async function declareLane(channel: Channel, queue: string): Promise<void> {
  const declared = channel.assertQueue(queue, {
    durable: true,
    arguments: { 'x-queue-type': 'quorum', 'x-single-active-consumer': true, 'x-delivery-limit': returnsWithoutEnd },
  });
  await within(answerWithinMs, declared);
}

/**
 * A queue of somebody else's: taken as it is if it exists, since its owner chose its arguments; declared only where it is missing.
 * Asking for a missing queue costs the channel, hence one for the question alone.
 */
export async function declareExternal(connection: RabbitConnection, queue: string): Promise<void> {
  const asking = await connection.channel();
  try {
    await within(answerWithinMs, asking.checkQueue(queue));
    return await asking.close();
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  const declaring = await connection.channel();
  await within(
    answerWithinMs,
    declaring.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } }),
  );
  await declaring.close();
}

const isNotFound = (error: unknown) => error instanceof Error && 'code' in error && error.code === 404;

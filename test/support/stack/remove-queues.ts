import { topology } from '@tandem/messaging';
import { connect } from 'amqplib';

/** More lanes than any queue has: deleting a queue that is not there is no error for the broker. */
const mostLanes = 64;

/** Removes the queues of a run from the broker, which belongs to somebody else. */
export async function removeQueues(amqpUrl: string, prefix: string): Promise<void> {
  const connection = await connect(amqpUrl);
  connection.on('error', () => undefined);
  try {
    const channel = await connection.createChannel();
    const lanes = topology.flatMap(({ name }) =>
      Array.from({ length: mostLanes }, (_, lane) => `${prefix}${name}.lane-${lane}`),
    );
    for (const name of [...lanes, `${prefix}oms.order-events`]) await channel.deleteQueue(name);
    await channel.deleteExchange(`${prefix}lanes`);
  } finally {
    await connection.close();
  }
}

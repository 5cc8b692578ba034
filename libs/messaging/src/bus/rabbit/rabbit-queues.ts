import type { Channel } from 'amqplib';
import { externalArguments, laneArguments, type BrokerTopology } from './broker-topology.js';
import { Inquiry, notFound, type Refusal } from './inquiry.js';
import { answered, type RabbitConnection } from './rabbit-connection.js';
import { sentenceOf } from './refusal-sentences.js';

const declareExchange = (channel: Channel, exchange: string) =>
  channel.assertExchange(exchange, 'direct', { durable: true });

const declareQueue = (channel: Channel, lane: string) =>
  channel.assertQueue(lane, { durable: true, arguments: laneArguments });

/** Makes a lane, with all it takes to get there. Declaring it again changes nothing. */
export async function declareLane(channel: Channel, { exchange }: BrokerTopology, lane: string): Promise<void> {
  await answered('the declaration of an exchange', declareExchange(channel, exchange));
  await answered('the declaration of a queue', declareQueue(channel, lane));
  await answered('a binding', channel.bindQueue(lane, exchange, lane));
}

/** With all that is in it. */
export async function deleteLane(channel: Channel, lane: string): Promise<void> {
  await answered('the deletion of a queue', channel.deleteQueue(lane));
}

/**
 * A queue of somebody else's: taken as it is if it exists, since its owner chose its arguments; declared only where it is missing.
 */
export async function declareExternal(connection: RabbitConnection, queue: string): Promise<Refusal | undefined> {
  const inquiry = new Inquiry(connection);
  const there = await inquiry.put((channel) => channel.checkQueue(queue));
  const refusal =
    there?.code === notFound
      ? await inquiry.put((channel) => channel.assertQueue(queue, { durable: true, arguments: externalArguments }))
      : there;
  inquiry.end();
  return refusal;
}

/** Makes all that is missing and ours to make. Yields a sentence for each piece that the broker refuses to make, or that is declared otherwise. */
export async function declareTopology(
  connection: RabbitConnection,
  { exchange, lanes, external, adopted }: BrokerTopology,
): Promise<readonly string[]> {
  const inquiry = new Inquiry(connection);
  const complaints: string[] = [];
  const note = (piece: string, refusal: Refusal | undefined) => {
    if (refusal !== undefined) complaints.push(sentenceOf(piece, refusal));
    return refusal === undefined;
  };
  note(`exchange ${exchange}`, await inquiry.put((channel) => declareExchange(channel, exchange)));
  for (const lane of lanes) {
    const made = note(`queue ${lane}`, await inquiry.put((channel) => declareQueue(channel, lane)));
    // Where the exchange is refused, so is every binding to it: one sentence is enough.
    if (!made || complaints.length > 0) continue;
    note(`binding of ${lane} to ${exchange}`, await inquiry.put((channel) => channel.bindQueue(lane, exchange, lane)));
  }
  for (const queue of adopted) note(`queue ${queue}`, await inquiry.put((channel) => channel.checkQueue(queue)));
  inquiry.end();
  for (const queue of external) note(`queue ${queue}`, await declareExternal(connection, queue));
  return complaints;
}

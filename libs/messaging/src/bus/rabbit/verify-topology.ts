import type { ConfirmChannel, GetMessage } from 'amqplib';
import type { BrokerTopology } from './broker-topology.js';
import { accessRefused, Inquiry, locked, notFound, type Refusal } from './inquiry.js';
import type { RabbitConnection } from './rabbit-connection.js';
import { sentenceOf } from './refusal-sentences.js';

/** Type of the messages that look for a binding. Whoever takes one passes over it. */
export const probeType = 'tandem.probe';

/** A queue that is bound gives it up at once; the broker returns it where none is. */
const probe = { type: probeType, mandatory: true, expiration: '0' };

/**
 * Looks for every piece without making any, with no right to configure; yields a sentence for each that is missing or of another kind.
 * AMQP shows no arguments. But a quorum queue with a single active consumer refuses to be asked for one message, which no other queue
 * does; and a binding shows by what comes back. The limit of deliveries cannot be seen.
 */
export async function verifyTopology(
  connection: RabbitConnection,
  topology: BrokerTopology,
): Promise<readonly string[]> {
  const { exchange, lanes, external, adopted } = topology;
  const inquiry = new Inquiry(connection);
  const complaints: string[] = [];
  const note = (complaint: string | undefined) => {
    if (complaint !== undefined) complaints.push(complaint);
    return complaint === undefined;
  };
  const sends = note(
    complaintOf(`exchange ${exchange}`, await inquiry.put((channel) => channel.checkExchange(exchange))),
  );
  const missing = new Set<string>();
  for (const lane of lanes) {
    const there = note(complaintOf(`queue ${lane}`, await inquiry.put((channel) => channel.checkQueue(lane))));
    if (!there) missing.add(lane);
    else note(await kindOf(inquiry, lane));
  }
  for (const queue of [...external, ...adopted])
    note(complaintOf(`queue ${queue}`, await inquiry.put((channel) => channel.checkQueue(queue))));
  if (sends) {
    const there = lanes.filter((lane) => !missing.has(lane));
    complaints.push(...(await bindingsMissing(inquiry, exchange, there)));
  }
  inquiry.end();
  return complaints;
}

const complaintOf = (piece: string, refusal: Refusal | undefined) => refusal && sentenceOf(piece, refusal);

/** A message that is taken by this is given back: its channel closes. */
async function kindOf(inquiry: Inquiry, lane: string): Promise<string | undefined> {
  let taken: GetMessage | false | undefined;
  const refusal = await inquiry.put(async (channel) => {
    taken = await channel.get(lane);
    if (taken !== false) channel.nack(taken);
  });
  if (refusal?.code === locked && refusal.text.includes('single active consumer')) return undefined;
  if (refusal?.code === accessRefused) return `The broker's user may not read from the queue ${lane}.`;
  if (refusal?.code === notFound) return `The queue ${lane} is missing.`;
  if (refusal !== undefined) return sentenceOf(`queue ${lane}`, refusal);
  return `The queue ${lane} is declared otherwise than we would: it must be a quorum queue with x-single-active-consumer, or replicas mix up its order.`;
}

async function bindingsMissing(
  inquiry: Inquiry,
  exchange: string,
  lanes: readonly string[],
): Promise<readonly string[]> {
  const nowhere = `${exchange}.nowhere`;
  const returned = new Set<string>();
  const refusal = await inquiry.put(async (channel: ConfirmChannel) => {
    channel.on('return', ({ fields }) => returned.add(fields.routingKey));
    for (const key of [...lanes, nowhere]) channel.publish(exchange, key, Buffer.alloc(0), probe);
    await channel.waitForConfirms();
  });
  if (refusal?.code === accessRefused) return [`The broker's user may not write to the exchange ${exchange}.`];
  if (refusal !== undefined) return [sentenceOf(`exchange ${exchange}`, refusal)];
  const unbound = lanes
    .filter((lane) => returned.has(lane))
    .map((lane) => `The queue ${lane} is not bound to the exchange ${exchange} with the key ${lane}.`);
  return returned.has(nowhere)
    ? unbound
    : [`The exchange ${exchange} sends on what no queue is bound to by name: it must be of type direct.`, ...unbound];
}

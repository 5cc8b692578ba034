import { connect } from 'amqplib';
import { seedCatalogue } from '../golden/catalogue.js';
import type { GoldenCase } from '../golden/golden-order.js';
import { isQuiet } from '../golden/observer.js';
import { orderOfTurn, runName } from '../golden/order-stream.js';
import { playOrder, type PlayedOrder } from '../golden/play-order.js';
import type { Publish } from '../recovery/campaign/sender.js';
import { eventually } from '../support/eventually.js';
import type { Stack } from '../support/stack/start-stack.js';
import type { BenchPlace } from './place.js';

/** A publish of the OMS as it came, kept to be sent later. */
export interface RecordedEvent extends Publish {
  readonly orderNumber: string;
}

export interface RecordedLives {
  readonly orders: readonly PlayedOrder[];
  /** The first event of each order, then the second of each, and so on: no two of one order stand together. */
  readonly events: readonly RecordedEvent[];
}

const placedTogether = 8;
/** As many lines as the OMS takes: one such order in twenty weighs three times all the others together. */
const largest = 'G28';

/**
 * Places golden orders that nobody edits and lets the OMS live their lives, while all it tells goes to a queue that nobody of ours reads:
 * what it told is the work of a bench.
 */
export async function recordLives(
  place: BenchPlace,
  stack: Stack,
  count: number,
  say: (sentence: string) => void,
): Promise<RecordedLives> {
  const queue = await place.queue();
  await stack.oms.publishTo({ http: null, amqp: { url: place.amqpUrl, queue, shape: 'bare' } });
  say(`Placing ${count} orders`);
  const orders = await placeAll(stack, await casesFor(stack, count));
  say('Waiting until the OMS has told all there is to tell');
  for (const { expected } of orders) {
    const life = async () => ((await stack.oms.life(expected.number))?.pending === 0 ? true : undefined);
    await eventually(`${expected.number} has lived its life`, life, { within: 300_000 });
  }
  await eventually('nothing moves', async () => ((await isQuiet(stack)) ? true : undefined), { within: 300_000 });
  return { orders, events: inWaves(await takeAll(place, queue)) };
}

async function casesFor(stack: Stack, count: number): Promise<readonly GoldenCase[]> {
  const stream = { catalogue: await seedCatalogue(stack.crm), run: runName(new Date()), paceMs: 20 };
  const cases: GoldenCase[] = [];
  for (let turn = 0; cases.length < count; turn += 1) {
    const one = orderOfTurn(stream, turn);
    if (one.acts.length === 0 && one.shape !== largest) cases.push(one);
  }
  return cases;
}

async function placeAll(stack: Stack, cases: readonly GoldenCase[]): Promise<readonly PlayedOrder[]> {
  const waiting = [...cases];
  const placed: PlayedOrder[] = [];
  const place = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      placed.push(await playOrder(stack, next));
  };
  await Promise.all(Array.from({ length: placedTogether }, place));
  return placed;
}

async function takeAll(place: BenchPlace, queue: string): Promise<readonly RecordedEvent[]> {
  const connection = await connect(place.amqpUrl);
  const channel = await connection.createChannel();
  const taken: RecordedEvent[] = [];
  for (let next = await channel.get(queue); next !== false; next = await channel.get(queue)) {
    const { OrderId } = JSON.parse(next.content.toString('utf8')) as { OrderId: string };
    const { headers = {} } = next.properties;
    taken.push({
      orderNumber: OrderId,
      id: String(next.properties.messageId),
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      body: next.content,
    });
  }
  await connection.close();
  await place.operator.deleteQueue(queue);
  return taken;
}

function inWaves(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
  const byOrder = [...Map.groupBy(events, ({ orderNumber }) => orderNumber).values()];
  const longest = Math.max(0, ...byOrder.map(({ length }) => length));
  return Array.from({ length: longest }, (_, wave) => byOrder.flatMap((own) => own[wave] ?? [])).flat();
}

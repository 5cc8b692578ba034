import { setTimeout as pause } from 'node:timers/promises';
import { isQuiet } from '../golden/observer.js';
import { takeEvidence } from '../golden/witness.js';
import { Sender } from '../recovery/campaign/sender.js';
import { freePort } from '../support/environment/index.js';
import { eventually } from '../support/eventually.js';
import { omsEventsQueue } from '../support/stack/settings.js';
import { startStack, type Stack } from '../support/stack/start-stack.js';
import { median, quantile, rounded, seriesOf, type Bench, type BenchOptions } from './bench.js';
import { flameGraph } from './flame-graph.js';
import { Inspector } from './inspector.js';
import type { BenchPlace } from './place.js';
import { recordLives, type RecordedLives } from './recorded-lives.js';

const pacedPerSecond = 50;

interface Round {
  /** Events a second of a queue that stood full. */
  readonly rate: number;
  /** Processor time of the service for each of them, in milliseconds. */
  readonly processorMs: number;
  /** Of each event that changed something, from its sending to the last write of the CRM that it led to, in milliseconds. */
  readonly latencies: readonly number[];
}

/** A stack of its own, and someone who sends to it as the OMS does. */
async function withStack<T>(
  place: BenchPlace,
  work: (stack: Stack, sender: Sender, inspector: Inspector) => Promise<T>,
): Promise<T> {
  const database = await place.emptyDatabase();
  const inspectPort = await freePort();
  const stack = await startStack({ databaseUrl: database.url, amqpUrl: place.amqpUrl, inspectPort });
  const [sender, inspector] = [
    new Sender(place.amqpUrl, omsEventsQueue(stack.run)),
    await Inspector.of(inspectPort),
  ] as const;
  try {
    return await work(stack, sender, inspector);
  } finally {
    inspector.close();
    await sender.close();
    await stack.stop();
    await database.drop();
  }
}

/** Some events stand in the queue at once; later others come one after the other. */
const round = (place: BenchPlace, count: number, say: BenchOptions['say']): Promise<Round> =>
  withStack(place, async (stack, sender, inspector) => {
    const flood = await recordLives(place, stack, count, say);
    const before = await inspector.processorMs();
    const rate = await drainRate(stack, sender, flood);
    const processorMs = ((await inspector.processorMs()) - before) / flood.events.length;
    say(`${rounded(rate)} events/s out of a full queue, ${rounded(processorMs, 2)} ms of processor time each`);
    const trickle = await recordLives(place, stack, Math.ceil(count / 4), say);
    return { rate, processorMs, latencies: await pacedLatencies(stack, sender, trickle) };
  });

/** What the service does while it drains a full queue. */
const profiled = (place: BenchPlace, count: number, say: BenchOptions['say']) =>
  withStack(place, async (stack, sender, inspector) => {
    const flood = await recordLives(place, stack, count, say);
    return inspector.profile(() => drainRate(stack, sender, flood));
  });

/** Until so many more have come in than before, and nothing moves. */
async function settled(stack: Stack, archived: number): Promise<void> {
  const all = async () => ((await archivedSoFar(stack)) >= archived && (await isQuiet(stack)) ? true : undefined);
  await eventually('nothing moves', all, { within: 600_000, every: 100 });
}

async function archivedSoFar({ syncApi }: Stack): Promise<number> {
  const { received, done, waiting, parked, duplicate } = (await syncApi.summary()).archive;
  return received + done + waiting + parked + duplicate;
}

async function drainRate(stack: Stack, sender: Sender, { orders, events }: RecordedLives): Promise<number> {
  const before = await archivedSoFar(stack);
  const begun = Date.now();
  await Promise.all(events.map((event) => sender.send(event)));
  await settled(stack, before + events.length);
  const { orders: seen } = await takeEvidence(stack, orders);
  const last = Math.max(...seen.flatMap(({ crm }) => crm.writes.map(({ at }) => Date.parse(at))));
  return (events.length * 1000) / (last - begun);
}

async function pacedLatencies(
  stack: Stack,
  sender: Sender,
  { orders, events }: RecordedLives,
): Promise<readonly number[]> {
  const sent = new Map<string, number[]>();
  const before = await archivedSoFar(stack);
  const begun = performance.now();
  const sending: Promise<void>[] = [];
  for (const [index, event] of events.entries()) {
    await pause(Math.max(0, begun + (index * 1000) / pacedPerSecond - performance.now()));
    sent.set(event.orderNumber, [...(sent.get(event.orderNumber) ?? []), Date.now()]);
    sending.push(sender.send(event));
  }
  await Promise.all(sending);
  await settled(stack, before + events.length);
  const { orders: seen } = await takeEvidence(stack, orders);
  return seen.flatMap(({ expected, crm }) => {
    const times = sent.get(expected.number) ?? [];
    const writes = crm.writes.map(({ at }) => Date.parse(at));
    return times.flatMap((from, index) => {
      const own = writes.filter((at) => at >= from && at < (times[index + 1] ?? Number.POSITIVE_INFINITY));
      return own.length === 0 ? [] : [Math.max(...own) - from];
    });
  });
}

async function measure(place: BenchPlace, options: BenchOptions) {
  const count = options.quick ? 200 : 800;
  const rounds: Round[] = [];
  for (let repeat = 1; repeat <= options.repeats; repeat += 1) {
    const one = await round(place, count, options.say);
    rounds.push(one);
    options.say(`${repeat}/${options.repeats}: ${rounded(one.rate)} events/s, p50 ${quantile(one.latencies, 0.5)} ms`);
  }
  const latencies = rounds.flatMap((one) => one.latencies);
  const rates = rounds.map(({ rate }) => rate);
  const json = {
    rate: rounded(median(rates)),
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    processorMs: rounded(median(rounds.map(({ processorMs }) => processorMs)), 2),
  };
  const pictures = options.profiled ? { flames: flameGraph('e2e', await profiled(place, count, options.say)) } : {};
  return { json, series: seriesOf({ ours: rates }, 'events/s'), pictures };
}

export const e2e: Bench = {
  says: 'from the publish of the OMS to the answer of the CRM, everything on this machine',
  method:
    'Golden orders that nobody edits live their lives at the OMS twin, whose publishes are kept. Rate: all of them stand in the queue of the ' +
    'service at once, the first of each order before the second of any; until the last write of the CRM twin. Latency: the same at 50 a ' +
    'second, from the sending of each to the last write it led to. One replica, both twins, PostgreSQL and RabbitMQ on the same machine.',
  measure,
};

import { OutboxRelay, RabbitMessageBus } from '@tandem/messaging';
import {
  interleaved,
  median,
  nothingAround,
  ratioOf,
  rounded,
  seriesOf,
  type Around,
  type Bench,
  type BenchOptions,
} from './bench.js';
import { ownFlames } from './flame-graph.js';
import { installPeers, peerRate, peers, type PeerTally } from './peers.js';
import type { BenchDatabase, BenchPlace } from './place.js';
import { passThroughRate, rawPublishRate } from './raw-broker.js';
import { bodyOf, Tally } from './tally.js';

export const benchQueues = [{ name: 'orders.place-order', messages: ['order.accepted.v1'], lanes: 8 }] as const;
const [{ name: queueName }] = benchQueues;

/** Writes so many messages into the outbox, as `Outbox` does. */
export async function fillOutbox({ source }: BenchDatabase, count: number): Promise<void> {
  for (let from = 0; from < count; from += 1_000) {
    const bodies = Array.from({ length: Math.min(1_000, count - from) }, (_, at) => bodyOf(from + at));
    await source.query(
      `INSERT INTO outbox_messages (queue, message_id, name, key, site, envelope)
       SELECT $1, gen_random_uuid(), 'order.accepted.v1', body::json->>'key', 'bench', body
       FROM unnest($2::text[]) WITH ORDINALITY AS b (body, place) ORDER BY place`,
      [queueName, bodies],
    );
  }
  await source.query('ANALYZE outbox_messages');
}

export interface Faultless {
  lost: number;
  duplicated: number;
  outOfOrder: number;
}

/** Relay, bus and one consumer for every lane; from a full outbox until the last message was consumed. */
async function drainRate(
  place: BenchPlace,
  count: number,
  faults: Faultless,
  around: Around = nothingAround,
): Promise<number> {
  const database = await place.database();
  await fillOutbox(database, count);
  const onFailure = () => undefined;
  const bus = new RabbitMessageBus({
    url: place.amqpUrl,
    prefix: `bench-${process.pid}.`,
    queues: benchQueues,
    onFailure,
  });
  await bus.start();
  const tally = new Tally(count);
  await bus.consume(queueName, { batchSize: 500 }, async (batch) => batch.forEach(({ body }) => tally.note(body)));
  const relay = new OutboxRelay(database.source, bus, { queues: benchQueues, onFailure });
  const rate = await around(async () => {
    const begun = performance.now();
    relay.start();
    await tally.complete(30_000);
    return (tally.received * 1000) / (tally.lastAt - begun);
  });
  await relay.stop();
  await bus.close({ graceMs: 5_000 });
  await database.drop();
  faults.lost += tally.lost;
  faults.duplicated += tally.duplicated;
  faults.outOfOrder += tally.outOfOrder;
  return rate;
}

async function measure(place: BenchPlace, options: BenchOptions) {
  const count = options.quick ? 5_000 : 50_000;
  const ownFaults: Faultless = { lost: 0, duplicated: 0, outOfOrder: 0 };
  const peerTallies = new Map<string, PeerTally>();
  await installPeers(options.say);
  const contenders = {
    ours: () => drainRate(place, count, ownFaults),
    passThrough: () => passThroughRate(place, count),
    publishOnly: () => rawPublishRate(place, count),
    ...Object.fromEntries(peers.map((peer) => [peer.name, () => peerRate(place, peer, options.quick, peerTallies)])),
  };
  const samples: Record<string, number[]> = await interleaved(options, contenders);
  const { ours = [], passThrough = [], publishOnly = [] } = samples;
  const [bestPeer] = peers
    .filter(({ library }) => library)
    .map(({ name }) => ({ name, samples: samples[name] ?? [] }))
    .sort((left, right) => median(right.samples) - median(left.samples));
  return {
    json: {
      rate: rounded(median(ours)),
      rawRate: rounded(median(passThrough)),
      ratioToRaw: ratioOf(ours, passThrough),
      publishRate: rounded(median(publishOnly)),
      ratioToPublish: ratioOf(ours, publishOnly),
      bestPeer: bestPeer?.name,
      bestPeerRate: rounded(median(bestPeer?.samples ?? [])),
      ratioToBestPeer: ratioOf(ours, bestPeer?.samples ?? []),
      ...ownFaults,
      peers: Object.fromEntries(
        peers.map(({ name }) => [name, { rate: rounded(median(samples[name] ?? [])), ...peerTallies.get(name) }]),
      ),
    },
    series: seriesOf(samples, 'messages/s'),
    pictures: await ownFlames('outbox', options, (around) => drainRate(place, count, ownFaults, around)),
  };
}

export const outbox: Bench = {
  says: 'drains a full outbox to a consumer: ours, the broker alone, and what others offer',
  method:
    'Messages of 1 KB and 200 keys stand in the outbox; counted from the start of the relay until the last was consumed, over eight lanes ' +
    'with one consumer each. Pass-through publishes (confirmed, window 1,000) and consumes at once over one quorum queue, without a database. ' +
    'Peers drain their own outbox into one quorum queue, fewer messages where they are slow.',
  measure,
};

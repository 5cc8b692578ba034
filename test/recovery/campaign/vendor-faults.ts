import { eventually } from '../../support/eventually.js';
import { askJson } from '../../support/stack/json-http.js';
import type { Cluster } from './cluster.js';
import { pick, type Fault } from './fault.js';
import { poisonous } from './publishes.js';

type Side = 'crm' | 'oms';
type Switches = Readonly<Record<string, unknown>>;

async function firedAt(cluster: Cluster, side: Side, name: string): Promise<number> {
  const url = `${cluster[side].url}/control/chaos`;
  const { fired } = await askJson<{ fired: Record<string, number> }>('GET', url);
  return fired[name] ?? 0;
}

const setAt = (cluster: Cluster, side: Side, switches: Switches) =>
  askJson('PUT', `${cluster[side].url}/control/chaos`, { body: switches });

interface Spell {
  readonly side: Side;
  /** The switch by which the twin counts. */
  readonly counted: string;
  readonly on: Switches;
  readonly off: Switches;
  readonly most: number;
}

/** On until the twin says that it struck often enough, or long enough. */
async function spell(cluster: Cluster, { side, counted, on, off, most }: Spell): Promise<number> {
  const before = await firedAt(cluster, side, counted);
  await setAt(cluster, side, on);
  try {
    const enough = async () => ((await firedAt(cluster, side, counted)) - before >= most ? true : undefined);
    await eventually(`${counted} strikes`, enough, { within: 8_000, every: 50 }).catch(() => undefined);
  } finally {
    await setAt(cluster, side, off);
  }
  return (await firedAt(cluster, side, counted)) - before;
}

const switched = (side: Side, name: string, on: unknown, off: unknown, most = 3): Fault => ({
  name: `${side}-${name}`,
  track: 'vendors',
  strike: ({ cluster }) => spell(cluster, { side, counted: name, on: { [name]: on }, off: { [name]: off }, most }),
});

const refusedWrites = (statusCode: string, message: string): Fault => ({
  name: `crm-${statusCode.toLowerCase().replaceAll('_', '-')}`,
  track: 'vendors',
  strike: ({ cluster }) =>
    spell(cluster, {
      side: 'crm',
      counted: 'failNext',
      on: { failNext: { statusCode, message, fields: [], times: 2 } },
      off: { failNext: null },
      most: 2,
    }),
});

const once = (side: Side, name: string): Fault => ({
  name: `${side}-${name}`,
  track: 'vendors',
  strike: ({ cluster }) => spell(cluster, { side, counted: name, on: { [name]: true }, off: {}, most: 1 }),
});

export const vendorFaults: readonly Fault[] = [
  once('crm', 'revokeSessions'),
  once('oms', 'revokeTokens'),
  switched('crm', 'permanent401', true, false),
  switched('crm', 'requestLimitExceeded', true, false),
  switched('crm', 'status503Html', 1, 0),
  switched('crm', 'rowLockRatio', 0.5, 0),
  switched('crm', 'answerLost', 1, 0),
  switched('crm', 'latencyMs', 2_000, 0, 2),
  refusedWrites('UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record'),
  switched('oms', 'status5xxRatio', 1, 0),
  switched('oms', 'lockWaitRatio', 1, 0, 2),
  switched('oms', 'answerLost', 1, 0, 2),
];

const publishedBy = async ({ oms }: Cluster) =>
  (await askJson<{ published: number }>('GET', `${oms.url}/control/publishing`)).published;

/**
 * A tenant whose dates have no fraction has none from the first day on: told of one order, now with and now without, nobody could know the
 * order of its moments. So it lasts for a whole run. Yields how often it struck so far.
 */
export async function datesWithoutFraction(cluster: Cluster): Promise<() => Promise<number>> {
  await setAt(cluster, 'oms', { datesWithoutFraction: true });
  return () => publishedBy(cluster);
}

/** Wrong for so many messages of the OMS; its own counters say how many went out meanwhile. */
const told = (name: string, on: Switches, off: Switches, least = 20): Fault => ({
  name: `events-${name}`,
  track: 'events',
  strike: async ({ cluster }) => {
    const published = () => publishedBy(cluster);
    const before = await published();
    await setAt(cluster, 'oms', on);
    const enough = async () => ((await published()) - before >= least ? true : undefined);
    await eventually('messages go out', enough, { within: 15_000 }).catch(() => undefined);
    await setAt(cluster, 'oms', off);
    return (await published()) - before;
  },
});

export const eventFaults: readonly Fault[] = [
  told('tripled', { copies: 3 }, { copies: 1 }, 60),
  told('shuffled', { shuffleWithinMs: 4_000 }, { shuffleWithinMs: 0 }, 60),
  told('late', { delayMs: 5_000 }, { delayMs: 0 }),
  told('unknown-attributes', { unknownAttributes: true }, { unknownAttributes: false }),
  told('without-change-log', { withoutChangeLog: true }, { withoutChangeLog: false }),
  {
    name: 'events-poisonous',
    track: 'events',
    strike: async ({ load, random }) => {
      const bad = poisonous(pick(['A', 'B', 'C', 'D'], random));
      await Promise.all(bad.map((publish) => load.sender.send(publish)));
      return bad.length;
    },
  },
];

import { eventually } from '../../support/eventually.js';
import type { Scene } from './fault.js';

const patienceMs = 30_000;
const keys = 4;

/**
 * Sends a message for some keys at this moment and waits until each has been through its lane.
 * @returns milliseconds; null where it took longer than the patience.
 */
export async function awaitRecovery({ cluster, load }: Scene): Promise<number | null> {
  const begun = performance.now();
  const publishes = await eventually('the OMS holds something to tell of', async () => {
    const told = await Promise.all(load.some(keys).map((one) => load.retold(one, 'CANARY-')));
    const some = told.flatMap((publish) => publish ?? []);
    return some.length > 0 ? some : undefined;
  }).catch(() => []);
  if (publishes.length === 0) return null;
  const ids = publishes.map(({ id }) => id);
  const sent = Promise.all(publishes.map((publish) => load.sender.send(publish)));
  const look = async () => {
    const [row] = await cluster.rows<{ n: number }>(
      `SELECT count(*)::int AS n FROM message_archive WHERE dedupe_key = ANY ($1) AND received_at > now() - interval '2 minutes'
         AND state IN ('done', 'parked')`,
      [ids],
    );
    return row?.n === ids.length ? true : undefined;
  };
  try {
    await eventually('canaries are through', look, { within: patienceMs, every: 50 });
    await sent;
    return Math.round(performance.now() - begun);
  } catch {
    return null;
  }
}

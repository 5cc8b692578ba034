import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { seedCatalogue } from '../golden/catalogue.js';
import { isQuiet, observe, tally, type Observation } from '../golden/observer.js';
import { orderOfTurn, runName } from '../golden/order-stream.js';
import { playOrder, type PlayedOrder } from '../golden/play-order.js';
import { projectionHash } from '../golden/projection-hash.js';
import { inSentences, settle } from '../golden/settle.js';
import { goldenSites } from '../golden/sites.js';
import { goldenOrders } from '../golden/orders/index.js';
import { freshDatabase, type FreshDatabase } from '../support/environment/index.js';
import { eventually } from '../support/eventually.js';
import type { CrmWrites } from '../support/stack/crm-twin.js';
import { startStack, type Stack } from '../support/stack/start-stack.js';
import type { RebuildLine } from '../support/stack/sync-api.js';

/** Of these, one more each has made so many steps of its life when the database is lost. */
const MIDWAY: readonly (readonly [shape: string, steps: number])[] = [
  ['G04', 3],
  ['G05', 3],
  ['G06', 2],
  ['G09', 5],
];
/** How long they stand still, in the time of the OMS. */
const BREAK_MS = 600_000;
const run = runName(new Date());

/** What is kept and shown at one moment. */
interface State {
  readonly wanted: ReadonlyMap<string, unknown>;
  readonly writes: CrmWrites;
  readonly hash: string;
}

async function stateOf(stack: Stack, database: FreshDatabase, played: readonly PlayedOrder[]): Promise<State> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; wanted: unknown }>(
      `SELECT site || ':' || number AS name, wanted FROM orders`,
    );
    const { orders } = await observe(stack, played);
    const hash = projectionHash(
      orders.map(({ evidence }) => evidence),
      run,
    );
    return { wanted: new Map(rows.map((row) => [row.name, row.wanted])), writes: await stack.crm.writes(), hash };
  } finally {
    await client.end();
  }
}

/** Until nothing moves any more, wherever the lives stand. */
const untilStill = (stack: Stack) =>
  eventually('nothing moves', async () => ((await isQuiet(stack)) ? true : undefined), { within: 60_000, every: 250 });

async function rebuildAll(stack: Stack): Promise<readonly RebuildLine[]> {
  const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString();
  const said: RebuildLine[] = [];
  for (const { id } of goldenSites) {
    said.push(...(await stack.syncApi.rebuild(id, { from: hours(-2), to: hours(2) })));
  }
  return said;
}

const sum = (said: readonly RebuildLine[], of: 'rebuilt' | 'toWrite' | 'kept') =>
  said.filter(({ kind }) => kind === 'done').reduce((total, line) => total + (line[of] ?? 0), 0);

describe('sync-api that lost its database, with orders at their end and midway', () => {
  let database: FreshDatabase | undefined;
  let stack: Stack | undefined;
  let before: State | undefined;
  let rebuilt: State | undefined;
  let said: readonly RebuildLine[] = [];
  let saidAgain: readonly RebuildLine[] = [];
  let ended: Observation | undefined;
  let midway: readonly PlayedOrder[] = [];
  let finished: readonly PlayedOrder[] = [];

  beforeAll(async () => {
    const own = await freshDatabase();
    database = own;
    const running = await startStack({ databaseUrl: own.url });
    stack = running;
    const catalogue = await seedCatalogue(running.crm);
    const caseOf = (turn: number) => orderOfTurn({ catalogue, run, paceMs: 200 }, turn);
    const halves = MIDWAY.map(([shape, steps], index) => {
      const turn = goldenOrders.length * (index + 1) + goldenOrders.findIndex(({ id }) => id === shape);
      const whole = caseOf(turn);
      const life = whole.life.map((step, position) => (position === steps ? { ...step, after: BREAK_MS } : step));
      return { steps, case: { ...whole, life } };
    });
    finished = await Promise.all(goldenOrders.map((_, turn) => playOrder(running, caseOf(turn))));
    midway = await Promise.all(halves.map((half) => playOrder(running, half.case)));
    await settle(running, finished, { within: 120_000 });
    await eventually('the lives have come midway', async () => {
      const lives = await Promise.all(halves.map((half) => running.oms.life(half.case.number)));
      return lives.every((life, index) => life?.done === halves[index]?.steps) ? true : undefined;
    });
    await untilStill(running);
    const all = [...finished, ...midway];
    before = await stateOf(running, own, all);

    await running.killSyncApi('SIGTERM');
    await own.lose();
    await running.startSyncApi();
    said = await rebuildAll(running);
    await untilStill(running);
    rebuilt = await stateOf(running, own, all);
    saidAgain = await rebuildAll(running);

    await running.oms.advanceClock(BREAK_MS);
    ended = await settle(running, all, { within: 120_000 });
  }, 400_000);

  afterAll(async () => {
    await stack?.stop();
    await database?.drop();
  }, 60_000);

  it('takes every order into the ledger again, and each once', () => {
    expect(said.filter(({ kind }) => kind === 'refused' || kind === 'stopped')).toEqual([]);
    expect(sum(said, 'rebuilt')).toBe(finished.length + midway.length);
    expect(sum(saidAgain, 'rebuilt')).toBe(0);
    expect(sum(saidAgain, 'kept')).toBe(finished.length + midway.length);
  });

  it('ends with the same projections', () => {
    expect(before?.wanted.size).toBe(finished.length + midway.length);
    expect(rebuilt?.wanted).toEqual(before?.wanted);
    expect(rebuilt?.hash).toBe(before?.hash);
  });

  it('writes nothing that was already true', () => {
    expect(sum(said, 'toWrite')).toBe(0);
    expect(rebuilt?.writes.counts).toEqual(before?.writes.counts);
  });

  it('goes on as if nothing had been: the orders midway come to their end, and no other is touched', () => {
    if (!ended) throw new Error('The orders were not played.');
    const { converged, lost, parked, duplicateEffects } = tally(ended);
    expect({ converged, lost, parked, duplicateEffects, because: inSentences(ended) }).toEqual({
      ...{ converged: finished.length + midway.length, lost: 0, parked: 0, duplicateEffects: 0, because: '' },
    });
    const mark = before?.writes.effective.at(-1)?.sequence ?? 0;
    const touched = ended.orders.filter(({ evidence }) => evidence.crm.writes.some(({ sequence }) => sequence > mark));
    expect(touched.map(({ verdict }) => verdict.number).sort()).toEqual(
      midway.map(({ expected }) => expected.number).sort(),
    );
  });
});

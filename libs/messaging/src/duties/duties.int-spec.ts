import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { createTestDatabase, eventually, TcpProxy, type TestDatabase } from '../../testing/index.js';
import { Duties, type Duty } from './duties.js';
import { assertOnDuty } from './on-duty.js';

describe('A duty', () => {
  let database: TestDatabase;
  let toEnd: (() => Promise<unknown>)[];
  const never = new AbortController().signal;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(() => {
    toEnd = [];
  });
  afterEach(async () => {
    for (const end of toEnd.toReversed()) await end();
  });

  function replica(source = database.source, silenceMs = 5_000): Duties {
    const duties = new Duties(source, { tryEveryMs: 20, silenceMs, onFailure: () => undefined });
    toEnd.push(() => duties.stop());
    return duties;
  }

  async function taken(duties: Duties, name: string): Promise<Duty> {
    const duty = await duties.take(name, never);
    if (duty === undefined) throw new Error('The duty was not to be withdrawn.');
    return duty;
  }

  /** Notes when a duty has come to somebody. */
  function waiting(duties: Duties, name: string) {
    const note: { duty?: Duty } = {};
    duties.take(name, never).then(
      (duty) => duty && (note.duty = duty),
      () => undefined,
    );
    return note;
  }

  const comes = (note: { duty?: Duty }): Promise<Duty> =>
    eventually('the duty comes', () => {
      if (note.duty === undefined) throw new Error('It has not come yet.');
      return note.duty;
    });

  const killHolderOf = (name: string) =>
    database.source.query(
      `SELECT pg_terminate_backend(l.pid) FROM pg_locks l, hashtextextended('tandem.duty.' || $1, 0) AS key
       WHERE l.locktype = 'advisory' AND l.granted AND (l.classid::bigint << 32) | l.objid::bigint = key`,
      [name],
    );

  const write = (duty: Duty) => database.source.transaction((tx) => assertOnDuty(tx, duty));

  it('goes to the next replica when the session of its holder is killed, and its holder is told', async () => {
    const first = await taken(replica(), 'a');
    const next = waiting(replica(), 'a');
    await killHolderOf('a');
    const second = await comes(next);
    await eventually('the first is told', () => first.lost.aborted);
    expect(second.lost.aborted).toBe(false);
    expect(BigInt(second.token)).toBeGreaterThan(BigInt(first.token));
  });

  it('lets nobody write who had it before, whatever he believes', async () => {
    const first = await taken(replica(), 'b');
    await expect(write(first)).resolves.toBeUndefined();
    const next = waiting(replica(), 'b');
    await killHolderOf('b');
    const second = await comes(next);
    await expect(write(first)).rejects.toMatchObject({ kind: 'conflict', code: 'duty.lost' });
    await expect(write(second)).resolves.toBeUndefined();
  });

  it('is not begun by the next one before a write of the last one has ended', async () => {
    const first = await taken(replica(), 'c');
    const next = waiting(replica(), 'c');
    await database.source.transaction(async (tx) => {
      await assertOnDuty(tx, first);
      await killHolderOf('c');
      const blocked = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      await eventually('the next one waits', async () => (await database.source.query<unknown[]>(blocked)).length > 0);
      expect(next.duty).toBeUndefined();
    });
    await comes(next);
  });

  it('is taken from a process that stands still, and refuses what it writes when it goes on', async () => {
    const server = new URL(database.url);
    const proxy = await TcpProxy.to(server.hostname, Number(server.port));
    toEnd.push(() => proxy.close());
    const through = new URL(database.url);
    through.port = String(proxy.port);
    const source = await new DataSource({ type: 'postgres', url: through.href }).initialize();
    toEnd.push(() => source.destroy());
    const zombie = await taken(replica(source, 300), 'd');
    const next = waiting(replica(), 'd');
    proxy.stall();
    await comes(next);
    await expect(write(zombie)).rejects.toMatchObject({ code: 'duty.lost' });
    proxy.cut();
    await eventually('the zombie is told', () => zombie.lost.aborted);
  });

  it('comes at once when it is given back, or when its replica stops', async () => {
    const [one, two] = [replica(), replica()];
    const first = await taken(one, 'e');
    const next = waiting(two, 'e');
    await one.giveBack(first);
    await comes(next);
    expect(first.lost.aborted).toBe(true);
    const again = waiting(one, 'e');
    await two.stop();
    await comes(again);
  });

  it('is not taken by who no longer wants it', async () => {
    const [one, two] = [replica(), replica()];
    const first = await taken(one, 'f');
    const withdrawing = new AbortController();
    const wish = two.take('f', withdrawing.signal);
    withdrawing.abort();
    expect(await wish).toBeUndefined();
    await one.giveBack(first);
    await taken(one, 'f');
  });

  it('never has two holders, while sessions are killed at random', async () => {
    const replicas = [replica(), replica(), replica()];
    const tokens: bigint[] = [];
    let refused = 0;
    const ending = new AbortController();
    const work = async (duties: Duties) => {
      for (;;) {
        const duty = await duties.take('g', ending.signal);
        if (duty === undefined) return;
        while (!duty.lost.aborted && !ending.signal.aborted) {
          const note = async () =>
            database.source.transaction(async (tx) => {
              await assertOnDuty(tx, duty);
              tokens.push(BigInt(duty.token));
            });
          await note().catch(() => (refused += 1));
        }
        await duties.giveBack(duty);
      }
    };
    const working = Promise.all(replicas.map(work));
    for (let kill = 0; kill < 12; kill += 1) {
      const before = tokens.at(-1);
      await eventually('somebody works', () => tokens.length > 0 && tokens.at(-1) !== before);
      await killHolderOf('g');
    }
    ending.abort();
    await working;
    expect(tokens).toEqual(tokens.toSorted((a, b) => Number(a - b)));
    expect(new Set(tokens).size).toBeGreaterThanOrEqual(12);
  });
});

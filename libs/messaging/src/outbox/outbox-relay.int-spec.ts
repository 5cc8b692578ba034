import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TransientFault } from '@tandem/domain';
import { accepted, createTestDatabase, eventually, RecordingBus, type TestDatabase } from '../../testing/index.js';
import { decodeMessage } from '../decode-message.js';
import type { Message } from '../envelope.js';
import { laneOf } from '../topology.js';
import { OutboxRelay } from './outbox-relay.js';
import { Outbox } from './outbox.js';
import { RelaySession } from './relay-session.js';
import { UnitOfWork } from './unit-of-work.js';

const outbox = new Outbox();
const numbered = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

describe('The outbox and its relay', () => {
  let database: TestDatabase;
  let bus: RecordingBus;
  let relays: OutboxRelay[];

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.clear();
    bus = new RecordingBus();
    relays = [];
  });
  afterEach(() => Promise.all(relays.map((each) => each.stop())));

  /** Polls so rarely that within a test only a wake makes it look again, unless said otherwise. */
  function relay(options: { pollMs?: number; batchSize?: number } = {}): OutboxRelay {
    const made = new OutboxRelay(database.source, bus, { pollMs: 60_000, onFailure: () => undefined, ...options });
    relays.push(made);
    return made;
  }

  const put = (...messages: readonly Message[]) => database.source.transaction((tx) => outbox.put(tx, messages));
  const bodies = () => bus.published.map(({ body }) => decodeMessage(Buffer.from(body)));
  const numbers = () => bodies().map(({ key }) => key);
  const left = async () =>
    (
      await database.source.query<{ key: string }[]>(
        'SELECT key FROM outbox_messages WHERE sent_at IS NULL ORDER BY id',
      )
    ).map(({ key }) => key);

  it('sends each message as it is, to the lane of its key, and notes that it did', async () => {
    const message = accepted('N-1001', { archiveId: '12', traceparent: `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01` });
    await put(message);
    relay().start();
    await eventually('it is sent and gone', async () => bus.published.length === 1 && (await left()).length === 0);
    expect(bodies()).toEqual([message]);
    expect(bus.published[0]).toMatchObject({
      queue: 'orders.place-order',
      lane: laneOf('N-1001', 8),
      messageId: message.id,
      name: 'order.accepted.v1',
      attempts: 0,
    });
  });

  it('sends nothing of a transaction that is rolled back', async () => {
    const work = new UnitOfWork(database.source, relay());
    const failing = work.run(async (tx) => {
      await outbox.put(tx, [accepted('N-1')]);
      throw new TransientFault('oms.unavailable', 'The OMS does not answer.');
    });
    await expect(failing).rejects.toMatchObject({ code: 'oms.unavailable' });
    await work.run((tx) => outbox.put(tx, [accepted('N-2')]));
    relays[0]?.start();
    await eventually('the other one is sent', () => bus.published.length > 0);
    expect(numbers()).toEqual(['N-2']);
  });

  it('is woken by a commit and need not poll', async () => {
    const woken = relay();
    woken.start();
    const work = new UnitOfWork(database.source, woken);
    for (const number of numbered('N', 5)) {
      await work.run((tx) => outbox.put(tx, [accepted(number)]));
      await eventually(`${number} is sent`, () => numbers().includes(number));
    }
  });

  it('drains a backlog in order, batch by batch', async () => {
    const keys = numbered('N', 95);
    await put(...keys.map((key) => accepted(key)));
    relay({ batchSize: 10 }).start();
    await eventually('all are sent', () => bus.published.length >= 95);
    expect(numbers()).toEqual(keys);
  });

  it('keeps what the bus refuses, and sends it in order once the bus is back', async () => {
    bus.refusals = 2;
    await put(...numbered('N', 6).map((key) => accepted(key)));
    relay({ pollMs: 20, batchSize: 4 }).start();
    await eventually('all are sent', () => bus.published.length >= 6);
    expect(numbers()).toEqual(numbered('N', 6));
    await eventually('none is left', async () => (await left()).length === 0);
  });

  it('sends again, and loses nothing, when its session is ended between publish and removal', async () => {
    await put(accepted('N-1'), accepted('N-2'));
    let deaths = 0;
    bus.afterTaking = async () => {
      if (deaths++ > 0) return;
      await database.source.query(
        `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
    };
    relay({ pollMs: 20 }).start();
    await eventually('all are gone', async () => (await left()).length === 0);
    expect(numbers()).toEqual(['N-1', 'N-2', 'N-1', 'N-2']);
  });

  it('leaves what came back for a retry while it was being confirmed', async () => {
    await put(accepted('N-1'), accepted('N-2'));
    bus.afterTaking = () =>
      database.source.query(
        `UPDATE outbox_messages SET returned = true, attempts = attempts + 1, next_attempt_at = now() WHERE key = 'N-1' AND attempts = 0`,
      );
    relay({ pollMs: 20 }).start();
    await eventually('all are gone', async () => (await left()).length === 0);
    expect(bus.published.map(({ attempts, position }) => `${position}:${attempts}`)).toEqual(['1:0', '2:0', '1:1']);
  });

  it('finds a message that commits late, behind those that it has sent', async () => {
    const late = database.source.createQueryRunner();
    await late.startTransaction();
    await outbox.put(late.manager, [accepted('late')]);
    await put(...numbered('N', 5_000).map((key) => accepted(key)));
    relay({ batchSize: 500 }).start();
    await eventually('the others are sent', () => bus.published.length === 5_000);
    await late.commitTransaction();
    await late.release();
    relays[0]?.wake();
    await eventually('it is sent as well', () => bus.published.length === 5_001);
    expect(numbers().at(-1)).toBe('late');
    await eventually('nothing is left', async () => (await left()).length === 0);
  });

  it('sends nothing behind a batch that the bus refused', async () => {
    bus.refusals = 1;
    await put(...numbered('N', 40).map((key) => accepted(key)));
    relay({ pollMs: 20, batchSize: 4 }).start();
    await eventually('all are sent', () => bus.published.length >= 40);
    expect(numbers()).toEqual(numbered('N', 40));
  });

  it('holds a message back until it is due', async () => {
    await put(accepted('N-1'), accepted('N-2'));
    await database.source.query(
      `UPDATE outbox_messages SET returned = true, next_attempt_at = now() + interval '1 hour' WHERE key = 'N-1'`,
    );
    relay().start();
    await eventually('the other one is sent and taken away', async () => (await left()).length === 1);
    expect(await left()).toEqual(['N-1']);
    await database.source.query(`UPDATE outbox_messages SET next_attempt_at = now() WHERE returned`);
    relays[0]?.wake();
    await eventually('it is sent as well', () => numbers().includes('N-1'));
  });

  it('keeps the order of each key while several replicas write and send', async () => {
    const replicas = [relay({ batchSize: 7 }), relay({ batchSize: 7 }), relay({ batchSize: 7 })];
    for (const each of replicas) each.start();
    const keys = numbered('N', 12);
    const write = async (key: string, index: number) => {
      const work = new UnitOfWork(database.source, replicas[index % 3] ?? relay());
      for (let round = 0; round < 15; round++)
        await work.run((tx) => outbox.put(tx, [accepted(key, { site: `round-${round}` })]));
    };
    await Promise.all(keys.map(write));
    await eventually('all are sent', () => bus.published.length >= 180);
    for (const key of keys) {
      const rounds = bodies().filter((message) => message.key === key);
      expect(rounds.map(({ site }) => site)).toEqual(numbered('round', 15));
    }
  });

  it('lets one replica send at a time, which hears of what the others commit', async () => {
    const [first, second] = [relay(), relay()];
    await put(accepted('N-1'));
    first.start();
    await eventually('the first has the turn', () => bus.published.length === 1);
    const gate = Promise.withResolvers<true>();
    bus.afterTaking = () => gate.promise;
    second.start();
    const work = new UnitOfWork(database.source, second);
    await eventually('the second stands by', async () => {
      await work.run((tx) => outbox.put(tx, [accepted('N-2')]));
      return bus.published.length > 1;
    });
    gate.resolve(true);
    await eventually('the first has sent all', async () => (await left()).length === 0);
  });

  it('gives the turn to another replica when it stops', async () => {
    const [first, second] = [relay(), relay()];
    await put(accepted('N-1'));
    first.start();
    await eventually('the first has the turn', () => bus.published.length === 1);
    second.start();
    await first.stop();
    await new UnitOfWork(database.source, second).run((tx) => outbox.put(tx, [accepted('N-2')]));
    await eventually('the second has sent', () => numbers().includes('N-2'));
  });

  it('loses the turn when it stands still, and can then note nothing any more', async () => {
    const onNothing = () => undefined;
    const open = (silenceMs: number) =>
      RelaySession.open({
        connection: { connectionString: database.url },
        silenceMs,
        onNotice: onNothing,
        onFailure: onNothing,
      });
    await put(accepted('N-1'));
    const [paused, heir] = [await open(100), await open(60_000)];
    expect(await paused.tryLead()).toBe(true);
    const all = { above: 0n, queues: ['orders.place-order'], except: [], limit: 10 };
    const rows = await paused.claim(all);
    expect(rows).toHaveLength(1);
    await eventually('the other one has the turn', () => heir.tryLead());
    await expect(paused.markSent(rows)).rejects.toThrow();
    expect(await heir.claim(all)).toEqual(rows);
    await Promise.all([paused.close(), heir.close()]);
  });

  it('tells how far behind it is', async () => {
    expect(await relay().lag()).toEqual({ due: 0, oldestMs: 0 });
    await put(accepted('N-1'), accepted('N-2'), accepted('N-3'));
    await database.source.query(
      `UPDATE outbox_messages SET next_attempt_at = now() - interval '3 seconds' WHERE key = 'N-2'`,
    );
    await database.source.query(
      `UPDATE outbox_messages SET returned = true, next_attempt_at = now() + interval '1 hour' WHERE key = 'N-3'`,
    );
    const lag = await relay().lag();
    expect(lag.due).toBe(2);
    expect(lag.oldestMs).toBeGreaterThanOrEqual(3_000);
    expect(lag.oldestMs).toBeLessThan(60_000);
  });
});

describe('A unit of work', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    await database.source.query('CREATE TABLE shelves (id int PRIMARY KEY, books int)');
    await database.source.query('INSERT INTO shelves VALUES (1, 0), (2, 0)');
  });
  afterAll(() => database.drop());

  it('reports a deadlock as a conflict', async () => {
    const work = new UnitOfWork(database.source, { wake: () => undefined });
    const [first, second] = [Promise.withResolvers<true>(), Promise.withResolvers<true>()];
    const add = (id: number) => `UPDATE shelves SET books = books + 1 WHERE id = ${id}`;
    const outcomes = await Promise.allSettled([
      work.run(async (tx) => {
        await tx.query(add(1));
        first.resolve(true);
        await second.promise;
        await tx.query(add(2));
      }),
      work.run(async (tx) => {
        await tx.query(add(2));
        second.resolve(true);
        await first.promise;
        await tx.query(add(1));
      }),
    ]);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toMatchObject([{ reason: { kind: 'conflict', code: 'database.deadlock' } }]);
  });

  it('reports a connection that broke as transient', async () => {
    const work = new UnitOfWork(database.source, { wake: () => undefined });
    const broken = work.run((tx) => tx.query('SELECT pg_terminate_backend(pg_backend_pid())'));
    await expect(broken).rejects.toMatchObject({ kind: 'transient', code: 'database.unavailable' });
  });

  it('lets a mistake in a statement through as it is', async () => {
    const work = new UnitOfWork(database.source, { wake: () => undefined });
    await expect(work.run((tx) => tx.query('SELECT nonsense'))).rejects.toThrow('nonsense');
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TransientFault } from '@tandem/domain';
import { accepted, createTestDatabase, eventually, type TestDatabase } from '../../testing/index.js';
import { MessageArchive } from '../archive/message-archive.js';
import { Outbox } from '../outbox/outbox.js';
import { UnitOfWork } from '../outbox/unit-of-work.js';
import type { Fate, Settled } from './fate.js';
import { Settlement } from './settlement.js';

const done: Fate = { kind: 'done' };
const back: Fate = { kind: 'retry', fault: new TransientFault('crm.busy', 'The CRM was busy.'), afterMs: 60_000 };

describe('Settling', () => {
  let database: TestDatabase;
  let work: UnitOfWork;
  let settlement: Settlement;
  let archiveId: string;
  let deliveries: readonly Omit<Settled, 'fate'>[];

  beforeAll(async () => {
    database = await createTestDatabase();
    work = new UnitOfWork(database.source, { wake: () => undefined });
    settlement = new Settlement(database.source, work);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.clear();
    const [id = ''] = await work.run((tx) =>
      new MessageArchive().store(tx, [{ source: 'test', direction: 'inbound', body: Buffer.from('{}') }]),
    );
    archiveId = id;
    const messages = ['E-1', 'E-2'].map((key) => accepted(key, { archiveId }));
    await work.run((tx) => new Outbox().put(tx, messages));
    const rows = await database.source.query<{ id: string; queue: string; envelope: string }[]>(
      'SELECT id, queue, envelope FROM outbox_messages ORDER BY id',
    );
    deliveries = rows.map(({ id, queue, envelope }, index) => {
      const message = messages[index];
      const read = { messageId: message?.id, name: message?.name, contentType: 'application/json', attempts: 0 };
      return { delivery: { queue, lane: 0, position: id, body: Buffer.from(envelope), ...read }, message };
    });
  });

  const settled = (...fates: readonly Fate[]) =>
    fates.flatMap((fate, index) => {
      const one = deliveries[index];
      return one === undefined ? [] : [{ ...one, fate }];
    });
  const waitForLocks = (count: number) =>
    eventually(`${count} wait`, async () => {
      const rows = await database.source.query<unknown[]>(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return rows.length === count;
    });
  const hold = (index: number, how = 'FOR UPDATE') =>
    [`SELECT FROM outbox_messages WHERE id = $1 ${how}`, [deliveries[index]?.delivery.position]] as const;

  it('holds no later place of a batch while it waits for an earlier one, as the relay does', async () => {
    let settling: Promise<void> = Promise.resolve();
    await database.source.transaction(async (relay) => {
      const [first, firstPlace] = hold(0);
      await relay.query(first, [...firstPlace]);
      // The one that goes back is written first.
      settling = settlement.settle(settled(done, back));
      await waitForLocks(1);
      const [second, secondPlace] = hold(1, 'FOR UPDATE NOWAIT');
      await relay.query(second, [...secondPlace]);
    });
    await settling;
    expect(await database.source.query('SELECT id, returned FROM outbox_messages')).toEqual([
      { id: deliveries[1]?.delivery.position, returned: true },
    ]);
  });

  it('leaves nobody waiting for a message that came twice, and was given back and done at one time', async () => {
    const settling: Promise<void>[] = [];
    await database.source.transaction(async (reader) => {
      await reader.query('SELECT FROM message_archive WHERE id = $1 FOR UPDATE', [archiveId]);
      settling.push(settlement.settle(settled(back)));
      await waitForLocks(1);
      settling.push(settlement.settle(settled(done)));
      await waitForLocks(2);
    });
    await Promise.all(settling);
    expect(await database.source.query('SELECT key FROM waiting_messages')).toEqual([]);
    expect(await database.source.query('SELECT key FROM outbox_messages')).toEqual([{ key: 'E-2' }]);
    expect(await database.source.query('SELECT state FROM message_archive')).toEqual([{ state: 'done' }]);
  });
});

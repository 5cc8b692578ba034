import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { TransientFault } from '@tandem/domain';
import { accepted, createTestDatabase, eventually, type TestDatabase } from '../../testing/index.js';
import { Outbox } from '../outbox/outbox.js';
import { UnitOfWork } from '../outbox/unit-of-work.js';
import type { Fate } from './fate.js';
import { Settlement } from './settlement.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const done: Fate = { kind: 'done' };
const back: Fate = { kind: 'retry', fault: new TransientFault('crm.busy', 'The CRM was busy.'), afterMs: 60_000 };
const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;

it('holds no later place of a batch while it waits for an earlier one, as the relay does', async () => {
  const work = new UnitOfWork(database.source, { wake: () => undefined });
  const messages = [accepted('E-1'), accepted('E-2')];
  await work.run((tx) => new Outbox().put(tx, messages));
  const rows = await database.source.query<{ id: string; queue: string; envelope: string }[]>(
    'SELECT id, queue, envelope FROM outbox_messages ORDER BY id',
  );
  const settled = rows.map(({ id, queue, envelope }, index) => ({
    delivery: {
      queue,
      lane: 0,
      messageId: messages[index]?.id,
      name: messages[index]?.name,
      contentType: 'application/json',
      attempts: 0,
      position: id,
      body: Buffer.from(envelope),
    },
    message: messages[index],
    // The one that goes back is written first.
    fate: index === 0 ? done : back,
  }));

  let settling: Promise<void> = Promise.resolve();
  await database.source.transaction(async (relay) => {
    await relay.query('SELECT FROM outbox_messages WHERE id = $1 FOR UPDATE', [rows[0]?.id]);
    settling = new Settlement(database.source, work).settle(settled);
    await eventually('the settlement waits', async () => (await database.source.query<unknown[]>(waiting)).length > 0);
    await relay.query('SELECT FROM outbox_messages WHERE id = $1 FOR UPDATE NOWAIT', [rows[1]?.id]);
  });
  await settling;
  expect(await database.source.query('SELECT id, returned FROM outbox_messages')).toEqual([
    { id: rows[1]?.id, returned: true },
  ]);
});

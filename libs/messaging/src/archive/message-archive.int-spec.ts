import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, eventually, type TestDatabase } from '../../testing/index.js';
import { MessageArchive, type ArchiveRecord } from './message-archive.js';
import { redacted } from './redact-headers.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => database.clear());

const archive = new MessageArchive();
const record = (body: Buffer | string, rest: Partial<ArchiveRecord> = {}): ArchiveRecord => ({
  source: 'manhattan.order-events',
  direction: 'inbound',
  body: Buffer.from(body),
  ...rest,
});

describe('The message archive', () => {
  it('keeps the bytes exactly as they came, whatever they are', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    const ids = await archive.store(database.source.manager, [record('{"a":1}'), record(bytes), record('')]);
    const kept = await archive.read(database.source.manager, ids);
    expect(kept.map(({ body }) => body)).toEqual([Buffer.from('{"a":1}'), bytes, Buffer.from('')]);
  });

  it('yields the ids in the order of the messages', async () => {
    const bodies = Array.from({ length: 300 }, (_, index) => `message ${index}`);
    const ids = await archive.store(
      database.source.manager,
      bodies.map((body) => record(body)),
    );
    for (const index of [0, 1, 150, 299]) {
      const [kept] = await archive.read(database.source.manager, [ids[index] ?? '']);
      expect(kept?.body.toString()).toBe(`message ${index}`);
    }
  });

  it('keeps where a message came from, but no secret of its headers', async () => {
    const headers = { authorization: 'Bearer abc', organization: 'NW', nested: { token: 't' } };
    const described = {
      headers,
      contentType: 'application/json',
      site: 'nordwind-de',
      organization: 'NW',
      businessKey: 'N-1001',
      dedupeKey: 'd',
    };
    const ids = await archive.store(database.source.manager, [record('{}', described)]);
    expect(await archive.read(database.source.manager, ids)).toMatchObject([
      {
        source: 'manhattan.order-events',
        state: 'received',
        site: 'nordwind-de',
        organization: 'NW',
        businessKey: 'N-1001',
        contentType: 'application/json',
        headers: { authorization: redacted, organization: 'NW', nested: { token: redacted } },
      },
    ]);
  });

  it('takes in text that the database would refuse', async () => {
    const hostile = 'half \ud800 and nul \0';
    const ids = await archive.store(database.source.manager, [
      record('x', {
        businessKey: hostile,
        headers: { [hostile]: [hostile] },
        contentType: hostile,
        dedupeKey: hostile,
      }),
    ]);
    const [kept] = await archive.read(database.source.manager, ids);
    expect(kept?.businessKey).toBe('half \ufffd and nul \ufffd');
    expect(kept?.headers).toEqual({ 'half \ufffd and nul \ufffd': ['half \ufffd and nul \ufffd'] });
  });

  it('says what became of a message', async () => {
    const ids = await archive.store(database.source.manager, [record('1'), record('1')]);
    await archive.mark(database.source.manager, ids.slice(1), 'duplicate', { of: ids[0] });
    const kept = await archive.read(database.source.manager, ids);
    expect(kept.map(({ state }) => state)).toEqual(['received', 'duplicate']);
  });

  it('counts the worst of what a message led to, also where two of those are settled at the same time', async () => {
    const ids = await archive.store(database.source.manager, [record('1')]);
    const gate = Promise.withResolvers<true>();
    const held = Promise.withResolvers<true>();
    const waiting = database.source.transaction(async (tx) => {
      await tx.query(`INSERT INTO waiting_messages (queue, key, position, archive_id) VALUES ('q', 'k', 1, $1)`, [
        ids[0],
      ]);
      await archive.settle(tx, ids);
      held.resolve(true);
      await gate.promise;
    });
    await held.promise;
    const through = database.source.transaction((tx) => archive.settle(tx, ids));
    const blocked = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await eventually('the second waits', async () => (await database.source.query<unknown[]>(blocked)).length === 1);
    gate.resolve(true);
    await Promise.all([waiting, through]);
    expect((await archive.read(database.source.manager, ids))[0]?.state).toBe('waiting');
  });
});

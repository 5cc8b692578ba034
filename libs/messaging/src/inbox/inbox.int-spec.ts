import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, eventually, freshId, type TestDatabase } from '../../testing/index.js';
import { HandledMessages } from './handled-messages.js';
import { Inbox } from './inbox.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => database.clear());

const entry = (dedupeKey: string, archiveId: string) => ({ dedupeKey, archiveId });

describe('The inbox', () => {
  const inbox = new Inbox();
  const claim = (source: string, ...entries: readonly ReturnType<typeof entry>[]) =>
    database.source.transaction((tx) => inbox.claim(tx, source, entries));

  it('tells new messages from repeated ones, within a batch and across batches, in order', async () => {
    const first = [entry('b', '1'), entry('a', '2'), entry('b', '3')];
    expect(await claim('oms', ...first)).toEqual({ fresh: [first[0], first[1]], duplicates: [first[2]] });
    const second = [entry('a', '4'), entry('c', '5')];
    expect(await claim('oms', ...second)).toEqual({ fresh: [second[1]], duplicates: [second[0]] });
  });

  it('takes the same key from another source for another message', async () => {
    await claim('oms', entry('a', '1'));
    expect((await claim('crm', entry('a', '2'))).fresh).toHaveLength(1);
  });

  it('forgets a claim whose transaction is rolled back', async () => {
    const failing = database.source.transaction(async (tx) => {
      await inbox.claim(tx, 'oms', [entry('a', '1')]);
      throw new Error('The transaction fails.');
    });
    await expect(failing).rejects.toThrow('fails');
    expect((await claim('oms', entry('a', '1'))).fresh).toHaveLength(1);
  });

  it('lets exactly one of two concurrent receivers have a message', async () => {
    const keys = Array.from({ length: 50 }, (_, index) => entry(`k${index}`, String(index)));
    const results = await Promise.all([
      claim('oms', ...keys),
      claim('oms', ...keys.toReversed()),
      claim('oms', ...keys),
    ]);
    expect(results.map(({ fresh }) => fresh.length).toSorted((a, b) => a - b)).toEqual([0, 0, 50]);
  });
});

describe('Handled messages', () => {
  const handled = new HandledMessages();

  it('are claimed once per queue, also within a batch', async () => {
    const [a, b] = [freshId(), freshId()];
    const claim = (queue: string, ids: readonly ReturnType<typeof freshId>[]) =>
      database.source.transaction((tx) => handled.claim(tx, queue, ids));
    expect(await claim('orders.place-order', [a, a])).toEqual(new Set([a]));
    expect(await claim('orders.place-order', [a, b])).toEqual(new Set([b]));
    expect(await claim('orders.project-order', [a])).toEqual(new Set([a]));
  });

  it('keep a second handler waiting until the first has committed', async () => {
    const id = freshId();
    const gate = Promise.withResolvers<true>();
    let firstHolds = false;
    const first = database.source.transaction(async (tx) => {
      await handled.claim(tx, 'orders.place-order', [id]);
      firstHolds = true;
      await gate.promise;
    });
    await eventually('the first holds the claim', () => firstHolds);
    const second = database.source.transaction((tx) => handled.claim(tx, 'orders.place-order', [id]));
    const blocked = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await eventually('the second waits', async () => (await database.source.query<unknown[]>(blocked)).length === 1);
    gate.resolve(true);
    await first;
    expect((await second).size).toBe(0);
  });
});

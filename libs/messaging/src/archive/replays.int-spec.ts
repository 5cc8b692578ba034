import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PermanentFault } from '@tandem/domain';
import { createTestDatabase, type TestDatabase } from '../../testing/index.js';
import { parkReason } from './park-reason.js';
import { ParkedMessages, type ParkedMessage } from './parked-messages.js';
import { Replays, type ParkedSelection } from './replays.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const replays = new Replays();
const parked = new ParkedMessages();
const manager = () => database.source.manager;
const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

const message = (number: number, changes: Partial<ParkedMessage> = {}, code = 'oms.refused'): ParkedMessage => ({
  ...{ queue: 'orders.place-order', messageId: idOf(number), name: 'order.accepted.v1', key: `N-${number % 3}` },
  ...{ site: 'nordwind-de', envelope: `{"number":${number}}`, archiveId: undefined, attempts: 1 },
  reason: parkReason(new PermanentFault(code, 'No.'), 1),
  ...changes,
});
const numbers = Array.from({ length: 10 }, (_, index) => index + 1);

const outbox = async () =>
  (
    await database.source.query<{ message_id: string; envelope: string }[]>(
      'SELECT message_id, envelope FROM outbox_messages ORDER BY id',
    )
  ).map(({ message_id: id }) => Number(id.slice(-12)));
const left = async () => (await parked.list(manager(), 100)).map(({ messageId }) => Number(messageId?.slice(-12)));
/** As if its time had come. */
const step = () =>
  database.source.transaction(async (tx) => {
    await tx.query('UPDATE replays SET next_at = requested_at');
    return replays.step(tx);
  });
const runToItsEnd = async () => {
  while ((await step()) !== undefined);
};

describe('A replay', () => {
  beforeEach(async () => {
    await database.clear();
    await parked.park(
      manager(),
      numbers.map((number) => message(number)),
    );
  });

  const selections: readonly (readonly [string, ParkedSelection, number])[] = [
    ['a queue', { queue: 'customers.save-customer' }, 1],
    ['a code', { code: 'oms.not_found' }, 2],
    ['a site', { site: 'suedwind-at' }, 1],
    ['a key', { key: 'N-1' }, 4],
    ['a code and a key', { code: 'oms.refused', key: 'N-1' }, 4],
    ['a code and another key', { code: 'oms.not_found', key: 'N-1' }, 0],
    ['a time', { from: '2026-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z' }, 1],
    ['all', {}, 14],
  ];
  it.each(selections)('means the messages of %s', async (_, selection, messages) => {
    await parked.park(manager(), [
      message(20, { queue: 'customers.save-customer', key: 'C-1' }),
      message(21, { site: 'suedwind-at', key: 'N-9' }),
      message(22, { key: 'N-7' }, 'oms.not_found'),
      message(23, { key: 'N-8' }, 'oms.not_found'),
      message(24, { messageId: undefined }),
    ]);
    await database.source.query(`UPDATE parked_messages SET parked_at = '2026-01-01' WHERE message_id = '${idOf(20)}'`);
    expect(await replays.count(manager(), selection)).toMatchObject({ messages });
    await replays.begin(manager(), selection, 100);
    await runToItsEnd();
    expect(await outbox()).toHaveLength(messages);
    expect(await replays.latest(manager(), 5)).toMatchObject([
      { selection, state: 'complete', selected: messages, released: messages },
    ]);
  });

  it('gives back what was parked, with the same id, in the same order, portion by portion', async () => {
    const { id } = await replays.begin(manager(), {}, 12);
    expect(await step()).toBe(3);
    expect(await outbox()).toEqual([1, 2, 3]);
    expect(await replays.find(manager(), id)).toMatchObject({ state: 'running', selected: 10, released: 3 });
    await runToItsEnd();
    expect(await outbox()).toEqual(numbers);
    expect(await left()).toEqual([]);
    expect(await replays.find(manager(), id)).toMatchObject({ state: 'complete', released: 10 });
  });

  it('waits after a portion for as long as the pace asks', async () => {
    await replays.begin(manager(), {}, 1);
    await database.source.transaction(async (tx) => {
      expect(await replays.step(tx)).toBe(1);
      const [due] = await tx.query<{ later: boolean }[]>(
        `SELECT next_at >= now() + interval '1 second' AS later FROM replays`,
      );
      expect(due).toEqual({ later: true });
    });
  });

  it('loses nothing and doubles nothing when a portion is not committed', async () => {
    const { id } = await replays.begin(manager(), {}, 12);
    const killed = database.source.transaction(async (tx) => {
      expect(await replays.step(tx)).toBe(3);
      throw new Error('killed');
    });
    await expect(killed).rejects.toThrow('killed');
    expect([await outbox(), await replays.find(manager(), id)]).toMatchObject([[], { released: 0 }]);
    await runToItsEnd();
    expect(await outbox()).toEqual(numbers);
  });

  it('is carried on by one replica at a time', async () => {
    await replays.begin(manager(), {}, 12);
    await database.source.transaction(async (tx) => {
      expect(await replays.step(tx)).toBe(3);
      expect(await database.source.transaction((other) => replays.step(other))).toBeUndefined();
    });
    await runToItsEnd();
    expect(await outbox()).toEqual(numbers);
  });

  it('gives a message back once, though two replays mean it at once', async () => {
    await replays.begin(manager(), {}, 40);
    await replays.begin(manager(), { code: 'oms.refused' }, 40);
    const both = await Promise.all([1, 2].map(() => database.source.transaction((tx) => replays.step(tx))));
    expect(both.map((count) => count ?? 0).reduce((sum, count) => sum + count)).toBe(10);
    expect(await outbox()).toEqual(numbers);
  });

  it('leaves alone what is parked after it was asked for, such as what failed again', async () => {
    await replays.begin(manager(), {}, 12);
    await step();
    await parked.park(manager(), [message(1)]);
    await runToItsEnd();
    expect(await left()).toEqual([1]);
    expect(await outbox()).toEqual(numbers);
  });

  it('can be stopped, and what it had not given back stays parked', async () => {
    const { id } = await replays.begin(manager(), {}, 12);
    await step();
    expect(await replays.stop(manager(), id)).toMatchObject({ state: 'stopped', released: 3 });
    expect(await step()).toBeUndefined();
    expect(await left()).toHaveLength(7);
    expect(await replays.dueInMs(manager())).toBeUndefined();
    expect(await replays.stop(manager(), 'none')).toBeUndefined();
  });
});

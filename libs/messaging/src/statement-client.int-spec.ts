import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EntityManager, QueryRunner } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';

describe('A connection that says less', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
    await database.source.query('CREATE TABLE noted (word text PRIMARY KEY)');
  });
  afterAll(() => database.drop());

  const note = (tx: EntityManager, word: string) => tx.query('INSERT INTO noted (word) VALUES ($1)', [word]);
  const noted = () => database.source.query<{ word: string }[]>('SELECT word FROM noted ORDER BY word');

  /** On a connection of its own, with what the database says of that connection. */
  async function onOne<T>(work: (runner: QueryRunner, state: () => Promise<unknown>) => Promise<T>): Promise<T> {
    const runner = database.source.createQueryRunner();
    const [{ pid } = { pid: 0 }] = await runner.manager.query<{ pid: number }[]>('SELECT pg_backend_pid() AS pid');
    const state = () => database.source.query('SELECT state FROM pg_stat_activity WHERE pid = $1', [pid]);
    return work(runner, state).finally(() => runner.release());
  }

  it('begins a transaction, as isolated as was asked for, with its first statement', () =>
    onOne(async (runner, state) => {
      await runner.startTransaction('REPEATABLE READ');
      expect(await state()).toEqual([{ state: 'idle' }]);
      expect(await runner.manager.query('SHOW transaction_isolation')).toEqual([
        { transaction_isolation: 'repeatable read' },
      ]);
      expect(await state()).toEqual([{ state: 'idle in transaction' }]);
      await runner.commitTransaction();
      expect(await state()).toEqual([{ state: 'idle' }]);
    }));

  it('asks for nothing where nothing is said between begin and end', () =>
    onOne(async (runner, state) => {
      await runner.startTransaction('READ COMMITTED');
      await runner.rollbackTransaction();
      await runner.startTransaction();
      await runner.commitTransaction();
      await note(runner.manager, 'alone');
      expect(await state()).toEqual([{ state: 'idle' }]);
      expect(await noted()).toContainEqual({ word: 'alone' });
    }));

  it('commits all or nothing', async () => {
    await database.source.transaction('READ COMMITTED', (tx) => note(tx, 'kept'));
    const failing = database.source.transaction('READ COMMITTED', async (tx) => {
      await note(tx, 'lost');
      await note(tx, 'kept');
    });
    await expect(failing).rejects.toThrow('duplicate key');
    expect(await noted()).not.toContainEqual({ word: 'lost' });
  });

  it('is of use after its first statement has failed', () =>
    onOne(async (runner) => {
      await runner.startTransaction();
      await expect(note(runner.manager, 'alone')).rejects.toThrow('duplicate key');
      await runner.rollbackTransaction();
      await runner.startTransaction();
      await note(runner.manager, 'after');
      await runner.commitTransaction();
      expect(await noted()).toContainEqual({ word: 'after' });
    }));

  it('parses a statement with parameters once', () =>
    onOne(async (runner) => {
      const kept = `SELECT calls FROM (SELECT generic_plans + custom_plans AS calls, statement FROM pg_prepared_statements) p
        WHERE statement LIKE 'SELECT $1::int + 1%'`;
      for (const number of [1, 2, 3]) await runner.manager.query('SELECT $1::int + 1 AS next', [number]);
      expect(await runner.manager.query(kept)).toEqual([{ calls: '3' }]);
    }));
});

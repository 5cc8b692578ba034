import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '@tandem/test/environment';
import type { DataSource } from 'typeorm';
import { connectDatabase } from './database.js';
import { Retention } from './retention.js';

describe('Retention', () => {
  let fresh: FreshDatabase;
  let database: DataSource;

  beforeAll(async () => {
    fresh = await freshDatabase();
    database = await connectDatabase(fresh.url);
  });

  afterAll(async () => {
    await database.destroy();
    await fresh.drop();
  });

  const keys = async () => {
    const rows = await database.query<{ key: string }[]>('SELECT key FROM idempotency_keys ORDER BY key');
    return rows.map(({ key }) => key);
  };

  it('forgets idempotency keys after a day and keeps the younger ones', async () => {
    await database.query(`
      INSERT INTO idempotency_keys (scope, key, request_hash, answer, created_at)
      VALUES ('s', 'old', 'h', '{}', now() - interval '25 hours'), ('s', 'young', 'h', '{}', now() - interval '23 hours')`);
    await new Retention(database).forget();
    expect(await keys()).toEqual(['young']);
  });

  it('forgets more than one batch', async () => {
    await database.query(`
      INSERT INTO handled_messages (queue, message_id, handled_at)
      SELECT 'q', gen_random_uuid(), now() - interval '15 days' FROM generate_series(1, 12000)`);
    await new Retention(database).forget();
    expect(await database.query('SELECT 1 FROM handled_messages')).toEqual([]);
  });
});

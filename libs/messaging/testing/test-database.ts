import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { messagingMigrations } from '../src/migrations/messaging-migrations.js';
import { StatementClient } from '../src/statement-client.js';

/** A database of a test's own, with the messaging tables. */
export interface TestDatabase {
  readonly url: string;
  readonly source: DataSource;
  /** Empties every table and starts the ids anew. */
  clear(): Promise<void>;
  drop(): Promise<void>;
}

const server = process.env.TANDEM_TEST_DB_URL ?? 'postgres://root@127.0.0.1:5432/postgres';

export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `tandem_messaging_${randomUUID().replaceAll('-', '')}`;
  await onServer(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const source = new DataSource({
    type: 'postgres',
    url: url.href,
    migrations: messagingMigrations,
    extra: { Client: StatementClient },
  });
  await source.initialize();
  await source.runMigrations();
  return {
    url: url.href,
    source,
    async clear() {
      await source.query(
        `TRUNCATE outbox_messages, waiting_messages, bus_messages, handled_messages, inbox, message_archive, message_attempts, parked_messages, replays, lane_generations RESTART IDENTITY`,
      );
    },
    async drop() {
      await source.destroy();
      await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

import { messagingMigrations, StatementClient } from '@tandem/messaging';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { CreateCustomers1764090000000 } from './migrations/create-customers.js';
import { CreateFeedCursors1764000200000 } from './migrations/create-feed-cursors.js';
import { CreateOrderTables1764000100000 } from './migrations/create-order-tables.js';
import { CreateReconciliations1764100000000 } from './migrations/create-reconciliations.js';
import { ExtendOrderHistory1764070000000 } from './migrations/extend-order-history.js';
import { FreeFeedCursors1764110100000 } from './migrations/free-feed-cursors.js';

/** Named, so that the database's own views tell whose connection it is. */
const APPLICATION = 'tandem-sync-api';

export const dataSourceOptions = (url: string): DataSourceOptions => ({
  type: 'postgres',
  url,
  applicationName: APPLICATION,
  poolSize: 12,
  migrations: [
    ...messagingMigrations,
    CreateOrderTables1764000100000,
    ExtendOrderHistory1764070000000,
    CreateFeedCursors1764000200000,
    CreateCustomers1764090000000,
    CreateReconciliations1764100000000,
    FreeFeedCursors1764110100000,
  ],
  migrationsTableName: 'schema_migrations',
  migrationsTransactionMode: 'each',
  // A process that stands still in the middle of a transaction must not keep the orders of others locked.
  extra: {
    Client: StatementClient,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 10_000,
    connectionTimeoutMillis: 5_000,
  },
});

/** Connects and brings the schema up to date. Replicas that start together take turns: the later ones find nothing left to do. */
export async function connectDatabase(url: string): Promise<DataSource> {
  const database = await new DataSource(dataSourceOptions(url)).initialize();
  const turn = database.createQueryRunner();
  try {
    await turn.query(`SELECT pg_advisory_lock(hashtextextended('tandem.migrations', 0))`);
    await database.runMigrations();
    await turn.query(`SELECT pg_advisory_unlock(hashtextextended('tandem.migrations', 0))`);
    return database;
  } finally {
    await turn.release();
  }
}

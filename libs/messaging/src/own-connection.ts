import type { ClientConfig, Pool } from 'pg';
import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';

/** A connection of our own that is made as those of the pool are. */
export function connectionLike(database: DataSource): ClientConfig {
  // TypeORM does not say so in its types, but the driver of a PostgreSQL data source keeps the pool of `pg`.
  const { options } = (database.driver as PostgresDriver).master as Pool;
  // The pool hides the password from whoever copies its options.
  return { ...options, password: options.password };
}

/** A peer that takes no bytes is given up, by the server too. */
export const dieVisibly = `SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3;
  SET tcp_user_timeout = 5000`;

/** The database ends a session that says nothing for so long: a process that stands still must not keep what its session holds. */
export const endWhenSilent = `SELECT set_config(name, $1, false) FROM pg_settings WHERE name = 'idle_session_timeout'`;

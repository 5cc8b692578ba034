import { ConflictFault, TransientFault, type SyncFault } from '@tandem/domain';

/** SQLSTATEs after which the same transaction, run anew, may well succeed. */
const conflicts: Readonly<Record<string, string>> = {
  '40001': 'database.serialization-failure',
  '40P01': 'database.deadlock',
  '55P03': 'database.lock-timeout',
};

/** SQLSTATE classes and codes, and Node's codes, of a database that cannot serve just now. */
const outages =
  /^(08...|57P0.|57014|53...|25P03|25P04|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH)$/;

/**
 * What `pg` says without any code when its socket went away under a query, or when the pool cannot connect in time; and TypeORM, when it
 * went away between two queries of a transaction.
 */
const lostConnection =
  /connection terminated|connection error|not queryable|timeout exceeded when trying to connect|query read timeout|query runner (was )?already released/i;

/** What must follow an error of the database; undefined when it is not the database's circumstances but our own statement. */
export function databaseFault(error: unknown): SyncFault | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const conflict = conflicts[code];
  if (conflict !== undefined) {
    return new ConflictFault(conflict, 'Another transaction was changing the same rows.', { cause: error });
  }
  if (outages.test(code) || lostConnection.test(error.message)) {
    return new TransientFault('database.unavailable', 'The database could not be reached or broke off.', {
      cause: error,
    });
  }
  return undefined;
}

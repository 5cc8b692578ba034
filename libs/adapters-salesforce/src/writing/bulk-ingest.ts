import { TransientFault, type SyncFault, type WriteOutcome } from '@tandem/domain';
import { textAt } from '../json.js';
import type { SalesforceConnection } from '../salesforce-connection.js';
import { faultOfErrors, unreadableAnswer, type CrmError } from '../salesforce-faults.js';
import { csvOf, keyColumnOf } from './bulk-csv.js';
import type { Outcomes, RecordWrite } from './record-write.js';

/** How often a job is asked after, at first and at last, and how long at most. Milliseconds. */
const FIRST_LOOK_MS = 500;
const LAST_LOOK_MS = 10_000;
const GIVEN_UP_AFTER_MS = 600_000;

type Results = 'successfulResults' | 'failedResults' | 'unprocessedrecords';

/**
 * Writes records of one object by one job of Bulk API 2.0 (§2.7): a handful of calls, however many they are. Outcomes are told apart by
 * our own key, since the org does not keep the order of rows. Rejects where the job was not taken, or did not end within ten minutes:
 * what it wrote until then is written again, and changes nothing.
 */
export async function ingest(connection: SalesforceConnection, writes: readonly RecordWrite[]): Promise<Outcomes> {
  const [sample] = writes;
  if (!sample) return new Map();
  const { object, externalId } = sample;
  const kind =
    externalId === undefined ? { operation: 'update' } : { operation: 'upsert', externalIdFieldName: externalId };
  const format = { contentType: 'CSV', lineEnding: 'LF', columnDelimiter: 'COMMA' };
  const jobs = connection.path('jobs/ingest');
  const job = textAt(
    await connection.send({ what: 'bulk-open', method: 'POST', path: jobs, body: { object, ...kind, ...format } }),
    'id',
  );
  if (job === undefined) throw unreadableAnswer('a bulk job');
  const path = `${jobs}/${encodeURIComponent(job)}`;
  // One upload a job: a second one is refused.
  await connection.send({
    ...{ what: 'bulk-upload', method: 'PUT', path: `${path}/batches` },
    ...{ csv: csvOf(writes), records: writes.length },
  });
  await connection.send({ what: 'bulk-close', method: 'PATCH', path, body: { state: 'UploadComplete' } });
  await ended(connection, path);
  return outcomesOfJob(connection, path, writes);
}

/** Returns when the job is over, however it ended: one that failed keeps the rows that it had finished. */
async function ended(connection: SalesforceConnection, path: string): Promise<void> {
  const over: readonly (string | undefined)[] = ['JobComplete', 'Failed', 'Aborted'];
  const until = performance.now() + GIVEN_UP_AFTER_MS;
  for (let lookMs = FIRST_LOOK_MS; performance.now() < until; lookMs = Math.min(lookMs * 2, LAST_LOOK_MS)) {
    await new Promise((resolve) => setTimeout(resolve, lookMs));
    const state = textAt(await connection.send({ what: 'bulk-look', method: 'GET', path }), 'state');
    if (over.includes(state)) return;
  }
  throw new TransientFault('crm.bulk_slow', 'The org did not get through a bulk job in time.');
}

async function outcomesOfJob(
  connection: SalesforceConnection,
  path: string,
  writes: readonly RecordWrite[],
): Promise<Outcomes> {
  const column = keyColumnOf(writes[0]);
  const rowsOf = (results: Results) => resultRows(connection, `${path}/${results}`);
  const written = (await rowsOf('successfulResults')).map((row) => textAt(row, column));
  const failed = (await rowsOf('failedResults')).map((row): [string | undefined, SyncFault] => [
    textAt(row, column),
    faultOfErrors(errorsInRow(textAt(row, 'sf__Error') ?? '')),
  ]);
  const byKey = new Map<string | undefined, WriteOutcome>([
    ...written.map((key): [string | undefined, WriteOutcome] => [key, { kind: 'written' }]),
    ...failed.map(([key, fault]): [string | undefined, WriteOutcome] => [key, { kind: 'failed', fault }]),
  ]);
  // Rows of neither list were not looked at: the job ended before.
  return new Map(
    writes.map(({ name, identity }) => {
      const [key] = Object.values(identity);
      return [name, byKey.get(key) ?? { kind: 'failed', fault: notReached() }];
    }),
  );
}

async function resultRows(connection: SalesforceConnection, path: string): Promise<readonly unknown[]> {
  const rows = await connection.send({ what: 'bulk-results', method: 'GET', path });
  return Array.isArray(rows) ? (rows as readonly unknown[]) : [];
}

/** `CODE:message:fields--` (§2.7). */
function errorsInRow(text: string): readonly CrmError[] {
  const [, code = 'UNKNOWN_EXCEPTION', message = '', fields = ''] = /^(\w+):(.*):([^:]*)--$/s.exec(text) ?? [];
  return [{ code, message, fields: fields.split(',').filter((field) => field !== '') }];
}

const notReached = () =>
  new TransientFault('crm.bulk_ended', 'The bulk job of the org ended before it came to the record.');

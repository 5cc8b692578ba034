import type { JsonObject } from '../org/json.js';
import type { Caller } from '../org/journal.js';
import type { Field, SObject } from '../org/schema.js';

export type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

/** What every job tells of itself (§2.7). */
interface Job {
  id: string;
  operation: string;
  state: JobState;
  caller: Caller;
  version: string;
  /** vendor's datetime texts, and milliseconds for the twin's own reckoning */
  createdDate: string;
  systemModstamp: string;
  createdAt: number;
  processed: number;
  failed: number;
  errorMessage?: string;
}

/** A row of the upload: the cells as they came, and the record that they make. */
export interface BulkRow {
  cells: readonly string[];
  record: JsonObject;
}

export interface RowResult {
  row: BulkRow;
  id: string;
  created: boolean;
  /** `CODE:message:fields--` of a row that failed */
  error?: string;
}

export interface IngestJob extends Job {
  kind: 'ingest';
  object: SObject;
  key?: Field;
  lineEnding: string;
  upload?: string;
  header: readonly string[];
  rows: readonly BulkRow[];
  results: RowResult[];
}

export interface QueryJob extends Job {
  kind: 'query';
  query: string;
  object: string;
  header: readonly string[];
  cells: readonly (readonly string[])[];
}

export type BulkJob = IngestJob | QueryJob;

export function isOver(job: BulkJob): boolean {
  return job.state === 'JobComplete' || job.state === 'Failed' || job.state === 'Aborted';
}

/** JobInfo as the vendor shows it (§2.7). */
export function jobInfo(job: BulkJob) {
  const own =
    job.kind === 'query'
      ? { jobType: 'V2Query', lineEnding: 'LF' }
      : {
          jobType: 'V2Ingest',
          lineEnding: job.lineEnding,
          ...(job.key ? { externalIdFieldName: job.key.name } : {}),
          ...(job.state === 'Open'
            ? { contentUrl: `services/data/${job.version}/jobs/ingest/${job.id}/batches` }
            : { numberRecordsFailed: job.failed }),
        };
  return {
    id: job.id,
    operation: job.operation,
    object: job.kind === 'query' ? job.object : job.object.name,
    createdById: job.caller.userId,
    createdDate: job.createdDate,
    systemModstamp: job.systemModstamp,
    state: job.state,
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: Number(job.version.slice(1)),
    columnDelimiter: 'COMMA',
    retries: 0,
    totalProcessingTime: 0,
    apiActiveProcessingTime: 0,
    apexProcessingTime: 0,
    ...(job.state === 'Open' ? {} : { numberRecordsProcessed: job.processed }),
    ...(job.errorMessage === undefined ? {} : { errorMessage: job.errorMessage }),
    ...own,
  };
}

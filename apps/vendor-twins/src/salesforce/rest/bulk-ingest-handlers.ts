import { isOver, jobInfo, type IngestJob } from '../bulk/bulk-job.js';
import { readCsv, writeCsv } from '../bulk/csv.js';
import { text } from '../org/json.js';
import { notFound, Refusal } from '../org/refusal.js';
import { fieldOf, isKey, type Field, type SObject } from '../org/schema.js';
import { bodyObject, type Api, type ApiCall, type Handler, type PathValues } from './api-call.js';

const operations = ['insert', 'update', 'upsert', 'delete', 'hardDelete'];

export const createIngest: Handler = (call, api) => {
  const body = bodyObject(call);
  const object = api.org.schema.object(text(body, 'object') ?? '');
  const operation = text(body, 'operation') ?? '';
  if (!object) throw invalid(`Unable to find object: ${text(body, 'object') ?? ''}`);
  if (!operations.includes(operation)) throw invalid(`operation is one of ${operations.join(', ')}`);
  if ((text(body, 'contentType') ?? 'CSV') !== 'CSV') throw invalid('contentType is CSV');
  if ((text(body, 'columnDelimiter') ?? 'COMMA') !== 'COMMA') throw invalid('this twin reads columns by COMMA only');
  const job: IngestJob = {
    ...api.bulk.stamp(),
    kind: 'ingest',
    state: 'Open',
    operation,
    object,
    ...(operation === 'upsert' ? { key: keyOf(object, text(body, 'externalIdFieldName') ?? '') } : {}),
    lineEnding: text(body, 'lineEnding') ?? 'LF',
    caller: call.caller,
    version: call.version,
    header: [],
    rows: [],
    results: [],
  };
  api.bulk.add(job);
  return { status: 200, body: jobInfo(job) };
};

export const listIngest: Handler = (_call, api) => ({
  status: 200,
  body: { done: true, records: api.bulk.all('ingest').map(jobInfo), nextRecordsUrl: null },
});

export const readIngest: Handler = (_call, api, path) => ({ status: 200, body: jobInfo(jobAt(api, path)) });

/** One upload a job (§2.7). */
export const uploadBatch: Handler = (call, api, path) => {
  const job = jobAt(api, path);
  if (job.upload !== undefined) throw wrongState(`Found multiple contents for job: ${job.id}`);
  if (job.state !== 'Open') throw wrongState(`A job in state ${job.state} takes no upload.`);
  if (typeof call.body !== 'string') throw invalid('The upload is text/csv.');
  job.upload = call.body;
  return { status: 201 };
};

export const changeIngest: Handler = (call, api, path) => {
  const job = jobAt(api, path);
  const state = text(bodyObject(call), 'state');
  if (state === 'Aborted') {
    api.bulk.abort(job);
    return { status: 200, body: jobInfo(job) };
  }
  if (state !== 'UploadComplete') throw invalid('state is UploadComplete or Aborted');
  if (job.state !== 'Open') throw wrongState(`A job in state ${job.state} cannot become UploadComplete.`);
  const count = countRows(job.upload);
  api.org.journal.attempted(job.object.name, count);
  api.bulk.ingest(job);
  return { status: 200, body: jobInfo(job), records: count };
};

export const deleteIngest: Handler = (_call, api, path) => {
  api.bulk.remove(jobAt(api, path));
  return { status: 204 };
};

/** In an order of the vendor's own (§2.7). */
export const successfulResults: Handler = (_call, api, path) => {
  const { header, results } = finished(api, path);
  const rows = results.filter(({ error }) => error === undefined);
  return csv([
    ['sf__Id', 'sf__Created', ...header],
    ...rows.map(({ id, created, row }) => [id, String(created), ...row.cells]),
  ]);
};

export const failedResults: Handler = (_call, api, path) => {
  const { header, results } = finished(api, path);
  const rows = results.flatMap(({ id, error, row }) => (error === undefined ? [] : [[id, error, ...row.cells]]));
  return csv([['sf__Id', 'sf__Error', ...header], ...rows]);
};

/** Rows that a failed or aborted job did not come to. */
export const unprocessedRecords: Handler = (_call, api, path) => {
  const { header, rows, results, upload } = finished(api, path);
  if (header.length === 0) return csv(readCsv(upload ?? ''));
  const done = new Set(results.map(({ row }) => row));
  return csv([header, ...rows.filter((row) => !done.has(row)).map(({ cells }) => cells)]);
};

const csv = (rows: readonly (readonly string[])[]) => ({ status: 200, csv: writeCsv(rows), records: rows.length - 1 });
const invalid = (message: string) => new Refusal('INVALIDJOB', message);
const wrongState = (message: string) => new Refusal('INVALIDJOBSTATE', message);

/** What cannot be read fails the job, not the call. */
function countRows(upload: string | undefined): number {
  try {
    return Math.max(0, readCsv(upload ?? '').length - 1);
  } catch {
    return 0;
  }
}

function jobAt(api: Api, path: PathValues): IngestJob {
  const job = api.bulk.find(path['job'] ?? '');
  if (job.kind !== 'ingest') throw notFound();
  return job;
}

function finished(api: Api, path: PathValues): IngestJob {
  const job = jobAt(api, path);
  if (!isOver(job)) throw wrongState(`A job in state ${job.state} has no results yet.`);
  return job;
}

function keyOf(object: SObject, name: string): Field {
  const field = fieldOf(object, name);
  if (!field || !(isKey(field) || field.type === 'id')) throw invalid(`no external id of ${object.name}: ${name}`);
  return field;
}

/** The body of an upload is its text; anything else is no upload. */
export function isUpload(call: Pick<ApiCall, 'method' | 'path'>): boolean {
  const [first, second, , last] = call.path;
  return call.method === 'PUT' && first === 'jobs' && second === 'ingest' && last === 'batches';
}

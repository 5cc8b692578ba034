import { jobInfo, type QueryJob } from '../bulk/bulk-job.js';
import { writeCsv } from '../bulk/csv.js';
import { isJsonObject, text } from '../org/json.js';
import { notFound, Refusal } from '../org/refusal.js';
import { runQuery } from '../soql/run-query.js';
import { bodyObject, type Api, type Handler, type PathValues } from './api-call.js';

/** A query whose answer is fetched as CSV when the job is complete (§2.7). The query itself is checked at once. */
export const createQueryJob: Handler = (call, api) => {
  const body = bodyObject(call);
  const operation = text(body, 'operation') ?? '';
  const query = text(body, 'query') ?? '';
  if (operation !== 'query' && operation !== 'queryAll')
    throw new Refusal('INVALIDJOB', 'operation is query or queryAll');
  const ask = { org: api.org, version: call.version, withDeleted: operation === 'queryAll' };
  const named = /\bFROM\s+(\w+)/i.exec(query)?.[1] ?? '';
  runQuery(query, ask);
  const job: QueryJob = {
    ...api.bulk.stamp(),
    ...{ kind: 'query', state: 'UploadComplete', operation, query },
    object: api.org.schema.object(named)?.name ?? named,
    caller: call.caller,
    version: call.version,
    header: [],
    cells: [],
  };
  api.bulk.add(job);
  api.bulk.start(job, () => {
    const rows = runQuery(query, ask).records.map((record) => flat(record));
    job.header = [...new Set(rows.flatMap((row) => [...row.keys()]))];
    job.cells = rows.map((row) => job.header.map((name) => row.get(name) ?? ''));
    job.processed = rows.length;
  });
  return { status: 200, body: jobInfo(job) };
};

export const readQueryJob: Handler = (_call, api, path) => ({ status: 200, body: jobInfo(jobAt(api, path)) });

export const changeQueryJob: Handler = (call, api, path) => {
  const job = jobAt(api, path);
  if (text(bodyObject(call), 'state') !== 'Aborted') throw new Refusal('INVALIDJOB', 'state is Aborted');
  api.bulk.abort(job);
  return { status: 200, body: jobInfo(job) };
};

export const deleteQueryJob: Handler = (_call, api, path) => {
  api.bulk.remove(jobAt(api, path));
  return { status: 204 };
};

/** A page of the answer; `Sforce-Locator` leads to the next, and is the word null on the last. */
export const queryJobResults: Handler = (call, api, path) => {
  const job = jobAt(api, path);
  if (job.state !== 'JobComplete')
    throw new Refusal('INVALIDJOBSTATE', `A job in state ${job.state} has no results yet.`);
  const start = Number(Buffer.from(call.search.get('locator') ?? '', 'base64url').toString() || 0);
  const end = Math.min(job.cells.length, start + Number(call.search.get('maxRecords') ?? job.cells.length));
  const locator = end < job.cells.length ? Buffer.from(String(end)).toString('base64url') : 'null';
  return {
    status: 200,
    csv: writeCsv([job.header, ...job.cells.slice(start, end)]),
    headers: { 'sforce-locator': locator, 'sforce-numberofrecords': String(end - start) },
    records: end - start,
  };
};

/** Parents by their path, `Account.Name`. */
function flat(record: unknown, before = ''): Map<string, string> {
  const cells = new Map<string, string>();
  for (const [name, value] of Object.entries(isJsonObject(record) ? record : {})) {
    if (name === 'attributes') continue;
    if (isJsonObject(value)) for (const [inner, cell] of flat(value, `${before}${name}.`)) cells.set(inner, cell);
    else cells.set(before + name, value === null ? '' : String(value));
  }
  return cells;
}

function jobAt(api: Api, path: PathValues): QueryJob {
  const job = api.bulk.find(path['job'] ?? '');
  if (job.kind !== 'query') throw notFound();
  return job;
}

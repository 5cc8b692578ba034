import { notFound, Refusal } from '../org/refusal.js';
import { createMany, deleteMany, retrieveMany, updateMany, upsertMany } from './collection-handlers.js';
import {
  changeIngest,
  createIngest,
  deleteIngest,
  failedResults,
  listIngest,
  readIngest,
  successfulResults,
  unprocessedRecords,
  uploadBatch,
} from './bulk-ingest-handlers.js';
import {
  changeQueryJob,
  createQueryJob,
  deleteQueryJob,
  queryJobResults,
  readQueryJob,
} from './bulk-query-handlers.js';
import { compositeGraph } from './graph-handler.js';
import { compositeRequest } from './composite-handler.js';
import { describeGlobal, describeObject } from './describe-handlers.js';
import type { Api, ApiAnswer, ApiCall, Handler, PathValues } from './api-call.js';
import { limits, resources } from './org-handlers.js';
import { currentEventSchema, eventSchema } from './event-handlers.js';
import { query, queryAll, queryMore } from './query-handlers.js';
import { createOrderSummary } from './order-summary-handler.js';
import { createRow, deleteRow, readByKey, readRow, updateRow, upsertRow } from './row-handlers.js';

interface Route {
  method: string;
  pattern: readonly string[];
  handle: Handler;
}

const route = (method: string, pattern: string, handle: Handler): Route => ({
  method,
  pattern: pattern.split('/'),
  handle,
});

/** Literal segments come before parameters of the same place: the first match answers. */
const routes: readonly Route[] = [
  route('GET', '', resources),
  route('GET', 'limits', limits),
  route('GET', 'query', query),
  route('GET', 'queryAll', queryAll),
  route('GET', 'query/:locator', queryMore),
  route('GET', 'sobjects', describeGlobal),
  route('GET', 'sobjects/:object/describe', describeObject),
  route('GET', 'sobjects/:object/eventSchema', currentEventSchema),
  route('GET', 'event/eventSchema/:schemaId', eventSchema),
  route('POST', 'sobjects/:object', createRow),
  route('GET', 'sobjects/:object/:id', readRow),
  route('PATCH', 'sobjects/:object/:id', updateRow),
  route('DELETE', 'sobjects/:object/:id', deleteRow),
  route('POST', 'sobjects/:object/Id', createRow),
  route('GET', 'sobjects/:object/:field/:value', readByKey),
  route('PATCH', 'sobjects/:object/:field/:value', upsertRow),
  route('POST', 'composite', compositeRequest),
  route('POST', 'composite/graph', compositeGraph),
  route('POST', 'composite/sobjects', createMany),
  route('PATCH', 'composite/sobjects', updateMany),
  route('DELETE', 'composite/sobjects', deleteMany),
  route('GET', 'composite/sobjects/:object', retrieveMany),
  route('POST', 'composite/sobjects/:object', retrieveMany),
  route('PATCH', 'composite/sobjects/:object/:field', upsertMany),
  route('POST', 'commerce/order-management/order-summaries', createOrderSummary),
  route('POST', 'jobs/ingest', createIngest),
  route('GET', 'jobs/ingest', listIngest),
  route('GET', 'jobs/ingest/:job', readIngest),
  route('PATCH', 'jobs/ingest/:job', changeIngest),
  route('DELETE', 'jobs/ingest/:job', deleteIngest),
  route('PUT', 'jobs/ingest/:job/batches', uploadBatch),
  route('GET', 'jobs/ingest/:job/successfulResults', successfulResults),
  route('GET', 'jobs/ingest/:job/failedResults', failedResults),
  route('GET', 'jobs/ingest/:job/unprocessedrecords', unprocessedRecords),
  route('POST', 'jobs/query', createQueryJob),
  route('GET', 'jobs/query/:job', readQueryJob),
  route('PATCH', 'jobs/query/:job', changeQueryJob),
  route('DELETE', 'jobs/query/:job', deleteQueryJob),
  route('GET', 'jobs/query/:job/results', queryJobResults),
];

/** Answers a call; a Refusal becomes the vendor's error array (§2.1). */
export function answerCall(call: ApiCall, api: Api): ApiAnswer {
  try {
    const { handle, values } = find(call);
    return handle(call, api, values);
  } catch (error) {
    if (error instanceof Refusal) return { status: error.status, body: error.body };
    throw error;
  }
}

function find(call: ApiCall): { handle: Handler; values: PathValues } {
  const fitting = routes.flatMap((candidate) => {
    const values = match(candidate.pattern, call.path);
    return values ? [{ ...candidate, values }] : [];
  });
  const found = fitting.find(({ method }) => method === call.method);
  if (found) return found;
  if (fitting.length === 0) throw notFound();
  throw new Refusal('METHOD_NOT_ALLOWED', `HTTP Method '${call.method}' not allowed.`, [], 405);
}

function match(pattern: readonly string[], path: readonly string[]): PathValues | undefined {
  if (pattern.length !== path.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = path[index] ?? '';
    if (part.startsWith(':') && segment !== '') values[part.slice(1)] = segment;
    else if (part !== segment) return undefined;
  }
  return values;
}

/** The call's resource without record ids and key values, to count by. */
export function resourceOf(path: readonly string[]): string {
  const fitting = routes.find(({ pattern }) => match(pattern, path));
  const named = fitting?.pattern.map((part, i) => (part === ':object' || part === ':field' ? (path[i] ?? '') : part));
  return `/${(named ?? ['unknown']).join('/')}`;
}

import type { BulkJobs } from '../bulk/bulk-jobs.js';
import type { Events } from '../events/events.js';
import { isJsonObject, type JsonObject } from '../org/json.js';
import type { Caller } from '../org/journal.js';
import type { Org } from '../org/org.js';
import type { RecordWriter } from '../org/record-writer.js';
import { Refusal } from '../org/refusal.js';
import type { QueryPages } from '../soql/query-pages.js';

/** One call below `/services/data/vXX.X`, or one subrequest of a composite. */
export interface ApiCall {
  method: string;
  /** decoded path segments behind the version */
  path: readonly string[];
  search: URLSearchParams;
  headers: Readonly<Record<string, string | undefined>>;
  /** parsed JSON, or the text of an upload; undefined when there was no body */
  body: unknown;
  /** `v67.0` */
  version: string;
  caller: Caller;
}

export interface ApiAnswer {
  status: number;
  /** undefined is an empty body */
  body?: unknown;
  /** an answer of text/csv in place of a body */
  csv?: string;
  headers?: Readonly<Record<string, string>>;
  /** records carried either way, for the twin's own count of calls */
  records?: number;
}

/** What the handlers work on. */
export interface Api {
  org: Org;
  writer: RecordWriter;
  events: Events;
  pages: QueryPages;
  bulk: BulkJobs;
  chance: () => number;
  /** calls counted against the day's budget so far, and the budget */
  usage: () => { used: number; max: number };
  /** answers a subrequest; never throws a Refusal */
  answer: (call: ApiCall) => ApiAnswer;
}

/** `:object` and the like of the route's pattern, by name. */
export type PathValues = Readonly<Record<string, string>>;
export type Handler = (call: ApiCall, api: Api, path: PathValues) => ApiAnswer;

export function bodyObject(call: ApiCall): JsonObject {
  if (isJsonObject(call.body)) return call.body;
  throw new Refusal('JSON_PARSER_ERROR', 'A JSON object was expected as the body of the request.');
}

/** Address of a record, as `attributes.url` and `Location` name it. */
export function recordUrl(call: Pick<ApiCall, 'version'>, object: string, id: string): string {
  return `/services/data/${call.version}/sobjects/${object}/${id}`;
}

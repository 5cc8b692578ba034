import { Refusal } from '../org/refusal.js';
import { runQuery } from '../soql/run-query.js';
import type { Api, ApiAnswer, ApiCall, Handler } from './api-call.js';

export const query: Handler = (call, api) => answered(call, api, false);

/** Deleted rows too (§2.6). */
export const queryAll: Handler = (call, api) => answered(call, api, true);

export const queryMore: Handler = (call, api, path) => {
  const page = api.pages.next(path['locator'] ?? '');
  return { status: 200, body: shown(call, page), records: page.records.length };
};

function answered(call: ApiCall, api: Api, withDeleted: boolean): ApiAnswer {
  const soql = call.search.get('q');
  if (soql === null) throw new Refusal('MALFORMED_QUERY', 'The query is missing.');
  const { total, records } = runQuery(soql, { org: api.org, version: call.version, withDeleted });
  const page = api.pages.first(total, records, batchSize(call));
  return { status: 200, body: shown(call, page), records: page.records.length };
}

function shown(call: ApiCall, page: { total: number; records: readonly unknown[]; locator?: string }) {
  const next =
    page.locator === undefined ? {} : { nextRecordsUrl: `/services/data/${call.version}/query/${page.locator}` };
  return { totalSize: page.total, done: page.locator === undefined, ...next, records: page.records };
}

/** 200 to 2,000 records a page, 2,000 unless the caller asks (§2.6). */
function batchSize(call: ApiCall): number {
  const asked = /batchSize=(\d+)/.exec(call.headers['sforce-query-options'] ?? '')?.[1];
  return Math.min(2000, Math.max(200, Number(asked ?? 2000)));
}

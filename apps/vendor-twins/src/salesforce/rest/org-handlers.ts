import type { Handler } from './api-call.js';

/** Oldest and newest API version the twin answers (§: versions at the head of the sheet). */
const oldest = 46;
const newest = 68;
const releases = ['Spring', 'Summer', 'Winter'];

/** `GET /services/data` needs no session (§2). v66 is Spring '26, and every third version starts a year. */
export function versions() {
  return Array.from({ length: newest - oldest + 1 }, (_, index) => {
    const number = oldest + index;
    const season = releases[number % 3] ?? '';
    const year = 26 + Math.floor((number - 66) / 3) + (season === 'Winter' ? 1 : 0);
    return { label: `${season} '${year}`, url: `/services/data/v${number}.0`, version: `${number}.0` };
  });
}

export function isKnownVersion(version: string): boolean {
  return versions().some((known) => `v${known.version}` === version);
}

export const resources: Handler = (call) => {
  const names = ['sobjects', 'limits', 'query', 'queryAll', 'composite', 'jobs'];
  return {
    status: 200,
    body: Object.fromEntries(names.map((name) => [name, `/services/data/${call.version}/${name}`])),
  };
};

/** §2.8 */
export const limits: Handler = (_call, api) => {
  const { used, max } = api.usage();
  const queries = api.bulk.all('query').length;
  return {
    status: 200,
    body: {
      DailyApiRequests: { Max: max, Remaining: Math.max(0, max - used) },
      DailyBulkV2QueryJobs: { Max: 10_000, Remaining: Math.max(0, 10_000 - queries) },
    },
  };
};

import { listAt, textAt, valueAt } from './json.js';
import type { Priority } from './org-budget.js';
import type { SalesforceConnection } from './salesforce-connection.js';

/** A SOQL text literal (§2.6). */
export const literal = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** Queries with `… IN (values)` at their end: as many values in each as a URL takes (§2.6). None where there are no values. */
export function chunkedIn(soqlUpToField: string, values: readonly string[]): readonly string[] {
  const chunks: string[][] = [];
  let room = 0;
  for (const value of values.map(literal)) {
    const length = encodeURIComponent(`${value},`).length;
    if (length > room) {
      chunks.push([]);
      room = MOST_OF_URL - encodeURIComponent(soqlUpToField).length;
    }
    chunks.at(-1)?.push(value);
    room -= length;
  }
  return chunks.map((some) => `${soqlUpToField} IN (${some.join(',')})`);
}

/** The org takes 16,384 bytes of URL and headers together; a session alone may have 2,000 of them. */
const MOST_OF_URL = 12_000;

interface QueryOptions {
  /** `queryAll` finds deleted records too. */
  readonly resource?: 'query' | 'queryAll';
  readonly priority?: Priority;
}

/** All pages of a query, each as the org cuts them (§2.6). */
export async function* pagesOfQuery(
  connection: SalesforceConnection,
  soql: string,
  { resource = 'query', priority = 'orders' }: QueryOptions = {},
): AsyncGenerator<readonly unknown[]> {
  const path = connection.path(`${resource}?q=${encodeURIComponent(soql)}`);
  yield* pagesFrom(connection, await connection.send({ what: 'query', method: 'GET', path, priority }), { priority });
}

/** The records of an answer, and of the pages that follow it: an answer may hold only the first of them (§2.6). */
export async function* pagesFrom(
  connection: SalesforceConnection,
  first: unknown,
  { priority = 'orders' }: Pick<QueryOptions, 'priority'> = {},
): AsyncGenerator<readonly unknown[]> {
  for (let page = first; page !== undefined;) {
    yield listAt(page, 'records');
    const next = valueAt(page, 'done') === false ? textAt(page, 'nextRecordsUrl') : undefined;
    page =
      next === undefined
        ? undefined
        : await connection.send({ what: 'next-page', method: 'GET', path: next, priority });
  }
}

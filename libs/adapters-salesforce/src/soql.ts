import { listAt, textAt, valueAt } from './json.js';
import type { Priority } from './org-budget.js';
import type { SalesforceConnection } from './salesforce-connection.js';

/** A SOQL text literal (§2.6). */
export const literal = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** Queries with `… IN (values)` at their end, each well below the longest URL that the org takes, 16,384 characters (§2.6). */
export function chunkedIn(soqlUpToField: string, values: readonly string[]): readonly string[] {
  return Array.from({ length: Math.ceil(values.length / MOST_IN) }, (_, at) => {
    const some = values.slice(at * MOST_IN, (at + 1) * MOST_IN).map(literal);
    return `${soqlUpToField} IN (${some.join(', ')})`;
  });
}

/** Keys have up to 80 characters. */
const MOST_IN = 100;

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
  yield* pagesFrom(connection, await connection.send({ what: 'query', method: 'GET', path, priority }));
}

/** The records of an answer, and of the pages that follow it: an answer may hold only the first of them (§2.6). */
export async function* pagesFrom(connection: SalesforceConnection, first: unknown): AsyncGenerator<readonly unknown[]> {
  for (let page = first; page !== undefined;) {
    yield listAt(page, 'records');
    const next = valueAt(page, 'done') === false ? textAt(page, 'nextRecordsUrl') : undefined;
    page = next === undefined ? undefined : await connection.send({ what: 'next-page', method: 'GET', path: next });
  }
}

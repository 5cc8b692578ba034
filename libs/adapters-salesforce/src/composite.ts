import { listAt, textAt, valueAt } from './json.js';
import type { Priority } from './org-budget.js';
import type { SalesforceConnection } from './salesforce-connection.js';
import { unreadableAnswer } from './salesforce-faults.js';

/** One part of a composite call. `url` from the root. */
export interface Subrequest {
  readonly method: 'GET' | 'PATCH' | 'POST';
  readonly url: string;
  readonly body?: object;
}

export interface Subanswer {
  readonly status: number;
  readonly body: unknown;
}

/** §2.4: of the 25 parts of a composite call, at most five may be queries or collections. */
export const MAX_QUERIES_AND_COLLECTIONS = 5;

/**
 * Sends the parts in one call, which counts as one (§2.4), and answers one status and body for each, in their order.
 * The parts run in the order written, and none undoes another. Throws a SyncFault where the call as a whole failed.
 */
export async function composite(
  connection: SalesforceConnection,
  what: string,
  parts: readonly Subrequest[],
  { records, priority }: { readonly records?: number; readonly priority?: Priority } = {},
): Promise<readonly Subanswer[]> {
  const compositeRequest = parts.map((part, position) => ({ ...part, referenceId: `part${position}` }));
  const answer = await connection.send({
    what,
    method: 'POST',
    path: connection.path('composite'),
    // collateSubrequests is on by default, and then parts run in any order (§2.4).
    body: { allOrNone: false, collateSubrequests: false, compositeRequest },
    ...(records !== undefined && { records }),
    ...(priority !== undefined && { priority }),
  });
  const answered = new Map(listAt(answer, 'compositeResponse').map((part) => [textAt(part, 'referenceId'), part]));
  return compositeRequest.map(({ referenceId }) => {
    const part = answered.get(referenceId);
    const status = valueAt(part, 'httpStatusCode');
    if (typeof status !== 'number') throw unreadableAnswer(what);
    return { status, body: valueAt(part, 'body') };
  });
}

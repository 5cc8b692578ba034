import {
  ConflictFault,
  Defect,
  PermanentFault,
  SuspendingFault,
  TransientFault,
  type FaultContext,
  type SyncFault,
} from '@tandem/domain';
import { REFUSALS, type Refusal } from './crm-refusals.js';
import { BrokenCall, RefusedCall } from './fetch-transport.js';
import { listAt, parsedJson, textAt } from './json.js';

/** One error as the org words it, whichever of its three shapes it came in (§2.1: `errorCode`, `statusCode`; §1.5: `error`). */
export interface CrmError {
  readonly code: string;
  readonly message: string;
  readonly fields: readonly string[];
}

type Verdict = Pick<Refusal, 'kind' | 'code' | 'sentence' | 'retryAfterMs' | 'keep'>;

/** Codes of records that fell with another one: the other one says why (§2.3, §2.4). */
const SIBLINGS: ReadonlySet<string> = new Set(['PROCESSING_HALTED', 'ALL_OR_NONE_OPERATION_ROLLED_BACK']);

/** What one record of a call may well meet while others do not is none of these. */
const OF_THE_WHOLE_ORG: ReadonlySet<string> = new Set([
  'crm.unavailable',
  'crm.too_many_requests',
  'crm.too_many_concurrent',
]);

/** Where the org, or a gateway before it, gave no code of its own (§2.1: 420 is the edge without a route; 5xx may be HTML). */
function verdictOfStatus(status: number): Verdict {
  if (status === 300)
    return { kind: 'permanent', code: 'crm.key_ambiguous', sentence: 'Several records have this key.' };
  if (status === 401 || status === 403) {
    return { kind: 'suspending', code: 'crm.access_missing', sentence: 'The org did not let us in.' };
  }
  if (status === 429)
    return { kind: 'transient', code: 'crm.too_many_requests', sentence: 'The org asks us to slow down.' };
  if (status === 408 || status === 420 || status >= 500) {
    return { kind: 'transient', code: 'crm.unavailable', sentence: 'The org is not available.' };
  }
  if (status > 300 && status < 400) {
    return { kind: 'suspending', code: 'crm.moved', sentence: 'The org moved: its address must be corrected.' };
  }
  return {
    kind: 'permanent',
    code: 'crm.refused',
    sentence: 'The org refused the call with a code that we do not know.',
  };
}

/** OAuth (§1.5): all but these need a person. */
const LOGIN_MAY_WORK_LATER: ReadonlySet<string> = new Set(['rate_limit_exceeded', 'unavailable', 'server_error']);

/**
 * The fault for the errors of one record or one call.
 * `status` is the HTTP status of the call or subrequest; for a record inside a collection leave it out.
 */
export function faultOfErrors(errors: readonly CrmError[], status?: number, retryAfterMs?: number): SyncFault {
  const error = errors.find(({ code }) => !SIBLINGS.has(code)) ?? errors[0];
  const known =
    error && REFUSALS.find(({ vendor, text }) => vendor === error.code && (text?.test(error.message) ?? true));
  const verdict = known ?? verdictOfStatus(status ?? 400);
  return faultOfVerdict(verdict, contextOf(error, verdict.keep, status), verdict.retryAfterMs ?? retryAfterMs);
}

/** The fault for a call that the org answered with a status from 300 on. */
export function faultOfRefusedCall({ status, headers, body }: RefusedCall): SyncFault {
  return faultOfErrors(errorsIn(parsedJson(body)), status, retryAfterOf(headers));
}

/** The fault for a token that was not given. Never holds the description: it can name the user. */
export function faultOfRefusedLogin({ status, headers, body }: RefusedCall): SyncFault {
  const code = textAt(parsedJson(body), 'error') ?? `http_${status}`;
  const context = { vendorCode: code, httpStatus: status };
  const details = { context, farSide: 'crm' as const, ...retryAfter(retryAfterOf(headers)) };
  return status >= 500 || status === 429 || LOGIN_MAY_WORK_LATER.has(code)
    ? new TransientFault('crm.login_unavailable', 'The org gives no session just now.', details)
    : new SuspendingFault('crm.login_refused', `The org gives us no session (${masked(code)}).`, { context });
}

/** The fault for a call that got no answer at all. Whether the org did what was asked is not known: calls must be repeatable. */
export function faultOfBrokenCall(thrown: unknown): SyncFault {
  if (thrown instanceof RefusedCall) return faultOfRefusedCall(thrown);
  if (thrown instanceof BrokenCall) {
    return new TransientFault(thrown.timedOut ? 'crm.timed_out' : 'crm.unreachable', thrown.message, {
      cause: thrown.cause,
      farSide: 'crm',
    });
  }
  return new Defect('A call to the org failed in a way that nobody had named.', { cause: thrown });
}

/** The org answered with success and something that is not what its documentation says, such as a page of HTML. */
export const unreadableAnswer = (what: string): SyncFault =>
  new TransientFault('crm.answer_unreadable', `The org's answer to ${what} is not what was agreed.`, {
    farSide: 'crm',
  });

/** Whether a new session may help: not where the token is of the wrong kind (§1.6). */
export const isSessionExpired = (thrown: unknown): boolean =>
  thrown instanceof RefusedCall &&
  thrown.status === 401 &&
  !/not valid for use with the REST API/.test(thrown.body) &&
  errorsIn(parsedJson(thrown.body)).some(({ code }) => code === 'INVALID_SESSION_ID');

/** The errors in a body: a list (single calls, composite), or one object. Anything else, such as HTML, holds none. */
export function errorsIn(body: unknown): readonly CrmError[] {
  const entries: readonly unknown[] = Array.isArray(body) ? body : [body];
  return entries.flatMap((entry) => {
    const code = textAt(entry, 'errorCode') ?? textAt(entry, 'statusCode');
    return code === undefined
      ? []
      : [{ code, message: textAt(entry, 'message') ?? '', fields: namesIn(listAt(entry, 'fields')) }];
  });
}

function faultOfVerdict({ kind, code, sentence }: Verdict, context: FaultContext, retryAfterMs?: number): SyncFault {
  switch (kind) {
    case 'transient':
      return new TransientFault(code, sentence, {
        context,
        ...retryAfter(retryAfterMs),
        ...(OF_THE_WHOLE_ORG.has(code) && { farSide: 'crm' }),
      });
    case 'conflict':
      return new ConflictFault(code, sentence, { context });
    case 'suspending':
      return new SuspendingFault(code, sentence, { context });
    case 'permanent':
      return new PermanentFault(code, sentence, { context });
  }
}

function contextOf(error: CrmError | undefined, keep: RegExp | undefined, status?: number): FaultContext {
  const answered = status === undefined ? {} : { httpStatus: status };
  if (!error) return answered;
  const rule = keep && masked(keep.exec(error.message)?.[0] ?? '');
  return { vendorCode: error.code, ...answered, fields: error.fields, ...(rule && { rule }) };
}

/** What an administrator wrote into a rule may still splice values in. */
function masked(text: string): string {
  return text
    .replace(/\S+@\S+/g, '…')
    .replace(/\b[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?\b/g, (word) => (/\d/.test(word) ? '…' : word))
    .replace(/\d[\d ./-]{4,}\d/g, '…')
    .slice(0, 200);
}

function retryAfterOf(headers: Readonly<Record<string, string>>): number | undefined {
  const delay = Number(headers['retry-after']);
  return Number.isFinite(delay) && delay > 0 ? delay * 1_000 : undefined;
}

const retryAfter = (retryAfterMs: number | undefined) => (retryAfterMs === undefined ? {} : { retryAfterMs });

const namesIn = (names: readonly unknown[]) => names.filter((name) => typeof name === 'string');

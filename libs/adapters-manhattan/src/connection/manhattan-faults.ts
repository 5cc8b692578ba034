import {
  ConflictFault,
  PermanentFault,
  SuspendingFault,
  TransientFault,
  type FarSide,
  type SyncFault,
} from '@tandem/domain';
import { isError, type VendorMessage } from './envelope.js';
import { refusal } from './refusal.js';
import { retryAfterOf } from './retry-after.js';
import { vendorSentence } from './vendor-sentence.js';

/** A call that did not succeed. Status 0: there was no answer. */
export interface FailedAnswer {
  readonly status: number;
  readonly messages: readonly VendorMessage[];
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** `cp-trace-id`, to quote in tickets (§1). */
  readonly traceId?: string;
  readonly cause?: unknown;
}

interface FaultRow {
  /** From … to, both included; any where absent. */
  readonly status?: readonly [number, number];
  /** One and the same message must fit all of these. A warning or an information never does. */
  readonly code?: RegExp;
  readonly type?: RegExp;
  readonly text?: RegExp;
  readonly fault: (answer: FailedAnswer) => SyncFault;
}

const transient =
  (code: string, sentence: string, whose: { farSide?: FarSide } = {}) =>
  (answer: FailedAnswer) => {
    const retryAfterMs = retryAfterOf(answer.headers ?? {});
    return new TransientFault(code, withWords(sentence, answer), {
      ...details(answer),
      ...whose,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  };
/** Not of one record: whoever asks next will most likely fare the same. */
const outage = (code: string, sentence: string) => transient(code, sentence, { farSide: 'oms' });
const conflict = (code: string, sentence: string) => (answer: FailedAnswer) =>
  new ConflictFault(code, withWords(sentence, answer), details(answer));
const suspending = (code: string, sentence: string) => (answer: FailedAnswer) =>
  new SuspendingFault(code, withWords(sentence, answer), details(answer));
const permanent = (code: string, sentence: string) => (answer: FailedAnswer) =>
  new PermanentFault(code, withWords(sentence, answer), details(answer));
/** Ours, and what the OMS itself said: nobody can look for what was not passed on. */
function withWords(sentence: string, { messages }: FailedAnswer): string {
  const said = [...new Set(messages.filter(isError).map(({ text }) => vendorSentence(text)))].filter(
    (text) => text !== '',
  );
  return said.length === 0 ? sentence : `${sentence} It said: ${said.join(' ')}`;
}

const refused = (code: string) => (answer: FailedAnswer) => refusal(code, answer.messages, details(answer));

const STALE = 'The OMS already holds this version of the record, or a higher one.';

/** The first row that fits decides. */
const FAULTS: readonly FaultRow[] = [
  {
    // Two saves of one order at once; seen with a 500, a 400 and a 200 around it (§2.3, §10.32).
    text: /lock wait|concurrent(ly)? (update|modif)|deadlock|optimistic lock|stale ?object/i,
    fault: transient('oms.lock_wait', 'The OMS was busy with another change of the same record.'),
  },
  {
    // One mass action at a time, for all callers of the tenant (§3.1).
    text: /mass ?action.*\b(running|in progress)\b/i,
    fault: transient('oms.busy', 'The OMS runs a job of this kind already.'),
  },
  // 10208 has two meanings, a hard shipping restriction and a stale version: only the text tells them apart (§2.3, §2.6).
  { code: /^(error\.)?10208$/, text: /restrict/i, fault: refused('oms.refused') },
  { code: /^(error\.)?10208$/, text: /\bversion/i, fault: conflict('oms.stale_version', STALE) },
  { code: /^error\.10208$/, fault: conflict('oms.stale_version', STALE) },
  {
    // The order may well have been saved: this is no refusal (§2.3).
    code: /^pay::1000[12]$/,
    fault: refused('oms.payment_failed'),
  },
  {
    code: /^(invalid_grant|invalid_client|unauthorized_client|unsupported_grant_type)$/,
    fault: suspending('oms.credentials_refused', 'The OMS refuses our credentials.'),
  },
  {
    status: [401, 401],
    fault: suspending('oms.unauthorized', 'The OMS does not accept our token, not even a new one.'),
  },
  { status: [403, 403], fault: suspending('oms.forbidden', 'Our user at the OMS lacks a grant for this call.') },
  {
    // What happens above the hourly entitlement is not published: any of these (§2.7, §12).
    status: [429, 429],
    fault: outage('oms.rate_limited', 'The OMS asks us to slow down.'),
  },
  {
    type: /^network$/,
    code: /timeout|timed|aborted/i,
    fault: outage('oms.timed_out', 'The OMS did not answer in time.'),
  },
  { type: /^network$/, fault: outage('oms.unreachable', 'The OMS could not be reached.') },
  { status: [500, 599], fault: outage('oms.unavailable', 'The OMS failed on its side.') },
  { status: [408, 408], fault: outage('oms.timed_out', 'The OMS did not answer in time.') },
  {
    // A page of a gateway, a proxy or a sign-in; JSON that ends half-way.
    type: /^unreadable$/,
    fault: outage('oms.unreadable_answer', 'The answer of the OMS was not whole JSON.'),
  },
  { status: [404, 404], fault: permanent('oms.not_found', 'The OMS does not know the record.') },
  { status: [409, 409], fault: conflict('oms.conflict', 'The OMS cannot do this in the present state of the record.') },
  { status: [400, 400], type: /ManhValidationException/, fault: refused('oms.refused') },
  // Its generic code: whatever it is about stands in its text (§2.3).
  { code: /^99999$/, fault: transient('oms.failed', 'The OMS failed in a way that it has no name for.') },
  { type: /^ERROR$/i, fault: refused('oms.refused') },
  { status: [400, 400], fault: refused('oms.refused') },
  { status: [422, 422], fault: refused('oms.refused') },
  { status: [200, 299], fault: transient('oms.failed', 'The OMS failed without saying why.') },
];

/** What an unsuccessful answer asks of us (§2.3, §2.6, §10). */
export function manhattanFault(answer: FailedAnswer): SyncFault {
  const row = FAULTS.find((candidate) => fits(candidate, answer));
  if (row) return row.fault(answer);
  return permanent('oms.unexpected_status', 'The OMS answered with a status that means nothing to us.')(answer);
}

function fits({ status, code, type, text }: FaultRow, answer: FailedAnswer): boolean {
  if (status && (answer.status < status[0] || answer.status > status[1])) return false;
  if (!code && !type && !text) return true;
  return answer.messages.some(
    (message) =>
      !/^(WARNING|INFO)$/i.test(message.type) &&
      (code?.test(message.code) ?? true) &&
      (type?.test(message.type) ?? true) &&
      (text?.test(message.text) ?? true),
  );
}

function details({ status, messages, traceId, cause }: FailedAnswer) {
  const codes = [
    ...new Set(messages.map(({ code }) => code.slice(0, 60)).filter((code) => /^[\w.:[\]-]+$/.test(code))),
  ];
  return { cause, context: { status, codes, ...(traceId !== undefined && { traceId }) } };
}

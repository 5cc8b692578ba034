import { isJsonObject, text } from '../org/json.js';
import { Refusal } from '../org/refusal.js';
import type { Api, ApiAnswer, ApiCall } from './api-call.js';
import { referencesIn, resolveReferences, resolveText } from './composite-references.js';
import { parseTarget } from './target.js';

/** A call inside a composite or a graph, read. */
export interface Subrequest {
  method: string;
  url: string;
  referenceId: string;
  body: unknown;
  headers: Readonly<Record<string, string>>;
  /** reference ids that its url and body name */
  needs: readonly string[];
}

/** What a subrequest gets whose transaction was undone by another one (§2.4). */
const halted = new Refusal(
  'PROCESSING_HALTED',
  'The transaction was rolled back since another operation in the same transaction failed.',
);

/** Runs them in this order, as one transaction that a failure undoes when `allOrNone` is set. */
export function runSubrequests(order: readonly Subrequest[], allOrNone: boolean, call: ApiCall, api: Api) {
  const isUndone = (results: ReadonlyMap<string, ApiAnswer>) =>
    allOrNone && [...results.values()].some((answer) => hasFailed(answer));
  const answers = api.org.store.atomically(
    () => runAll(order, allOrNone, call, api),
    (results) => !isUndone(results),
  );
  return { answers, undone: isUndone(answers) };
}

export function recordsIn(answers: ReadonlyMap<string, ApiAnswer>): number {
  return [...answers.values()].reduce((sum, answer) => sum + (answer.records ?? 0), 0);
}

function runAll(order: readonly Subrequest[], allOrNone: boolean, call: ApiCall, api: Api) {
  const answers = new Map<string, ApiAnswer>();
  const bodies = new Map<string, unknown>();
  for (const sub of order) {
    const answer = run(sub, bodies, call, api);
    answers.set(sub.referenceId, answer);
    if (answer.status < 400) bodies.set(sub.referenceId, answer.body);
    if (allOrNone && hasFailed(answer)) break;
  }
  return answers;
}

function run(sub: Subrequest, bodies: ReadonlyMap<string, unknown>, call: ApiCall, api: Api): ApiAnswer {
  try {
    const target = parseTarget(resolveText(sub.url, bodies));
    if (!target || (target.path[0] === 'composite' && target.path.length === 1))
      throw new Refusal('INVALID_INPUT', `not a resource for a subrequest: ${sub.url}`);
    const { method, headers } = sub;
    return api.answer({ ...call, ...target, method, headers, body: resolveReferences(sub.body, bodies) });
  } catch (error) {
    if (error instanceof Refusal) return { status: error.status, body: error.body };
    throw error;
  }
}

/** A collection answers 200 although records in it failed; under the outer allOrNone that undoes everything. */
function hasFailed(answer: ApiAnswer): boolean {
  const results: unknown = answer.body;
  return (
    answer.status >= 400 ||
    (Array.isArray(results) && results.some((result) => isJsonObject(result) && result['success'] === false))
  );
}

/** After a rollback a plain success becomes PROCESSING_HALTED, but a collection goes on looking like one (§2.4). */
export function shownAnswer(sub: Subrequest, answer: ApiAnswer | undefined, undone: boolean) {
  const keeps = answer && (!undone || hasFailed(answer) || Array.isArray(answer.body));
  const told: ApiAnswer = keeps ? answer : { status: halted.status, body: halted.body };
  const location = told.headers?.['location'];
  return {
    body: told.body ?? null,
    httpHeaders: location === undefined ? {} : { Location: location },
    httpStatusCode: told.status,
    referenceId: sub.referenceId,
  };
}

/** An order in which everything comes after what it refers to, and else as chance has it: collation promises no more. */
export function scrambled(subrequests: readonly Subrequest[], chance: () => number): Subrequest[] {
  const waiting = [...subrequests];
  const order: Subrequest[] = [];
  while (waiting.length > 0) {
    const ready = waiting.filter((sub) => !sub.needs.some((id) => waiting.some((other) => other.referenceId === id)));
    const next = ready[Math.floor(chance() * ready.length)] ?? waiting[0];
    if (!next) break;
    order.push(next);
    waiting.splice(waiting.indexOf(next), 1);
  }
  return order;
}

/** Throws a Refusal for what the whole request is refused for. */
export function readSubrequest(given: unknown): Subrequest {
  const method = text(given, 'method');
  const url = text(given, 'url');
  const referenceId = text(given, 'referenceId');
  if (!isJsonObject(given) || !method || !url || !referenceId)
    throw new Refusal('MISSING_ARGUMENT', 'A subrequest has a method, a url and a referenceId.');
  if (!/^[A-Za-z]\w*$/.test(referenceId))
    throw new Refusal(
      'INVALID_INPUT',
      `Provided referenceId ('${referenceId}') holds characters that are not allowed.`,
    );
  const named = isJsonObject(given['httpHeaders']) ? Object.entries(given['httpHeaders']) : [];
  const headers = Object.fromEntries(named.map(([name, value]) => [name.toLowerCase(), String(value)]));
  const forbidden = ['accept', 'authorization', 'content-type'].find((name) => name in headers);
  if (forbidden) throw new Refusal('INVALID_INPUT', `A subrequest may not carry the header ${forbidden}.`);
  const needs = [...referencesIn(url), ...referencesIn(given['body'])];
  return { method, url, referenceId, body: given['body'], headers, needs };
}

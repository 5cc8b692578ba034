import { isJsonObject, list, text, type JsonObject } from '../org/json.js';
import { Refusal } from '../org/refusal.js';
import { bodyObject, type Api, type ApiAnswer, type ApiCall, type Handler } from './api-call.js';
import { referencesIn, resolveReferences, resolveText } from './composite-references.js';
import { parseTarget } from './target.js';

interface Subrequest {
  method: string;
  url: string;
  referenceId: string;
  body: unknown;
  headers: Readonly<Record<string, string>>;
  needs: readonly string[];
}

const halted = new Refusal(
  'PROCESSING_HALTED',
  'The transaction was rolled back since another operation in the same transaction failed.',
);

/** Up to 25 subrequests in one call, of which 5 collections or queries (§2.4). */
export const compositeRequest: Handler = (call, api) => {
  const body = bodyObject(call);
  const subrequests = readSubrequests(body);
  const allOrNone = body['allOrNone'] === true;
  const order = body['collateSubrequests'] === false ? subrequests : scrambled(subrequests, api.chance);
  const answers = api.org.store.atomically(
    () => runAll(order, allOrNone, call, api),
    (results) => !allOrNone || [...results.values()].every((answer) => !hasFailed(answer)),
  );
  const undone = allOrNone && [...answers.values()].some((answer) => hasFailed(answer));
  return {
    status: 200,
    body: { compositeResponse: subrequests.map((sub) => shown(sub, answers.get(sub.referenceId), undone)) },
    records: [...answers.values()].reduce((sum, answer) => sum + (answer.records ?? 0), 0),
  };
};

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
function shown(sub: Subrequest, answer: ApiAnswer | undefined, undone: boolean) {
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
function scrambled(subrequests: readonly Subrequest[], chance: () => number): Subrequest[] {
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

function readSubrequests(body: JsonObject): Subrequest[] {
  const given = list(body, 'compositeRequest') ?? [];
  if (given.length === 0) throw new Refusal('MISSING_ARGUMENT', 'compositeRequest is missing');
  if (given.length > 25) throw tooMany('25 subrequests');
  const subrequests = given.map(readSubrequest);
  const heavy = subrequests.filter(({ url }) => /\/(?:query|queryAll|composite\/sobjects)(?:[/?]|$)/.test(url));
  if (heavy.length > 5) throw tooMany('5 query and collection subrequests');
  const ids = new Set(subrequests.map(({ referenceId }) => referenceId));
  if (ids.size < subrequests.length) throw new Refusal('INVALID_INPUT', 'referenceId values must be unique');
  return subrequests;
}

function tooMany(limit: string) {
  return new Refusal('LIMIT_EXCEEDED', `A composite request holds at most ${limit}.`);
}

function readSubrequest(given: unknown): Subrequest {
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

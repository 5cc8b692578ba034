import { list, type JsonObject } from '../org/json.js';
import { Refusal } from '../org/refusal.js';
import { bodyObject, type Handler } from './api-call.js';
import { readSubrequest, recordsIn, runSubrequests, scrambled, shownAnswer, type Subrequest } from './subrequests.js';

/** Up to 25 subrequests in one call, of which 5 collections or queries (§2.4). */
export const compositeRequest: Handler = (call, api) => {
  const body = bodyObject(call);
  const subrequests = readSubrequests(body);
  const allOrNone = body['allOrNone'] === true;
  const order = body['collateSubrequests'] === false ? subrequests : scrambled(subrequests, api.chance);
  const { answers, undone } = runSubrequests(order, allOrNone, call, api);
  return {
    status: 200,
    body: { compositeResponse: subrequests.map((sub) => shownAnswer(sub, answers.get(sub.referenceId), undone)) },
    records: recordsIn(answers),
  };
};

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

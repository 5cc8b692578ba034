import { partsOf, type Incoming } from './heard-calls.js';
import type { RecordError } from './canned.js';

type Json = Readonly<Record<string, unknown>>;

/** A write without the records that are refused, and how its answer becomes the answer to the whole of it. */
export interface Thinned {
  /** Undefined where nothing is left to send. */
  readonly body: unknown;
  whole(answer: unknown): unknown;
}

/** `places` are counted over all collections of the call (§2.3, §2.4). */
export function without(call: Incoming, places: ReadonlySet<number>, error: RecordError): Thinned {
  let at = 0;
  const refusals = partsOf(call).map(({ records }) => records.map(() => places.has(at++)));
  const result = { success: false, errors: [error] };
  const json = call.body as Json;
  const requests = json['compositeRequest'] as readonly Json[] | undefined;
  if (requests === undefined) {
    const kept = keptOf(json, refusals[0] ?? []);
    return { body: kept, whole: (answer) => merged(answer, refusals[0] ?? [], result) };
  }
  const thinned = requests.flatMap((request, index) => {
    const body = keptOf(request['body'] as Json, refusals[index] ?? []);
    return body === undefined ? [] : [{ ...request, body }];
  });
  return {
    body: thinned.length === 0 ? undefined : { ...json, compositeRequest: thinned },
    whole: (answer) => ({
      compositeResponse: requests.map(({ referenceId }, index) => {
        const answers = ((answer as Json | undefined)?.['compositeResponse'] ?? []) as readonly Json[];
        const own = answers.find((one) => one['referenceId'] === referenceId);
        const answered = own ?? { referenceId, httpStatusCode: 200, httpHeaders: {}, body: [] };
        return { ...answered, body: merged(answered['body'], refusals[index] ?? [], result) };
      }),
    }),
  };
}

function keptOf(body: Json, refusals: readonly boolean[]): Json | undefined {
  const records = (body['records'] as readonly unknown[]).filter((_, index) => refusals[index] !== true);
  return records.length === 0 ? undefined : { ...body, records };
}

function merged(answer: unknown, refusals: readonly boolean[], result: unknown): unknown {
  const given = [...((Array.isArray(answer) ? answer : []) as readonly unknown[])];
  return refusals.map((isRefused) => (isRefused ? result : given.shift()));
}

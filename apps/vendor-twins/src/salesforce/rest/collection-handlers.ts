import { canonicalId } from '../org/ids.js';
import { isJsonObject, list, text, type JsonObject } from '../org/json.js';
import { Refusal } from '../org/refusal.js';
import { fieldOf, type Field, type SObject } from '../org/schema.js';
import { bodyObject, type Api, type ApiAnswer, type ApiCall, type Handler } from './api-call.js';
import { enqueued, idAt, keyAt, objectAt } from './row-handlers.js';
import { noSuchColumn, showRecord } from './show-record.js';

/** At most so many records a write call, and so many runs of differing types (§2.3). */
const mostRecords = 200;
const mostChunks = 10;
const mostRetrieved = 2000;

interface Written {
  id: string;
  created?: boolean;
  /** of a published event, which succeeded all the same */
  errors?: readonly object[];
}
type Result =
  | { id: string; success: true; errors: readonly object[]; created?: boolean }
  | { id?: string; success: false; errors: { statusCode: string; message: string; fields: readonly string[] }[] };

export const createMany: Handler = (call, api) =>
  writeEach(call, api, recordsOf(call), (record) => {
    const object = typeOf(api, record);
    if (object.event) return enqueued(api.writer.publish(object, record, call.caller));
    return { id: api.writer.create(object, record, call.caller) };
  });

export const updateMany: Handler = (call, api) =>
  writeEach(call, api, recordsOf(call), (record) => {
    const object = typeOf(api, record);
    const given = text(record, 'Id') ?? text(record, 'id');
    if (given === undefined) throw new Refusal('MISSING_ARGUMENT', 'Id not specified in an update call');
    const id = idAt(object, given);
    api.writer.update(object, id, without(record, 'id'), call.caller);
    return { id };
  });

/** One object type by one key; the same key twice in a request is refused at its second place (§2.3, §2.11). */
export const upsertMany: Handler = (call, api, path) => {
  const object = objectAt(api, path);
  const key = keyAt(object, path);
  const seen = new Set<string>();
  return writeEach(call, api, recordsOf(call), (record) => {
    if (typeOf(api, record) !== object)
      throw new Refusal('INVALID_TYPE', `records of an upsert are all of type ${object.name}`);
    const value = keyValue(record, key);
    // By the key Id, a record without one is a new record (§2.2).
    if (value === undefined) return { id: api.writer.create(object, record, call.caller), created: true };
    const compared = key.caseSensitive ? String(value) : String(value).toLowerCase();
    if (seen.has(compared))
      throw new Refusal('DUPLICATE_VALUE', `Duplicate external id specified: ${value}`, [key.name]);
    seen.add(compared);
    return api.writer.upsert(object, key, value, without(record, key.name), call.caller);
  });
};

export const deleteMany: Handler = (call, api) => {
  const ids = (call.search.get('ids') ?? '').split(',').filter((id) => id !== '');
  refuseTooMany(ids.length, mostRecords);
  return writeEach({ ...call, body: { allOrNone: call.search.get('allOrNone') === 'true' } }, api, ids, (given) => {
    const id = canonicalId(given);
    const object = id && api.org.schema.objectOfId(id);
    if (!id || !object) throw new Refusal('MALFORMED_ID', `malformed id ${given}`);
    api.writer.delete(object, id, call.caller);
    return { id };
  });
};

/** `null` in place of what is not there (§2.3). */
export const retrieveMany: Handler = (call, api, path) => {
  const object = objectAt(api, path);
  const asked = call.method === 'POST' ? call.body : undefined;
  const ids = list(asked, 'ids')?.map(String) ?? (call.search.get('ids') ?? '').split(',');
  const fields = list(asked, 'fields')?.map(String) ?? (call.search.get('fields') ?? '').split(',');
  refuseTooMany(ids.length, mostRetrieved);
  for (const name of fields) if (!fieldOf(object, name)) throw noSuchColumn(name, object);
  const records = ids.map((given) => {
    const row = api.org.store.live(object, canonicalId(given) ?? '');
    return row ? showRecord(call, object, row, fields) : null;
  });
  return { status: 200, body: records, records: records.length };
};

function writeEach<T>(call: ApiCall, api: Api, records: readonly T[], write: (record: T) => Written): ApiAnswer {
  const allOrNone = isJsonObject(call.body) && call.body['allOrNone'] === true;
  const passed = (results: readonly Result[]) => !allOrNone || results.every(({ success }) => success);
  const results = api.org.store.atomically(() => records.map((record) => attempt(() => write(record))), passed);
  const body = passed(results) ? results : results.map((result) => rolledBack(result));
  return { status: 200, body, records: records.length };
}

function attempt(write: () => Written): Result {
  try {
    return { success: true, errors: [], ...write() };
  } catch (error) {
    if (error instanceof Refusal) return { success: false, errors: [errorOf(error)] };
    throw error;
  }
}

function errorOf({ code, message, fields }: Refusal) {
  return { statusCode: code, message, fields };
}

/** The sibling keeps the id of a record that no longer exists: a trap the vendor sets too (§2.3). */
function rolledBack(result: Result): Result {
  if (!result.success) return result;
  const because = 'Record rolled back because not all records were valid and the request was using AllOrNone header';
  const error = new Refusal('ALL_OR_NONE_OPERATION_ROLLED_BACK', because);
  return { id: result.id, success: false, errors: [errorOf(error)] };
}

function recordsOf(call: ApiCall): JsonObject[] {
  const records = list(bodyObject(call), 'records');
  if (!records || records.length === 0)
    throw new Refusal('MISSING_ARGUMENT', 'The records of the request are missing.');
  refuseTooMany(records.length, mostRecords);
  const objects = records.filter(isJsonObject);
  if (objects.length < records.length) throw new Refusal('JSON_PARSER_ERROR', 'Every record is a JSON object.');
  const types = objects.map((record) => text(record['attributes'], 'type'));
  const chunks = types.filter((type, index) => index === 0 || type !== types[index - 1]).length;
  if (chunks > mostChunks)
    throw new Refusal(
      'LIMIT_EXCEEDED',
      `The request holds ${chunks} chunks of differing types; ${mostChunks} are allowed.`,
    );
  return objects;
}

function refuseTooMany(count: number, most: number) {
  if (count > most)
    throw new Refusal(
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${most} records into this call`,
    );
}

function typeOf(api: Api, record: JsonObject): SObject {
  const type = text(record['attributes'], 'type');
  const object = api.org.schema.object(type ?? '');
  if (!object) throw new Refusal('INVALID_TYPE', `sObject type '${type ?? ''}' is not supported.`);
  return object;
}

function without(record: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([given]) => given.toLowerCase() !== name.toLowerCase()));
}

function keyValue(record: JsonObject, key: Field): string | number | undefined {
  const entry = Object.entries(record).find(([name]) => name.toLowerCase() === key.name.toLowerCase());
  const value = entry?.[1];
  if (typeof value === 'number' || (typeof value === 'string' && value !== '')) return value;
  if (key.type === 'id') return undefined;
  throw new Refusal('MISSING_ARGUMENT', `${key.name} not specified`, [key.name]);
}

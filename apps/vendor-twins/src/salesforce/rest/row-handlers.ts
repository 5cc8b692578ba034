import { canonicalId } from '../org/ids.js';
import { notFound, Refusal } from '../org/refusal.js';
import { fieldOf, isKey, type Field, type SObject } from '../org/schema.js';
import type { JsonObject } from '../org/json.js';
import {
  bodyObject,
  recordUrl,
  type Api,
  type ApiAnswer,
  type ApiCall,
  type Handler,
  type PathValues,
} from './api-call.js';
import { showRecord } from './show-record.js';

const done = (id: string) => ({ id, success: true, errors: [] });

/** A published event is no record: the answer names its EventUuid, among the errors, although it succeeded (§3.2). */
export function enqueued({ id, uuid }: { id: string; uuid: string }) {
  return { id, success: true as const, errors: [{ statusCode: 'OPERATION_ENQUEUED', message: uuid, fields: [] }] };
}

export const createRow: Handler = (call, api, path) => {
  const object = objectAt(api, path);
  if (object.event)
    return { status: 201, body: enqueued(api.writer.publish(object, bodyObject(call), call.caller)), records: 1 };
  const id = api.writer.create(object, bodyObject(call), call.caller);
  return { status: 201, body: done(id), headers: { location: recordUrl(call, object.name, id) }, records: 1 };
};

export const readRow: Handler = (call, api, path) => {
  const object = objectAt(api, path);
  return shown(call, api, object, idAt(object, path['id'] ?? ''));
};

export const updateRow: Handler = (call, api, path) => {
  const object = objectAt(api, path);
  const body = bodyObject(call);
  refuseMember(body, 'Id');
  api.writer.update(object, idAt(object, path['id'] ?? ''), body, call.caller);
  return { status: 204, records: 1 };
};

export const deleteRow: Handler = (call, api, path) => {
  const object = objectAt(api, path);
  api.writer.delete(object, idAt(object, path['id'] ?? ''), call.caller);
  return { status: 204, records: 1 };
};

export const readByKey: Handler = (call, api, path) => {
  const object = objectAt(api, path);
  const found = api.writer.match(object, keyAt(object, path), path['value']);
  const [id] = found;
  if (found.length > 1) return choices(call, object, found);
  if (id === undefined) throw notFound();
  return shown(call, api, object, id);
};

/** Several matches write nothing and answer their URLs; the key itself may not be in the body (§2.2). */
export const upsertRow: Handler = (call, api, path) => {
  const object = objectAt(api, path);
  const key = keyAt(object, path);
  const value = path['value'] ?? '';
  const body = bodyObject(call);
  refuseMember(body, key.name);
  const found = api.writer.match(object, key, value);
  if (found.length > 1) return choices(call, object, found);
  if (found.length === 0 && call.search.get('updateOnly') === 'true') throw notFound();
  const { id, created } = api.writer.upsert(object, key, value, body, call.caller);
  const headers = created ? { headers: { location: recordUrl(call, object.name, id) } } : {};
  return { status: created ? 201 : 200, body: { ...done(id), created }, ...headers, records: 1 };
};

function choices(call: ApiCall, object: SObject, ids: readonly string[]): ApiAnswer {
  return { status: 300, body: ids.map((id) => recordUrl(call, object.name, id)) };
}

function shown(call: ApiCall, api: Api, object: SObject, id: string): ApiAnswer {
  const row = api.org.store.live(object, id);
  if (!row) throw notFound();
  const fields = call.search.get('fields')?.split(',');
  return { status: 200, body: showRecord(call, object, row, fields), records: 1 };
}

function refuseMember(body: JsonObject, name: string) {
  if (Object.keys(body).some((given) => given.toLowerCase() === name.toLowerCase()))
    throw new Refusal('INVALID_FIELD', `The ${name} field should not be specified in the sobject data.`, [name]);
}

export function objectAt(api: Api, path: PathValues): SObject {
  const object = api.org.schema.object(path['object'] ?? '');
  if (!object) throw notFound();
  return object;
}

export function idAt(object: SObject, given: string): string {
  const id = canonicalId(given);
  if (id === undefined || !id.startsWith(object.keyPrefix))
    throw new Refusal('MALFORMED_ID', `${object.label} ID: id value of incorrect type: ${given}`, ['Id']);
  return id;
}

export function keyAt(object: SObject, path: PathValues): Field {
  const field = fieldOf(object, path['field'] ?? '');
  if (!field || !(isKey(field) || field.type === 'id')) throw notFound();
  return field;
}

import { Refusal } from '../org/refusal.js';
import { fieldOf, type Row, type Scalar, type SObject } from '../org/schema.js';
import { recordUrl, type ApiCall } from './api-call.js';

/** A record as REST shows it: its attributes, then the named fields, or all of them; null where nothing is stored. */
export function showRecord(
  call: Pick<ApiCall, 'version'>,
  object: SObject,
  row: Row,
  fields: readonly string[] = [...object.fields.values()].map((field) => field.name),
): Record<string, unknown> {
  const named = fields.map((name): [string, Scalar] => {
    const field = fieldOf(object, name.trim());
    if (!field) throw noSuchColumn(name.trim(), object);
    return [field.name, row[field.name] ?? null];
  });
  return {
    attributes: { type: object.name, url: recordUrl(call, object.name, String(row['Id'])) },
    ...Object.fromEntries(named),
  };
}

/** §2.6 */
export function noSuchColumn(name: string, object: SObject): Refusal {
  return new Refusal('INVALID_FIELD', `No such column '${name}' on entity '${object.name}'.`);
}

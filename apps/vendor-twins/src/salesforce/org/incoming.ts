import { isJsonObject, type JsonObject } from './json.js';
import type { Org } from './org.js';
import { Refusal } from './refusal.js';
import { fieldOf, isKey, relationOf, type Field, type Row, type Scalar, type SObject } from './schema.js';
import { storedValue } from './values.js';

/** How a body is read: an administrator's seed may set what the API may not. */
export type WriteMode = { kind: 'create' } | { kind: 'update'; before: Row } | { kind: 'seed' };

/** Values of a write by canonical field names, as the org would store them. */
export function readIncoming(org: Org, object: SObject, body: JsonObject, mode: WriteMode): Record<string, Scalar> {
  const values: Record<string, Scalar> = {};
  for (const [name, value] of Object.entries(body)) {
    if (name === 'attributes') continue;
    const [field, stored] = readMember(org, object, name, value);
    refuseUnwritable(field, stored, mode);
    values[field.name] = stored;
  }
  return values;
}

function readMember(org: Org, object: SObject, name: string, value: unknown): [Field, Scalar] {
  const field = fieldOf(object, name);
  if (field) return [field, storedValue(object, field, value, org)];
  const relation = relationOf(object, name);
  if (relation && isJsonObject(value)) return [relation, parentByKey(org, object, relation, value)];
  throw new Refusal('INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
}

/** A detail's own parent may be named again: only a different one is a change (§2.2). */
function refuseUnwritable(field: Field, stored: Scalar, mode: WriteMode) {
  if (mode.kind === 'seed') return;
  const same = mode.kind === 'update' && mode.before[field.name] === stored;
  const writable = mode.kind === 'create' ? field.createable : field.updateable;
  if (writable || (same && field.custom && field.relationship?.detail)) return;
  throw new Refusal(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    `Unable to create/update fields: ${field.name}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
    [field.name],
  );
}

/**
 * The parent's id from `{"Order":{"OMS_Order_Key__c":"…"}}`. A parent that is not there (yet) is INVALID_FIELD: the code
 * looks permanent, the cause is ordering (§2.2).
 */
function parentByKey(org: Org, object: SObject, relation: Field, key: JsonObject): string {
  const parent = org.schema.object(relation.relationship?.to ?? '');
  const [entry, ...others] = Object.entries(key).filter(([name]) => name !== 'attributes');
  const field = parent && entry && fieldOf(parent, entry[0]);
  if (!parent || !entry || !field || others.length > 0 || !(isKey(field) || field.type === 'id'))
    throw new Refusal(
      'INVALID_FIELD',
      `${relation.name}: a parent is named by one external id of ${parent?.name ?? ''}`,
      [relation.name],
    );
  const value = storedValue(parent, field, entry[1], org);
  const found = value === null ? [] : org.store.byKey(parent, field, value);
  const [id] = found;
  if (found.length > 1) throw severalMatch(field, found.length);
  if (id === undefined)
    throw new Refusal(
      'INVALID_FIELD',
      `Foreign key external ID: ${String(value).toLowerCase()} not found for field ${field.name} in entity ${object.name}`,
    );
  return id;
}

/** §2.11: data repair, not a retry. */
export function severalMatch(field: Field, count: number): Refusal {
  return new Refusal(
    'DUPLICATE_EXTERNAL_ID',
    `${field.name}: more than one record found for external id field: ${count}`,
    [field.name],
  );
}

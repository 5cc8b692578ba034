import { fromUnits, toUnits } from '../wire/decimals.js';
import { addRow, isObject, objectIn, rows, type Json, type JsonObject } from '../wire/json.js';
import { invalid } from '../wire/refusal.js';
import type { Attribute, Shape } from './shape.js';

/** Gives an id to a child that came without its business key. */
export type NewId = () => string;

/**
 * Upsert semantics (§2.5): what is not sent stays; children merge by business key; a child without one is added again by
 * every send; `Actions.<Child>="RESET"` replaces the collection; unknown attributes are ignored; an explicit null clears
 * a simple attribute.
 * @throws Refusal when a scalar is not of its type, even as a string
 */
export function merge(shape: Shape, target: JsonObject, incoming: JsonObject, newId: NewId): void {
  const actions = objectIn(incoming, 'Actions') ?? {};
  for (const [name, value] of Object.entries(incoming)) {
    const attribute = shape.attributes[name];
    if (attribute === undefined) continue;
    if (attribute.type === 'children') {
      const sent = rows({ [name]: value }, name);
      if (actions[name] === 'RESET') reset(attribute.shape, target, name, sent);
      for (const row of sent) mergeChild(attribute.shape, target, name, row, newId);
    } else if (value === null) {
      delete target[name];
    } else {
      target[name] = merged(attribute, name, target[name], value, newId);
    }
  }
}

function merged(
  attribute: Exclude<Attribute, { type: 'children' }>,
  name: string,
  old: Json | undefined,
  value: Json,
  newId: NewId,
): Json {
  switch (attribute.type) {
    case 'object': {
      if (!isObject(value)) throw invalid(name, `${name} must be an object`);
      const owner = isObject(old) ? old : {};
      merge(attribute.shape, owner, value, newId);
      return owner;
    }
    case 'open':
      if (!isObject(value)) throw invalid(name, `${name} must be an object`);
      return { ...(isObject(old) ? old : {}), ...value };
    case 'reference':
      return reference(attribute.idName, name, value);
    default:
      return scalar(attribute.type, name, value);
  }
}

/** `{"DocTypeId":"…"}` or, tolerated, the plain id (§2.5). */
function reference(idName: string, name: string, value: Json): JsonObject {
  const id = isObject(value) ? value[idName] : value;
  if (typeof id !== 'string' && typeof id !== 'number') throw invalid(name, `${name} must carry ${idName}`);
  return { [idName]: String(id) };
}

/** Some callers stringify every scalar: `"2"` is 2 and `"true"` is true (§2.5). Amounts keep four decimals. */
function scalar(type: 'text' | 'amount' | 'number' | 'flag', name: string, value: Json): Json {
  if (typeof value === 'object') throw invalid(name, `${name} must be a simple value`);
  if (type === 'text') return String(value);
  if (type === 'flag') {
    const word = String(value).toLowerCase();
    if (word !== 'true' && word !== 'false') throw invalid(name, `${name} must be true or false`);
    return word === 'true';
  }
  const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof parsed !== 'number' || !Number.isFinite(parsed)) throw invalid(name, `${name} must be a number`);
  return type === 'amount' ? fromUnits(toUnits(parsed)) : parsed;
}

function mergeChild(shape: Shape, owner: JsonObject, collection: string, sent: JsonObject, newId: NewId): void {
  const stored = rows(owner, collection).find((row) => isSameChild(shape, row, sent));
  if (stored) return merge(shape, stored, sent, newId);
  const row: JsonObject = {};
  merge(shape, row, sent, newId);
  const [id] = shape.key;
  if (id !== undefined && row[id] === undefined && !shape.keyMayBeAbsent) row[id] = newId();
  addRow(owner, collection, row);
}

function isSameChild(shape: Shape, stored: JsonObject, sent: JsonObject): boolean {
  const [id, ...others] = shape.key;
  if (id === undefined) return false;
  const sentId = sent[id] ?? undefined;
  if (sentId === undefined) return shape.keyMayBeAbsent === true && stored[id] === undefined;
  const agrees = (name: string) => String(stored[name]) === String(sent[name]);
  return agrees(id) && others.every((name) => (sent[name] ?? undefined) === undefined || agrees(name));
}

/** Rows that are not sent again go; of the others only what the vendor computed itself stays. */
function reset(shape: Shape, owner: JsonObject, collection: string, sent: JsonObject[]): void {
  owner[collection] = rows(owner, collection)
    .filter((row) => sent.some((child) => isSameChild(shape, row, child)))
    .map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => !isInput(shape, name))));
}

function isInput(shape: Shape, name: string): boolean {
  return name in shape.attributes && !shape.key.includes(name);
}

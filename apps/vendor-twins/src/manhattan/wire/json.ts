/** A JSON value, as it travels. */
export type Json = string | number | boolean | null | Json[] | JsonObject;

/** A JSON object. The vendor's documents stay what they are on the wire, so that attributes we never heard of survive a release. */
export interface JsonObject {
  [name: string]: Json;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The edge where a parsed body becomes JSON: the parser has already made sure of it. */
export function parsedObject(body: unknown): JsonObject | undefined {
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as JsonObject) : undefined;
}

export function text(owner: JsonObject, name: string): string | undefined {
  const value = owner[name];
  return typeof value === 'string' ? value : undefined;
}

export function flag(owner: JsonObject, name: string): boolean {
  return owner[name] === true;
}

export function objectIn(owner: JsonObject, name: string): JsonObject | undefined {
  const value = owner[name];
  return isObject(value) ? value : undefined;
}

/** The id of a reference attribute such as `"OrderType":{"OrderTypeId":"…"}` (§2.5). */
export function referenceId(owner: JsonObject, name: string, idName: string): string | undefined {
  const reference = objectIn(owner, name);
  return reference && text(reference, idName);
}

/** The rows of a child collection; the rows are the stored ones, the list is not. */
export function rows(owner: JsonObject, collection: string): JsonObject[] {
  const value = owner[collection];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Adds a row to a child collection, which begins to exist with its first row. */
export function addRow(owner: JsonObject, collection: string, row: JsonObject): JsonObject {
  const value = owner[collection];
  if (Array.isArray(value)) value.push(row);
  else owner[collection] = [row];
  return row;
}

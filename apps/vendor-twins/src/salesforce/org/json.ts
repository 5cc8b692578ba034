/** A JSON object as it came over the wire, before anything is known of its members. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member if it is text, else nothing. */
export function text(source: unknown, member: string): string | undefined {
  const value = isJsonObject(source) ? source[member] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** The member if it is an array, else nothing. */
export function list(source: unknown, member: string): readonly unknown[] | undefined {
  const value: unknown = isJsonObject(source) ? source[member] : undefined;
  return Array.isArray(value) ? value : undefined;
}

/** What is sent to the OMS. There is no null in it: whether null clears or is ignored is not documented (§2.5), so it is never sent. */
export type Json = string | number | boolean | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

export type JsonRecord = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text or a number as text, since ids and counts come as either (§10.31); anything else as nothing. */
export const scalarOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

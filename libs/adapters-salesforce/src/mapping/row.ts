import type { CapturedAmount } from '@tandem/domain';
import { textAt, valueAt } from '../json.js';
import type { Selection } from './order-fields.js';

/** A record of the org as it came. Only fields that its selection asks for can be read, which the compiler checks. */
export interface Row<Field extends string> {
  readonly json: unknown;
  readonly asked?: (field: Field) => void;
}

export type RowOf<Asked extends Selection> = Row<Asked['fields'][number]>;

/** Nothing, an empty text and another type are all undefined: the domain says what may be missing. */
export function textOf<Field extends string>(row: Row<Field>, path: NoInfer<Field>): string | undefined {
  const value = valueOf(row.json, path);
  if (typeof value === 'number') return String(value);
  return (typeof value === 'string' && value.trim()) || undefined;
}

export function numberOf<Field extends string>(row: Row<Field>, path: NoInfer<Field>): number | undefined {
  const value = valueOf(row.json, path);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export function amountOf<Field extends string>(row: Row<Field>, path: NoInfer<Field>): CapturedAmount | undefined {
  return numberOf(row, path) ?? textOf(row, path);
}

export function isTicked<Field extends string>(row: Row<Field>, path: NoInfer<Field>): boolean {
  return valueOf(row.json, path) === true;
}

export function momentOf<Field extends string>(row: Row<Field>, path: NoInfer<Field>): string | undefined {
  const text = textOf(row, path);
  return text === undefined ? undefined : instantIn(text);
}

/** The org writes `+0000` (§2.6); what cannot be read as a moment stays as it is, to be refused with its text. */
export function instantIn(text: string): string {
  const moment = Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(moment) ? text : new Date(moment).toISOString();
}

/** Ids may be 15 or 18 characters long; the first 15 tell records apart (§2.10). */
export const idOf = (row: Row<'Id'>): string => textAt(row.json, 'Id') ?? '';
export const sameRecord = (one: string | undefined, other: string): boolean =>
  one !== undefined && one.slice(0, 15) === other.slice(0, 15);

/** Through relationships, such as `Account.Name`. */
export const valueOf = (json: unknown, path: string): unknown => path.split('.').reduce<unknown>(valueAt, json);

/** 15 characters, or 18 with their checksum (§2.10). */
export const isRecordId = (id: string): boolean => /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/.test(id);

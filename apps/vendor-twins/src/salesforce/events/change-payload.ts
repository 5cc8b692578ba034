import type { Field, Row, Scalar, SObject } from '../org/schema.js';
import { fieldOf } from '../org/schema.js';
import type { EventSchema } from './avro-schemas.js';

/** Members of an event's record by their Avro names; a member that is left out is null. */
export type Payload = Record<string, unknown>;

/** The named fields of a row as the event's record holds them: nested where they are nested, times as milliseconds. */
export function payloadOf(object: SObject, schema: EventSchema, row: Row, names: ReadonlySet<string>): Payload {
  const payload: Payload = {};
  for (const name of schema.top) {
    const nested = schema.nested.get(name);
    const field = fieldOf(object, name);
    if (nested && nested.members.some((member) => names.has(member.field.name) && filled(row, member.field)))
      payload[name] = Object.fromEntries(
        nested.members
          .filter((member) => names.has(member.field.name))
          .map((member) => [member.name, eventValue(member.field, row[member.field.name] ?? null)]),
      );
    else if (field && names.has(name) && (!nested || nested.orText))
      payload[name] = eventValue(field, row[name] ?? null);
  }
  return payload;
}

function filled(row: Row, field: Field) {
  return (row[field.name] ?? null) !== null;
}

/** A stored value as Avro carries it. */
export function eventValue(field: Field, value: Scalar): Scalar {
  if (value === null || (field.type !== 'date' && field.type !== 'datetime')) return value;
  return Date.parse(String(value).replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
}

/**
 * Bitmaps of the named fields: `0x…` for the top record with bit i for its i-th field, `n-0x…` for the nested record at
 * index n (§3.1).
 */
export function bitmaps(schema: EventSchema, names: ReadonlySet<string>): string[] {
  let top = 0n;
  const nestedMaps: string[] = [];
  schema.top.forEach((name, index) => {
    const members = schema.nested.get(name)?.members ?? [];
    const bits = members.reduce(
      (sum, member, at) => (names.has(member.field.name) ? sum | (1n << BigInt(at)) : sum),
      0n,
    );
    if (bits > 0n) nestedMaps.push(`${index}-${hex(bits)}`);
    else if (names.has(name)) top |= 1n << BigInt(index);
  });
  return [...(top > 0n ? [hex(top)] : []), ...nestedMaps];
}

function hex(bits: bigint): string {
  const digits = bits.toString(16).toUpperCase();
  return `0x${digits.length % 2 === 0 ? digits : `0${digits}`}`;
}

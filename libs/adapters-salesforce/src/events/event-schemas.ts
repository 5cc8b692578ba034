import avsc, { type Schema, type Type } from 'avsc';
import { isRecordType } from './avro-records.js';
import { valueAt } from '../json.js';
import { namesOfBits } from './changed-fields.js';

/** Numbers beyond what JavaScript counts exactly stay text: a commit number is an id, not a quantity. */
const longs = avsc.types.LongType.__with({
  fromBuffer: (buffer: Buffer) => {
    const long = buffer.readBigInt64LE();
    return Number.isSafeInteger(Number(long)) ? Number(long) : long.toString();
  },
  toBuffer: (value: number | string) => {
    const buffer = Buffer.alloc(8);
    buffer.writeBigInt64LE(BigInt(value));
    return buffer;
  },
  fromJSON: (value: unknown) => value,
  toJSON: (value: unknown) => value,
  isValid: (value: unknown) => Number.isSafeInteger(value) || (typeof value === 'string' && /^-?\d{1,19}$/.test(value)),
  compare: (one: number | string, other: number | string) => (BigInt(one) < BigInt(other) ? -1 : Number(one !== other)),
});

const schemaOf = (schemaJson: string): Type =>
  avsc.Type.forSchema(JSON.parse(schemaJson) as Schema, { registry: { long: longs }, wrapUnions: 'never' });

/** Schemas by their id, each fetched once: an id never changes its meaning, a changed object gets another (§3.1). */
export class EventSchemas {
  private readonly known = new Map<string, Promise<Type>>();

  constructor(private readonly fetch: (schemaId: string) => Promise<string>) {}

  /** Throws what fetching threw; the next caller then fetches anew. */
  of(schemaId: string): Promise<Type> {
    const known = this.known.get(schemaId);
    if (known) return known;
    const fetched = this.fetch(schemaId).then(schemaOf);
    this.known.set(schemaId, fetched);
    fetched.catch(() => this.known.delete(schemaId));
    return fetched;
  }
}

const BITMAPS = ['changedFields', 'nulledFields', 'diffFields'];

/**
 * The event as JSON that needs no schema to be read: bitmaps as names, `BillingAddress.City` for what is nested, and fields without a
 * value left out, for in a change event they say nothing (§3.1). Throws where the bytes do not follow the schema.
 */
export function eventJson(schema: Type, payload: Buffer): string {
  const event: unknown = schema.fromBuffer(payload);
  const header = valueAt(event, 'ChangeEventHeader');
  const told = withoutNothing(event);
  return JSON.stringify(
    header && typeof header === 'object' ? { ...told, ChangeEventHeader: namedHeader(header, schema) } : told,
  );
}

const namedHeader = (header: object, schema: Type): object =>
  Object.fromEntries(
    Object.entries(header).map(([name, value]: [string, unknown]) => [
      name,
      BITMAPS.includes(name) && Array.isArray(value) && isRecordType(schema)
        ? namesOfBits(value.map(String), schema)
        : value,
    ]),
  );

const withoutNothing = (event: unknown): object =>
  Object.fromEntries(Object.entries(event ?? {}).filter(([, value]: [string, unknown]) => value !== null));

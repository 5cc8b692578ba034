import { canonicalId } from './ids.js';
import { Refusal } from './refusal.js';
import type { Field, Scalar, SObject } from './schema.js';

/** What a value is checked against beyond its own field. */
export interface ValueContext {
  /** values a picklist may take now; they may be rows of a setup object */
  picklist(field: Field): readonly string[];
  /** the object an id belongs to by its prefix, and whether the record is there */
  exists(object: string, id: string): boolean;
  prefix(object: string): string | undefined;
}

/**
 * The value as the org stores it, or a Refusal in the vendor's words (§2.11). An empty string is null. Numbers are
 * rounded to the field's scale; datetimes become UTC, `2026-01-31T12:34:56.000+0000`.
 */
export function storedValue(object: SObject, field: Field, value: unknown, context: ValueContext): Scalar {
  if (value === null || value === '') return field.type === 'boolean' ? refuseType(field, value) : null;
  if (typeof value === 'object' || value === undefined) return refuseType(field, value);
  switch (field.type) {
    case 'boolean':
      return booleanValue(field, value);
    case 'int':
    case 'double':
    case 'currency':
      return numberValue(field, value);
    case 'date':
      return dateValue(field, value);
    case 'datetime':
      return datetimeValue(field, value);
    case 'id':
    case 'reference':
      return idValue(field, String(value), context);
    case 'picklist':
      return picklistValue(object, field, String(value), context);
    default:
      return textValue(field, String(value));
  }
}

function refuseType(field: Field, value: unknown): never {
  const kind = Array.isArray(value) ? 'START_ARRAY' : typeof value === 'object' ? 'START_OBJECT' : 'VALUE_STRING';
  const shown = typeof value === 'string' ? ` value ${value}` : '';
  const message = `Cannot deserialize instance of ${field.type} from ${kind}${shown} or request may be missing a required field at [line:1, column:1]`;
  throw new Refusal('JSON_PARSER_ERROR', message, [field.name]);
}

function booleanValue(field: Field, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  return refuseType(field, value);
}

function numberValue(field: Field, value: unknown): number {
  const number = typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : Number.NaN;
  if (!Number.isFinite(number)) return refuseType(field, value);
  if (Math.abs(number) >= 10 ** (field.precision - field.scale))
    throw new Refusal(
      'NUMBER_OUTSIDE_VALID_RANGE',
      `${field.label}: value outside of valid range on numeric field: ${String(value)}`,
      [field.name],
    );
  return rounded(number, field.scale);
}

/** Half away from zero. Shifting by exponent text keeps 1.005 at scale 2 from becoming 1.00. */
function rounded(number: number, scale: number): number {
  const shifted = Number(`${Math.abs(number)}e${scale}`);
  if (Number.isNaN(shifted)) return Number(number.toFixed(scale));
  return Math.sign(number) * Number(`${Math.round(shifted)}e-${scale}`);
}

function dateValue(field: Field, value: unknown): string {
  const day = typeof value === 'string' ? /^(\d{4}-\d{2}-\d{2})(?:T.*)?$/.exec(value)?.[1] : undefined;
  return day !== undefined && !Number.isNaN(Date.parse(day)) ? day : refuseType(field, value);
}

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/;

function datetimeValue(field: Field, value: unknown): string {
  if (typeof value !== 'string' || !instant.test(value)) return refuseType(field, value);
  const at = new Date(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(at.getTime()) ? refuseType(field, value) : datetimeText(at);
}

/** §2.6: no colon in the offset. */
export function datetimeText(at: Date): string {
  return at.toISOString().replace('Z', '+0000');
}

function idValue(field: Field, value: string, context: ValueContext): string {
  const id = canonicalId(value);
  const to = field.relationship?.to;
  if (id === undefined || (to !== undefined && context.prefix(to) !== id.slice(0, 3)))
    throw new Refusal('MALFORMED_ID', `${field.label}: id value of incorrect type: ${value}`, [field.name]);
  if (to !== undefined && !context.exists(to, id))
    throw new Refusal('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [field.name]);
  return id;
}

function picklistValue(object: SObject, field: Field, value: string, context: ValueContext): string {
  if (!field.restricted) return textValue(field, value);
  const known = context.picklist(field).find((entry) => entry.toLowerCase() === value.toLowerCase());
  if (known !== undefined) return known;
  if (field.name === 'CurrencyIsoCode')
    throw new Refusal('INVALID_CURRENCY_ISO', `${object.name}: invalid currency code: ${value}`, [field.name]);
  throw new Refusal(
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    `${field.label}: bad value for restricted picklist field: ${value}`,
    [field.name],
  );
}

/** The whole value is quoted in the message, as the vendor does: clients must redact it (§2.2). */
function textValue(field: Field, value: string): string {
  if (field.length > 0 && value.length > field.length)
    throw new Refusal(
      'STRING_TOO_LONG',
      `${field.label}: data value too large: ${value} (max length=${field.length})`,
      [field.name],
    );
  if (field.type === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value))
    throw new Refusal('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${value}`, [field.name]);
  return value;
}

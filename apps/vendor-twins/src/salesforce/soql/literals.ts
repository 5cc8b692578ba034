import type { ConditionWithValueQuery, LiteralType } from '@jetstreamapp/soql-parser-js';
import { canonicalId } from '../org/ids.js';
import { Refusal } from '../org/refusal.js';
import type { Field, Scalar } from '../org/schema.js';
import { notBuilt } from './query-scope.js';

type Comparison = Exclude<ConditionWithValueQuery, { valueQuery: unknown }>;

const numeric = new Set(['int', 'double', 'currency']);

/** The literals of a comparison in the form that `compared` gives to stored values. */
export function readLiterals(field: Field, comparison: Comparison, now: Date): Scalar[] {
  if (!('value' in comparison)) throw notBuilt('this comparison');
  const values: readonly string[] = Array.isArray(comparison.value) ? comparison.value : [comparison.value];
  const kinds = comparison.literalType;
  return values.map((value, index) => literal(field, value, Array.isArray(kinds) ? kinds[index] : kinds, now));
}

function literal(field: Field, value: string, kind: LiteralType | undefined, now: Date): Scalar {
  switch (kind) {
    case 'NULL':
      return field.type === 'boolean' ? false : null;
    case 'STRING':
      refuseUnless(
        field,
        !numeric.has(field.type) && !['boolean', 'date', 'datetime'].includes(field.type),
        'should not',
      );
      return compared(field, unquoted(value));
    case 'BOOLEAN':
      refuseUnless(field, field.type === 'boolean', 'should');
      return value.toLowerCase() === 'true';
    case 'INTEGER':
    case 'DECIMAL':
      refuseUnless(field, numeric.has(field.type), 'should');
      return Number(value);
    case 'DATE':
    case 'DATETIME':
      refuseUnless(field, field.type === kind.toLowerCase(), 'should');
      return compared(field, value);
    case 'DATE_LITERAL':
    case 'DATE_N_LITERAL':
      return relativeDate(field, value, now);
    default:
      throw notBuilt(`a literal of kind ${kind ?? 'unknown'}`);
  }
}

function refuseUnless(field: Field, fits: boolean, quotes: 'should' | 'should not') {
  if (!fits)
    throw new Refusal(
      'INVALID_FIELD',
      `value of filter criterion for field '${field.name}' must be of type ${field.type} and ${quotes} be enclosed in quotes`,
    );
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** Text between the quotes with its escapes undone. */
export function unquoted(literalText: string): string {
  return literalText.slice(1, -1).replace(/\\(.)/g, (_all, escaped: string) => escapes[escaped] ?? escaped);
}

/** A value as it is compared: text without case, ids in 18 characters, times as milliseconds. */
export function compared(field: Field, value: Scalar): Scalar {
  if (typeof value !== 'string') return value;
  if (field.type === 'id' || field.type === 'reference') return canonicalId(value) ?? value;
  if (field.type === 'datetime') return Date.parse(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return field.caseSensitive ? value : value.toLowerCase();
}

/** Only the bounds that a feed needs: the start of today and its neighbours, and of N days ago, in UTC. */
function relativeDate(field: Field, value: string, now: Date): Scalar {
  const [name = '', count = '0'] = value.toUpperCase().split(':');
  const days: Readonly<Record<string, number>> = {
    TODAY: 0,
    YESTERDAY: -1,
    TOMORROW: 1,
    LAST_N_DAYS: -Number(count),
    N_DAYS_AGO: -Number(count),
  };
  const offset = days[name];
  if (offset === undefined) throw notBuilt(value);
  const start = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + offset));
  return field.type === 'date' ? start.toISOString().slice(0, 10) : start.getTime();
}

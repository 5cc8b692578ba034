import type { ConditionWithValueQuery, Query } from '@jetstreamapp/soql-parser-js';
import { Refusal } from '../org/refusal.js';
import type { Field, Scalar, SObject } from '../org/schema.js';
import { readPath, valueAt } from './field-path.js';
import { compared, readLiterals } from './literals.js';
import { notBuilt, type Condition, type QueryScope } from './query-scope.js';

/** One comparison of a WHERE clause as a predicate. Throws INVALID_FIELD or MALFORMED_QUERY (§2.6). */
export function readComparison(comparison: ConditionWithValueQuery, object: SObject, scope: QueryScope): Condition {
  if (!('field' in comparison)) throw notBuilt('a function in WHERE');
  const path = readPath(scope.org, object, comparison.field, scope.alias);
  const test =
    'valueQuery' in comparison
      ? membership(semiJoin(comparison.valueQuery, scope), comparison.operator)
      : tester(path.field, comparison.operator, readLiterals(path.field, comparison, scope.org.now()));
  return (row) => test(compared(path.field, valueAt(scope.org, row, path)));
}

type Test = (value: Scalar) => boolean;

function tester(field: Field, operator: string, literals: readonly Scalar[]): Test {
  const [literal = null] = literals;
  switch (operator.toUpperCase()) {
    case '=':
      return (value) => value === literal;
    case '!=':
      return (value) => value !== literal;
    case '<':
      return ordered(literal, (sign) => sign < 0);
    case '<=':
      return ordered(literal, (sign) => sign <= 0);
    case '>':
      return ordered(literal, (sign) => sign > 0);
    case '>=':
      return ordered(literal, (sign) => sign >= 0);
    case 'LIKE':
      return like(field, literal);
    case 'IN':
    case 'NOT IN':
      return membership(new Set(literals), operator);
    default:
      throw notBuilt(operator);
  }
}

function membership(values: ReadonlySet<Scalar>, operator: string): Test {
  return operator.toUpperCase() === 'IN' ? (value) => values.has(value) : (value) => !values.has(value);
}

/** Null is neither more nor less than anything. */
function ordered(literal: Scalar, passes: (sign: number) => boolean): Test {
  return (value) => value !== null && literal !== null && passes(value < literal ? -1 : value > literal ? 1 : 0);
}

/** `%` is any run and `_` any one character; case does not matter. */
function like(field: Field, literal: Scalar): Test {
  if (typeof literal !== 'string') throw new Refusal('INVALID_FIELD', `LIKE needs text for field '${field.name}'`);
  const pattern = literal
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '[^]*')
    .replaceAll('_', '[^]');
  const expression = new RegExp(`^${pattern}$`, 'i');
  return (value) => typeof value === 'string' && expression.test(value);
}

function semiJoin(query: Query, scope: QueryScope): Set<Scalar> {
  const object = scope.org.schema.object(query.sObject ?? '');
  const [selected, ...others] = query.fields ?? [];
  if (!object || selected?.type !== 'Field' || others.length > 0)
    throw new Refusal('MALFORMED_QUERY', 'a semi-join selects exactly one field');
  const path = readPath(scope.org, object, selected.field);
  return new Set(scope.select(query, object, scope).map((row) => compared(path.field, valueAt(scope.org, row, path))));
}

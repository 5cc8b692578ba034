import type { ConditionWithValueQuery, WhereClause } from '@jetstreamapp/soql-parser-js';
import { fieldOf, type Row, type SObject } from '../org/schema.js';
import { canonicalId } from '../org/ids.js';
import { isIndexed } from '../org/store.js';
import { unquoted } from './literals.js';
import type { QueryScope } from './query-scope.js';

/**
 * Rows worth testing. A clause that is only ANDs and compares an indexed field with `=` or `IN` needs just the rows of
 * that index; anything else is a walk over the object. The condition is tested in full either way.
 */
export function candidates(where: WhereClause | undefined, object: SObject, scope: QueryScope): Iterable<Row> {
  const all = scope.org.store.all(object);
  if (scope.withDeleted) return all;
  for (const comparison of conjuncts(where)) {
    const rows = byIndex(comparison, object, scope);
    if (rows) return rows;
  }
  return all;
}

function conjuncts(where: WhereClause | undefined): ConditionWithValueQuery[] {
  const found: ConditionWithValueQuery[] = [];
  for (let at = where; at; at = 'right' in at ? at.right : undefined) {
    if (at.left === null || !('field' in at.left) || ('operator' in at && at.operator !== 'AND')) return [];
    found.push(at.left);
  }
  return found;
}

function byIndex(comparison: ConditionWithValueQuery, object: SObject, scope: QueryScope): Row[] | undefined {
  if (!('field' in comparison) || !('value' in comparison)) return undefined;
  const field = fieldOf(object, comparison.field);
  const operator = comparison.operator.toUpperCase();
  if (!field || !(field.type === 'id' || isIndexed(field)) || !['=', 'IN'].includes(operator)) return undefined;
  const literals: readonly string[] = Array.isArray(comparison.value) ? comparison.value : [comparison.value];
  if (!literals.every((literal) => literal.startsWith("'"))) return undefined;
  const isId = field.type === 'id' || field.type === 'reference';
  const keys = literals.map((literal) => (isId ? (canonicalId(unquoted(literal)) ?? '') : unquoted(literal)));
  const ids = new Set(keys.flatMap((key) => scope.org.store.byKey(object, field, key)));
  return [...ids].map((id) => scope.org.store.live(object, id)).filter((row) => row !== undefined);
}

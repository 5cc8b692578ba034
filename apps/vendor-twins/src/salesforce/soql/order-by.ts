import type { OrderByClause } from '@jetstreamapp/soql-parser-js';
import type { Row, SObject } from '../org/schema.js';
import { readPath, valueAt } from './field-path.js';
import { compared } from './literals.js';
import { notBuilt, type QueryScope } from './query-scope.js';

type Compare = (a: Row, b: Row) => number;

/** Orders rows; nulls come first unless the query says otherwise. */
export function sorter(clause: OrderByClause | OrderByClause[], object: SObject, scope: QueryScope): Compare {
  const comparers = [clause].flat().map((part) => comparer(part, object, scope));
  return (a, b) => comparers.reduce((sign, compare) => (sign === 0 ? compare(a, b) : sign), 0);
}

function comparer(part: OrderByClause, object: SObject, scope: QueryScope): Compare {
  if (!('field' in part)) throw notBuilt('a function in ORDER BY');
  const path = readPath(scope.org, object, part.field, scope.alias);
  const direction = part.order === 'DESC' ? -1 : 1;
  const nulls = part.nulls === 'LAST' ? 1 : -1;
  const key = (row: Row) => compared(path.field, valueAt(scope.org, row, path));
  return (a, b) => {
    const [left, right] = [key(a), key(b)];
    if (left === right) return 0;
    if (left === null) return nulls;
    if (right === null) return -nulls;
    return (left < right ? -1 : 1) * direction;
  };
}

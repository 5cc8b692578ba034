import type { ConditionWithValueQuery, WhereClause } from '@jetstreamapp/soql-parser-js';
import { Refusal } from '../org/refusal.js';
import type { SObject } from '../org/schema.js';
import { readComparison } from './comparison.js';
import type { Condition, QueryScope } from './query-scope.js';

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | Condition;

/** A WHERE clause as a predicate. AND and OR side by side need parentheses, as with the vendor. */
export function readCondition(where: WhereClause, object: SObject, scope: QueryScope): Condition {
  const tokens = tokensOf(where, (comparison) => readComparison(comparison, object, scope));
  const condition = readChain(tokens);
  if (tokens.length > 0) throw unexpected(tokens[0]);
  return condition;
}

/** The parser hangs parentheses on its leaves; this lays them out flat again. */
function tokensOf(where: WhereClause, compare: (comparison: ConditionWithValueQuery) => Condition): Token[] {
  const tokens: Token[] = [];
  for (let at: WhereClause | undefined = where; at; at = 'right' in at ? at.right : undefined) {
    const left = at.left;
    tokens.push(...Array.from({ length: left?.openParen ?? 0 }, () => '(' as const));
    if (left !== null && ('field' in left || 'fn' in left))
      tokens.push(compare(left), ...Array.from({ length: left.closeParen ?? 0 }, () => ')' as const));
    if ('operator' in at) tokens.push(at.operator);
  }
  return tokens;
}

function readChain(tokens: Token[]): Condition {
  const terms = [readTerm(tokens)];
  const joint = tokens[0];
  while (tokens[0] === 'AND' || tokens[0] === 'OR') {
    if (tokens[0] !== joint) throw unexpected(tokens[0]);
    tokens.shift();
    terms.push(readTerm(tokens));
  }
  return joint === 'OR' ? (row) => terms.some((term) => term(row)) : (row) => terms.every((term) => term(row));
}

function readTerm(tokens: Token[]): Condition {
  const token = tokens.shift();
  if (token === 'NOT') {
    const inner = readTerm(tokens);
    return (row) => !inner(row);
  }
  if (token === '(') {
    const inner = readChain(tokens);
    if (tokens.shift() !== ')') throw unexpected(tokens[0]);
    return inner;
  }
  if (typeof token === 'function') return token;
  throw unexpected(token);
}

function unexpected(token: Token | undefined) {
  return new Refusal('MALFORMED_QUERY', `unexpected token: '${typeof token === 'string' ? token : 'end of query'}'`);
}

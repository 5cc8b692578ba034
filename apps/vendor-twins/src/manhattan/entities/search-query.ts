import { rows, type Json, type JsonObject } from '../wire/json.js';
import { invalid } from '../wire/refusal.js';
import { epochOf, vendorTime } from '../wire/vendor-time.js';

type Condition = (entity: JsonObject) => boolean;

const TOKEN = /\s*('(?:[^']|'')*'|"[^"]*"|<=|>=|!=|[=<>(),]|[^\s'"=<>!(),]+)/y;

/**
 * Compiles the query language of §2.2: `=`, `!=`, `<`, `<=`, `>`, `>=`, `IN (…)`, `like`, `and`, `or`, parentheses; child
 * attributes by one dot; a doubled quote is a quote. An empty query fits everything.
 * @throws Refusal for what cannot be read
 */
export function compileQuery(query: string): Condition {
  const tokens = tokenize(query);
  if (tokens.length === 0) return () => true;
  const condition = alternatives(tokens);
  if (tokens.length > 0) throw unreadable(tokens[0]);
  return condition;
}

function tokenize(query: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < query.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(query)?.[1];
    if (token === undefined) throw unreadable(query.slice(at));
    tokens.push(token);
  }
  return tokens;
}

function alternatives(tokens: string[]): Condition {
  const left = conjunction(tokens);
  if (tokens[0]?.toLowerCase() !== 'or') return left;
  tokens.shift();
  const right = alternatives(tokens);
  return (entity) => left(entity) || right(entity);
}

function conjunction(tokens: string[]): Condition {
  const left = term(tokens);
  if (tokens[0]?.toLowerCase() !== 'and') return left;
  tokens.shift();
  const right = conjunction(tokens);
  return (entity) => left(entity) && right(entity);
}

function term(tokens: string[]): Condition {
  if (tokens[0] === '(') {
    tokens.shift();
    const inner = alternatives(tokens);
    expect(tokens, ')');
    return inner;
  }
  const attribute = tokens.shift() ?? '';
  const operator = (tokens.shift() ?? '').toLowerCase();
  const fits = operator === 'in' ? membership(tokens) : comparison(operator, literal(tokens));
  return (entity) => valuesAt(entity, attribute).some(fits);
}

function membership(tokens: string[]): (value: string) => boolean {
  expect(tokens, '(');
  const wanted: string[] = [];
  while (tokens.length > 0 && tokens[0] !== ')') {
    wanted.push(literal(tokens));
    if (tokens[0] === ',') tokens.shift();
  }
  expect(tokens, ')');
  return (value) => wanted.includes(value);
}

function comparison(operator: string, wanted: string): (value: string) => boolean {
  switch (operator) {
    case '=':
      return (value) => compare(value, wanted) === 0;
    case '!=':
      return (value) => compare(value, wanted) !== 0;
    case '<':
      return (value) => compare(value, wanted) < 0;
    case '<=':
      return (value) => compare(value, wanted) <= 0;
    case '>':
      return (value) => compare(value, wanted) > 0;
    case '>=':
      return (value) => compare(value, wanted) >= 0;
    case 'like': {
      const pattern = wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('%', '.*');
      return (value) => new RegExp(`^${pattern}$`, 's').test(value);
    }
    default:
      throw unreadable(operator);
  }
}

/** Numbers by value, times by instant (fractions may be missing), everything else by letter. */
function compare(left: string, right: string): number {
  if (left === right) return 0;
  const isTime = /^\d{4}-\d\d-\d\dT/;
  const [a, b] =
    isTime.test(left) && isTime.test(right) ? [epochOf(left), epochOf(right)] : [Number(left), Number(right)];
  if (Number.isFinite(a) && Number.isFinite(b) && left !== '' && right !== '') return a - b;
  return left < right ? -1 : 1;
}

/** A quoted or plain value, or a relative time such as `currentTime(-24h)`. */
function literal(tokens: string[]): string {
  const token = tokens.shift();
  if (token === undefined) throw unreadable('the end');
  if (/^currentTime$/i.test(token)) return relativeTime(tokens);
  if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
  return token.startsWith('"') ? token.slice(1, -1) : token;
}

const UNIT_MS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function relativeTime(tokens: string[]): string {
  expect(tokens, '(');
  const offset = /^(-?\d+)([smhd])$/.exec(tokens.shift() ?? '');
  expect(tokens, ')');
  if (!offset) throw unreadable('currentTime');
  return vendorTime(Date.now() + Number(offset[1]) * (UNIT_MS[offset[2] ?? ''] ?? 0));
}

function valuesAt(entity: JsonObject, path: string): string[] {
  const [head = '', child] = path.replace(/^Order\./, '').split('.');
  if (child === undefined) return simple(entity[head]);
  const owner = entity[head];
  const owners = Array.isArray(owner) ? rows(entity, head) : rows({ one: [owner ?? null] }, 'one');
  return owners.flatMap((row) => simple(row[child]));
}

function simple(value: Json | undefined): string[] {
  return value === undefined || value === null || typeof value === 'object' ? [] : [String(value)];
}

function expect(tokens: string[], wanted: string): void {
  const found = tokens.shift();
  if (found !== wanted) throw unreadable(found ?? 'the end');
}

function unreadable(what: string | undefined) {
  return invalid('Query', `The query cannot be read at: ${what ?? 'the end'}`);
}

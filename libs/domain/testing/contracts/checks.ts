import { isDeepStrictEqual } from 'node:util';

/** Equal in all that is defined. @throws with both */
export function same(what: string, seen: unknown, wanted: unknown): void {
  const [left, right] = [defined(seen), defined(wanted)];
  if (isDeepStrictEqual(left, right)) return;
  throw new Error(`${what}: expected ${JSON.stringify(right)}, saw ${JSON.stringify(left)}`);
}

/** The same of the attributes that `wanted` names, and of no others. */
export function sameIn<T extends object>(what: string, seen: T | undefined, wanted: Partial<T>): void {
  const found: Readonly<Record<string, unknown>> = { ...seen };
  const named = Object.fromEntries(Object.keys(wanted).map((name) => [name, found[name]]));
  same(what, seen && named, wanted);
}

export function holds(what: string, condition: boolean): void {
  if (!condition) throw new Error(`Not so: ${what}`);
}

/** What is there. @throws where it is not */
export function present<T>(what: string, value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Error(`There is no ${what}`);
  return value;
}

/** The answer of that kind. @throws with what was answered instead, rules only */
export function answered<A extends { readonly kind: string }, K extends A['kind']>(
  answer: A,
  kind: K,
): Extract<A, { readonly kind: K }> {
  if (answer.kind === kind) return answer as Extract<A, { readonly kind: K }>;
  throw new Error(`Expected ${kind}, was answered ${JSON.stringify(answer)}`);
}

function defined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(defined);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(kept.map(([name, inner]) => [name, defined(inner)]));
}

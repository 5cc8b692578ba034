import { isDeepStrictEqual } from 'node:util';
import type { Capability, OmsWorld } from './oms-world.js';

/** One thing that an adapter and the OMS behind it keep together; it throws where they do not. */
export interface Claim {
  /** Stable, `<area>.<what>`. */
  readonly id: string;
  /** A sentence in the present tense. */
  readonly title: string;
  /** Of the fact sheet that it is taken from. */
  readonly section: string;
  /** What the OMS must offer for it; where it does not, the claim is skipped with the reason. */
  readonly needs: readonly Capability[];
  readonly prove: (world: OmsWorld) => Promise<void>;
}

export type ClaimResult = Pick<Claim, 'id' | 'title' | 'section'> &
  ({ readonly result: 'passed' } | { readonly result: 'failed' | 'skipped'; readonly reason: string });

type Proof = Claim['prove'];

/** Claims of one area, as `claim('id', '§', 'title', proof)` or with what they need before the proof. */
export function claimsOf(area: string, ...everyNeeds: readonly Capability[]) {
  const claims: Claim[] = [];
  const claim = (id: string, section: string, title: string, prove: Proof, ...needs: readonly Capability[]) => {
    claims.push({ id: `${area}.${id}`, section, title, prove, needs: [...everyNeeds, ...needs] });
  };
  return { claims: claims as readonly Claim[], claim };
}

/** Proves one claim after the other; each leaves the OMS as the tenant has configured it. */
export async function proveClaims(
  world: OmsWorld,
  claims: readonly Claim[],
  said: (result: ClaimResult) => void = () => undefined,
  endsAtFirstFailure = false,
): Promise<readonly ClaimResult[]> {
  const results: ClaimResult[] = [];
  for (const { id, title, section, needs, prove } of claims) {
    const about = { id, title, section };
    const reasons = needs.flatMap((need) => world.lacks.get(need) ?? []);
    const result: ClaimResult =
      reasons.length > 0
        ? { ...about, result: 'skipped', reason: [...new Set(reasons)].join(' ') }
        : await proved(world, prove).then(
            () => ({ ...about, result: 'passed' as const }),
            (thrown: unknown) => ({ ...about, result: 'failed' as const, reason: reasonOf(thrown) }),
          );
    results.push(result);
    said(result);
    if (endsAtFirstFailure && result.result === 'failed') break;
  }
  return results;
}

async function proved(world: OmsWorld, prove: Proof): Promise<void> {
  try {
    await prove(world);
  } finally {
    await world.restore();
  }
}

function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const cause = thrown.cause instanceof Error ? ` (${thrown.cause.message})` : '';
  return `${thrown.message}${cause}`;
}

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

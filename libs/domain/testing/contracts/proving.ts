/** What a kit needs of a target so that claims can be proved there one after the other. */
export interface Provable<Capability> {
  /** What is not offered here, with the reason. */
  readonly lacks: ReadonlyMap<Capability, string>;
  /** Ends what a claim began. */
  restore(): Promise<void>;
}

/** One thing that an adapter and the system behind it keep together; it throws where they do not. */
export interface ClaimIn<World, Capability> {
  /** Stable, `<area>.<what>`. */
  readonly id: string;
  /** A sentence in the present tense. */
  readonly title: string;
  /** Of the fact sheet that it is taken from. */
  readonly section: string;
  /** What the target must offer for it; where it does not, the claim is skipped with the reason. */
  readonly needs: readonly Capability[];
  readonly prove: (world: World) => Promise<void>;
}

export type ClaimResult = { readonly id: string; readonly title: string; readonly section: string } & (
  { readonly result: 'passed' } | { readonly result: 'failed' | 'skipped'; readonly reason: string }
);

/** Claims of one area, as `claim('id', '§', 'title', proof)` or with what they need after the proof. */
export function claimsIn<World, Capability>(area: string, ...everyNeeds: readonly Capability[]) {
  type Own = ClaimIn<World, Capability>;
  const claims: Own[] = [];
  const claim = (
    id: string,
    section: string,
    title: string,
    prove: Own['prove'],
    ...needs: readonly Capability[]
  ): void => {
    claims.push({ id: `${area}.${id}`, section, title, prove, needs: [...everyNeeds, ...needs] });
  };
  return { claims: claims as readonly Own[], claim };
}

/** Proves one claim after the other; each leaves the target as it was configured. */
export async function proveClaims<Capability, World extends Provable<Capability>>(
  world: World,
  claims: readonly ClaimIn<World, Capability>[],
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

async function proved<World extends { restore(): Promise<void> }>(
  world: World,
  prove: (world: World) => Promise<void>,
): Promise<void> {
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

import { Defect, faultOf } from '@tandem/domain';
import { databaseFault } from '../database-faults.js';
import { failed, type Outcome } from './outcome.js';

/**
 * Splits a batch so that no round holds two of one key: when one fails, a later one of its key must not have been handled along with
 * it. Order is kept within a key.
 */
export function roundsByKey<T>(batch: readonly T[], keyOf: (item: T) => string): T[][] {
  const rounds: T[][] = [];
  const seen = new Map<string, number>();
  for (const item of batch) {
    const round = seen.get(keyOf(item)) ?? 0;
    seen.set(keyOf(item), round + 1);
    (rounds[round] ??= []).push(item);
  }
  return rounds;
}

/**
 * Calls a handler for a batch and yields one outcome for each item, in order; never rejects. When it throws because of what is in the
 * batch (and not because of the circumstances), the batch is halved until the one that is to blame stands alone. When it throws because
 * a far side does not answer, each site is tried by itself: another one's may.
 */
export async function outcomesOf<T>(
  batch: readonly T[],
  handler: (batch: readonly T[]) => Promise<readonly Outcome[]>,
  siteOf: (item: T) => string,
): Promise<readonly Outcome[]> {
  try {
    const outcomes = await handler(batch);
    if (outcomes.length === batch.length) return outcomes;
    throw new Defect('A handler yielded another number of outcomes than it was given messages.');
  } catch (error) {
    const fault = databaseFault(error) ?? faultOf(error);
    const isItsContent = fault.kind === 'permanent' || fault.kind === 'defect';
    const isOfOneSite = fault.kind !== 'transient' || !fault.farSide || new Set(batch.map(siteOf)).size === 1;
    if (!isOfOneSite) return bySite(batch, handler, siteOf);
    if (batch.length === 1 || !isItsContent) return batch.map(() => failed(fault));
    const half = Math.ceil(batch.length / 2);
    const first = await outcomesOf(batch.slice(0, half), handler, siteOf);
    return [...first, ...(await outcomesOf(batch.slice(half), handler, siteOf))];
  }
}

async function bySite<T>(
  batch: readonly T[],
  handler: (batch: readonly T[]) => Promise<readonly Outcome[]>,
  siteOf: (item: T) => string,
): Promise<readonly Outcome[]> {
  const placed = batch.map((item, index) => ({ item, index }));
  const ended: { readonly index: number; readonly outcome: Outcome | undefined }[] = [];
  for (const own of Map.groupBy(placed, ({ item }) => siteOf(item)).values()) {
    const outcomes = await outcomesOf(
      own.map(({ item }) => item),
      handler,
      siteOf,
    );
    ended.push(...own.map(({ index }, place) => ({ index, outcome: outcomes[place] })));
  }
  const missing = failed(new Defect('A message was left without an outcome.'));
  return ended.sort((a, b) => a.index - b.index).map(({ outcome }) => outcome ?? missing);
}

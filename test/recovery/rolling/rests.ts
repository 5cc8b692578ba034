import { laneName, laneOf, topology } from '@tandem/messaging';

/** A message of a sender's: when it was accepted, and when it was first handled. Milliseconds. */
export interface Handling {
  readonly queue: string;
  readonly key: string;
  readonly acceptedAt: number;
  readonly handledAt: number;
}

/** How long each lane rested at most: while something accepted waited in it, and nothing was handled. The longest first. */
export function longestRests(
  handlings: readonly Handling[],
): readonly { readonly lane: string; readonly ms: number }[] {
  const lanes = Map.groupBy(handlings, ({ queue, key }) => laneName(queue, laneOf(key, lanesOf(queue))));
  return [...lanes]
    .map(([lane, own]) => ({ lane, ms: Math.round(longestRest(own)) }))
    .sort((left, right) => right.ms - left.ms);
}

/** A message waits from when it was accepted, or from when the one before it in its lane was handled, whichever is later. */
function longestRest(own: readonly Handling[]): number {
  const inOrder = [...own].sort((left, right) => left.handledAt - right.handledAt);
  return Math.max(
    0,
    ...inOrder.map(
      ({ acceptedAt, handledAt }, index) => handledAt - Math.max(acceptedAt, inOrder[index - 1]?.handledAt ?? 0),
    ),
  );
}

const lanesOf = (queue: string) => topology.find(({ name }) => name === queue)?.lanes ?? 1;

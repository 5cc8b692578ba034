import { eventually, type Patience } from '../support/eventually.js';
import type { Sides } from '../support/stack/start-stack.js';
import { complaints, isQuiet, observe, type Observation } from './observer.js';
import type { PlayedOrder } from './play-order.js';

/** So many looks in a row at which nothing moved: whatever has not converged by then never will. */
const stillFor = 20;

/**
 * Waits until all orders converged and nothing moves any more, and looks once more: an effect that comes late is an
 * effect too. Where nothing moves and something is wrong, or the patience is used up, it answers what there is then.
 */
export async function settle(stack: Sides, played: readonly PlayedOrder[], patience: Patience): Promise<Observation> {
  let still = 0;
  await eventually(
    'all orders converged and nothing moves',
    async () => {
      const { orders } = await observe(stack, played);
      const quiet = orders.every(({ verdict }) => verdict.lived) && (await isQuiet(stack));
      still = quiet ? still + 1 : 0;
      const converged = orders.every(({ verdict }) => verdict.converged);
      return (quiet && converged) || still > stillFor ? true : undefined;
    },
    { every: 250, ...patience },
  ).catch(() => undefined);
  return observe(stack, played);
}

/** For a test's message: everything that is wrong; empty where nothing is. */
export const inSentences = (seen: Observation): string => complaints(seen).join('\n');

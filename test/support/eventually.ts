import { setTimeout as pause } from 'node:timers/promises';

export interface Patience {
  /** Milliseconds until giving up; 30,000 unless told. */
  readonly within?: number;
  /** Milliseconds between two looks; 100 unless told. */
  readonly every?: number;
}

/**
 * Looks until `probe` answers something other than undefined, and answers that. A probe that throws is asked again.
 * @throws after the patience is used up, with the description and the last fault.
 */
export async function eventually<T>(
  description: string,
  probe: () => Promise<T | undefined>,
  { within = 30_000, every = 100 }: Patience = {},
): Promise<T> {
  const deadline = Date.now() + within;
  let fault: unknown;
  do {
    try {
      const found = await probe();
      if (found !== undefined) return found;
      fault = undefined;
    } catch (thrown) {
      fault = thrown;
    }
    await pause(every);
  } while (Date.now() < deadline);
  const because = fault instanceof Error ? `: ${fault.message}` : '';
  throw new Error(`Waited ${within / 1000} s in vain: ${description}${because}`, { cause: fault });
}

import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';

/**
 * Waits until the probe gives a value other than undefined or false.
 * @throws after five seconds unless told otherwise, naming what was waited for
 */
export async function eventually<T>(
  description: string,
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  withinMs = 5_000,
): Promise<T> {
  const end = Date.now() + withinMs;
  while (Date.now() < end) {
    const value = await probe();
    if (value !== undefined && value !== false) return value;
    await pause(10);
    await turn();
  }
  throw new Error(`never: ${description}`);
}

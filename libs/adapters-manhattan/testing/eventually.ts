import { setTimeout as pause } from 'node:timers/promises';

/** Looks until `probe` answers true. */
export async function eventually(description: string, probe: () => boolean): Promise<void> {
  for (let looks = 0; looks < 1000; looks += 1) {
    if (probe()) return;
    await pause(10);
  }
  throw new Error(`Never seen: ${description}.`);
}

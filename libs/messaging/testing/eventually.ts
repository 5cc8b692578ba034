/**
 * Waits until the probe holds (returns without throwing, and not `false`), looking every 10 ms; fails with the description and the
 * last failure of the probe after `withinMs`.
 */
export async function eventually<T>(description: string, probe: () => T | Promise<T>, withinMs = 15_000): Promise<T> {
  const end = performance.now() + withinMs;
  let last: unknown = 'the probe said no';
  while (performance.now() < end) {
    try {
      const seen = await probe();
      if (seen !== false) return seen;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`Never came true within ${withinMs} ms: ${description}`, { cause: last });
}

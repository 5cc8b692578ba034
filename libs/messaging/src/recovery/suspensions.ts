/** How long others of the site wait for the outcome of a probe, in milliseconds. */
const probeTakesMs = 2_000;

/**
 * Sites for which nothing works at the moment, on one queue. Their messages wait, other sites go on. When the time has come, one message
 * is let through as a probe; when it succeeds, so may the others.
 */
export class Suspensions {
  private readonly until = new Map<string, number>();

  /** @param now milliseconds of a clock that never jumps. */
  constructor(private readonly now: () => number) {}

  suspend(site: string, forMs: number): void {
    this.until.set(site, this.now() + forMs);
  }

  resume(site: string): void {
    this.until.delete(site);
  }

  /** How long a message of the site must wait; 0: it may go, and while the site is suspended it is the probe. */
  waitMs(site: string): number {
    const until = this.until.get(site);
    if (until === undefined) return 0;
    const remaining = until - this.now();
    if (remaining > 0) return remaining;
    this.until.set(site, this.now() + probeTakesMs);
    return 0;
  }
}

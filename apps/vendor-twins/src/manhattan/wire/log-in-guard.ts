const WINDOW_MS = 10 * 60 * 1000;

/** Locks an IP after too many failed log-ins within ten minutes; nothing but a reset unlocks it (§1). */
export class LogInGuard {
  private readonly failures = new Map<string, number[]>();
  private readonly locked = new Set<string>();

  isLocked(ip: string): boolean {
    return this.locked.has(ip);
  }

  /** `limit` 0 means that nobody is ever locked. */
  failed(ip: string, limit: number): void {
    const recent = (this.failures.get(ip) ?? []).filter((at) => at > Date.now() - WINDOW_MS);
    recent.push(Date.now());
    this.failures.set(ip, recent);
    if (limit > 0 && recent.length >= limit) this.locked.add(ip);
  }

  reset(): void {
    this.failures.clear();
    this.locked.clear();
  }
}

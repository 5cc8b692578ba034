/** How often each path was called and how it was answered. */
export class CallCounter {
  private readonly counts = new Map<string, Record<string, number>>();

  count(method: string, path: string, status: number): void {
    const key = `${method} ${path}`;
    const statuses = this.counts.get(key) ?? {};
    statuses[status] = (statuses[status] ?? 0) + 1;
    this.counts.set(key, statuses);
  }

  /** `{"POST /oauth/token":{"200":3}}` */
  report(): Record<string, Record<string, number>> {
    return Object.fromEntries(this.counts);
  }

  clear(): void {
    this.counts.clear();
  }
}

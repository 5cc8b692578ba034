/**
 * Below which number nothing fresh can appear any more, so that the next look need not walk over the dead rows of what was sent. A
 * transaction that commits late brings a number lower than some that were seen already; so the mark moves up to a number only when all
 * who were writing to the table when that number had been seen are through, and one look from the old mark has passed it since.
 */
export class LowWater {
  private mark = 0n;
  private next: { readonly upTo: bigint; readonly writers: ReadonlySet<string>; through: boolean } | undefined;
  private highest = 0n;

  /** Everything up to here was seen. */
  get floor(): bigint {
    return this.mark;
  }

  /** How much was seen beyond the mark: dead rows, most likely. */
  get above(): bigint {
    return this.highest - this.mark;
  }

  /**
   * Notes who writes to the table at this moment.
   * @param writers any names by which a transaction is known again.
   */
  noteWriters(writers: readonly string[]): void {
    if (this.next === undefined) this.next = { upTo: this.highest, writers: new Set(writers), through: false };
    const { next } = this;
    next.through ||= !writers.some((writer) => next.writers.has(writer));
  }

  /**
   * Notes a look at everything from the mark on that was begun after the last `noteWriters`.
   * @param reached the highest number that it yielded; 0 where it yielded none.
   * @param cutOff whether there may be more behind it.
   */
  noteLook(reached: bigint, cutOff: boolean): void {
    if (reached > this.highest) this.highest = reached;
    const { next } = this;
    if (next === undefined || !next.through || (cutOff && reached < next.upTo)) return;
    this.mark = next.upTo;
    this.next = undefined;
  }

  /** Starts from the bottom again: something that was seen is not sent after all. */
  reset(): void {
    this.mark = 0n;
    this.next = undefined;
  }
}

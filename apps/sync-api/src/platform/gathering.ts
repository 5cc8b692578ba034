export interface GatheringLimits {
  /** Calls of the work at a time. While fewer are under way, nothing waits. */
  readonly underWay: number;
  /** The most in one call. */
  readonly together: number;
}

interface Waiting<Item> {
  readonly item: Item;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** For work that is cheaper for many together, such as a commit: begins at once where little is under way, and gathers what comes while much is. */
export class Gathering<Item> {
  private readonly waiting: Waiting<Item>[] = [];
  private underWay = 0;

  /** @param work must be repeatable for each item: what fails together is tried one by one, so that none fails for another. */
  constructor(
    private readonly work: (items: readonly Item[]) => Promise<unknown>,
    private readonly limits: GatheringLimits,
  ) {}

  /** Resolves when the work is done with it; rejects where it fails with it alone. */
  add(item: Item): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.next();
    });
  }

  private next(): void {
    if (this.underWay >= this.limits.underWay || this.waiting.length === 0) return;
    this.underWay += 1;
    const ended = () => {
      this.underWay -= 1;
      this.next();
    };
    this.run(this.waiting.splice(0, this.limits.together)).then(ended, ended);
  }

  private async run(batch: readonly Waiting<Item>[]): Promise<void> {
    try {
      await this.work(batch.map(({ item }) => item));
      for (const { resolve } of batch) resolve();
    } catch (reason) {
      if (batch.length === 1) batch[0]?.reject(reason);
      else for (const one of batch) await this.run([one]);
    }
  }
}

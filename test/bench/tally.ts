const keys = 200;
const filler = 'x'.repeat(900);

/** A message of about one kilobyte: of one of 200 keys, and the how-manieth of all. */
export const bodyOf = (number: number): string =>
  JSON.stringify({ key: `K-${number % keys}`, number, sentAt: Date.now(), filler });

/** The end-to-end ledger: what was sent has come, once, and in the order of its key. */
export class Tally {
  private readonly seen = new Set<number>();
  private readonly lastOf = new Map<string, number>();
  duplicated = 0;
  outOfOrder = 0;
  /** Of a clock that never jumps, in milliseconds. */
  lastAt = performance.now();
  /** From the making of each until it came. */
  readonly latencies: number[] = [];
  /** By number, of a clock that never jumps. */
  readonly arrivedAt = new Map<number, number>();
  private reached: () => void = () => undefined;

  constructor(private readonly expected: number) {}

  get received(): number {
    return this.seen.size;
  }

  get lost(): number {
    return this.expected - this.seen.size;
  }

  /** @param body as `bodyOf` made it, or an envelope around it. */
  note(body: Buffer): void {
    const parsed = JSON.parse(body.toString('utf8')) as { key: string; number: number; sentAt: number };
    const { key, number, sentAt } = parsed;
    this.latencies.push(Date.now() - sentAt);
    this.lastAt = performance.now();
    if (this.seen.has(number)) {
      this.duplicated += 1;
      return;
    }
    this.seen.add(number);
    this.arrivedAt.set(number, this.lastAt);
    if ((this.lastOf.get(key) ?? -1) > number) this.outOfOrder += 1;
    else this.lastOf.set(key, number);
    if (this.seen.size === this.expected) this.reached();
  }

  /** Resolves when all have come, or nothing has for so many milliseconds. */
  async complete(patienceMs: number): Promise<void> {
    this.lastAt = performance.now();
    await new Promise<void>((resolve) => {
      const look = setInterval(() => {
        if (performance.now() - this.lastAt > patienceMs) this.reached();
      }, 200);
      this.reached = () => {
        clearInterval(look);
        resolve();
      };
      if (this.lost === 0) this.reached();
    });
  }
}

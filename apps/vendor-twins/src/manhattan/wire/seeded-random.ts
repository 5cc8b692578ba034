/** A random source that a seed repeats exactly (mulberry32). */
export class SeededRandom {
  constructor(private state: number) {}

  /** Between 0 (included) and 1 (excluded). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** True with the given probability (0…1). Draws nothing at 0, so that unused switches do not move the sequence. */
  happens(ratio: number): boolean {
    return ratio > 0 && this.next() < ratio;
  }

  digits(length: number): string {
    return Array.from({ length }, () => Math.floor(this.next() * 10)).join('');
  }
}

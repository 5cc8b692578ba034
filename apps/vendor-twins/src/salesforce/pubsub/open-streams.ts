/** Streams that are open now, so that a test can break them. */
export class OpenStreams {
  private readonly open = new Set<(because: Error) => void>();

  add(fail: (because: Error) => void): () => void {
    this.open.add(fail);
    return () => this.open.delete(fail);
  }

  count(): number {
    return this.open.size;
  }

  /** Ends each with an error of its own; answers how many. */
  fail(because: () => Error): number {
    const ended = [...this.open];
    for (const fail of ended) fail(because());
    return ended.length;
  }
}

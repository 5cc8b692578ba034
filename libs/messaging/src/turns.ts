/** Lets one after the other do something, in the order in which they came. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  /** Yields, or throws, what the work does. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work);
    this.last = turn.catch(() => undefined);
    return turn;
  }
}

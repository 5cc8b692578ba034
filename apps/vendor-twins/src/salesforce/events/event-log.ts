/** One event as a subscriber gets it. Parts of a split event share a replay id (§3.1). */
export interface Delivery {
  uuid: string;
  schemaId: string;
  payload: Buffer;
}

/** What was published, before it is known who reads it. */
export interface LoggedEvent {
  /** `Order` for a change of an order, `OMS_Order_Update__e` for a platform event */
  source: string;
  uuid: string;
  schemaId: string;
  payload: Buffer;
  /** reads the named fields now and answers one delivery per record: what an enriched channel delivers (§3.1) */
  enriched?: (fields: readonly string[]) => Delivery[];
}

export interface Placed {
  position: number;
  at: number;
  event: LoggedEvent;
}

const retentionMs = 72 * 3_600_000;

/** Events of the org in commit order, kept for 72 hours (§3.1). Positions rise with holes: they are no count (§3.3). */
export class EventLog {
  private entries: Placed[] = [];
  private last = 17_086_067;
  private floor = this.last;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly now: () => Date,
    private readonly chance: () => number,
  ) {}

  append(event: LoggedEvent): number {
    this.last += 1 + Math.floor(this.chance() * 3);
    this.entries.push({ position: this.last, at: this.now().getTime(), event });
    for (const listener of this.listeners) listener();
    return this.last;
  }

  /** Where a reader of new events only starts. */
  get latest(): number {
    return this.last;
  }

  /** Where a reader of everything that is kept starts. */
  get earliest(): number {
    this.forgetOld();
    return this.floor;
  }

  /** A place behind everything there is, which a keepalive may name (§3.3). */
  advance(): number {
    return (this.last += 1);
  }

  isReadable(position: number): boolean {
    return position >= this.earliest && position <= this.last;
  }

  *after(position: number): Iterable<Placed> {
    this.forgetOld();
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.entries[middle]?.position ?? 0) <= position) low = middle + 1;
      else high = middle;
    }
    for (let index = low; index < this.entries.length; index += 1) {
      const entry = this.entries[index];
      if (entry) yield entry;
    }
  }

  /** Everything that was kept is gone, and every earlier replay id is too old. */
  expire() {
    this.entries = [];
    this.floor = this.advance();
  }

  /** The events go, the replay ids stay good: a fresh start between two tests. */
  clear() {
    this.entries = [];
  }

  size(): number {
    return this.entries.length;
  }

  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private forgetOld() {
    const oldest = this.now().getTime() - retentionMs;
    while (this.entries[0] && this.entries[0].at < oldest) this.floor = this.entries.shift()?.position ?? this.floor;
  }
}

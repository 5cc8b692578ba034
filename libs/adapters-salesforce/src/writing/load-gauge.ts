/** Whether so many orders change that waiting a little saves calls. Quick to say yes; no is said by whoever sees that little came. */
export class LoadGauge {
  private heard: { readonly at: number; readonly orders: number }[] = [];
  /** Orders that came while handlers waited, and are heard of only now. */
  private pentUp = 0;
  private loaded = false;

  /** @param from orders a second. */
  constructor(private readonly from: number) {}

  isLoaded(): boolean {
    return this.loaded;
  }

  note(orders: number, at: number): void {
    const fresh = Math.max(0, orders - this.pentUp);
    this.pentUp = Math.max(0, this.pentUp - orders);
    this.heard = [...this.heard.filter((one) => at - one.at < LOOK_BACK_MS), { at, orders: fresh }];
    const recently = this.heard.reduce((sum, one) => sum + one.orders, 0);
    if (recently >= this.within(LOOK_BACK_MS)) this.loaded = true;
  }

  /** What one gathering brought in. Those who wait for its answer bring nothing meanwhile, so that only the whole of it tells. */
  gathered(orders: number, withinMs: number): void {
    if (orders < STAYS_ABOVE * this.within(withinMs)) this.loaded = false;
  }

  /** Handlers have waited so long for their answer: what they bring now at once has come up during all that time. */
  answered(waitedMs: number): void {
    this.pentUp = Math.max(this.pentUp, this.within(waitedMs - LOOK_BACK_MS));
  }

  /** As many orders as load brings in so many milliseconds. */
  private within(ms: number): number {
    return (this.from * ms) / 1_000;
  }
}

const LOOK_BACK_MS = 500;
/** Load that hovers about its threshold stays load. */
const STAYS_ABOVE = 0.7;

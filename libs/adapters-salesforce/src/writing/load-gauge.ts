/** Whether so many orders change that waiting a little saves calls. Quick to say yes; no is said by whoever sees that little came. */
export class LoadGauge {
  private heard: { readonly at: number; readonly orders: number }[] = [];
  private loaded = false;

  /** @param from orders a second. */
  constructor(private readonly from: number) {}

  isLoaded(): boolean {
    return this.loaded;
  }

  note(orders: number, at: number): void {
    this.heard = [...this.heard.filter((one) => at - one.at < LOOK_BACK_MS), { at, orders }];
    const recently = this.heard.reduce((sum, one) => sum + one.orders, 0);
    if (recently * 1_000 >= this.from * LOOK_BACK_MS) this.loaded = true;
  }

  /** What one gathering brought in. Those who wait for its answer bring nothing meanwhile, so that only the whole of it tells. */
  gathered(orders: number, withinMs: number): void {
    if (orders * 1_000 < this.from * STAYS_ABOVE * withinMs) this.loaded = false;
  }
}

const LOOK_BACK_MS = 500;
/** Load that hovers about its threshold stays load. */
const STAYS_ABOVE = 0.7;

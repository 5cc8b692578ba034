/**
 * Repeats a step, one at a time: at once when woken, else after a pause. A wake during a step causes one more step.
 * After a failure it rests the whole pause, whoever wakes it, so that a dead far side is not hammered.
 */
export class WakeableLoop {
  private running: Promise<void> | undefined;
  private stopping = false;
  private woken = false;
  private endPause: (() => void) | undefined;

  constructor(
    private readonly step: () => Promise<void>,
    private readonly pauseMs: () => number,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  start(): void {
    this.stopping = false;
    this.running ??= this.run();
  }

  wake(): void {
    this.woken = true;
    this.endPause?.();
  }

  /** Resolves when the running step has ended; no step follows. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.endPause?.();
    await this.running;
    this.running = undefined;
  }

  get stopped(): boolean {
    return this.stopping;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      this.woken = false;
      const failed = await this.step().then(
        () => false,
        (error: unknown) => {
          this.onFailure(error);
          return true;
        },
      );
      await this.rest(failed);
    }
  }

  private async rest(failed: boolean): Promise<void> {
    if (this.stopping || (this.woken && !failed)) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.pauseMs());
      this.endPause = () => {
        if (failed && !this.stopping) return;
        clearTimeout(timer);
        resolve();
      };
    });
    this.endPause = undefined;
  }
}

import type { OutboundMessage } from './message.js';
import type { Target } from './targets.js';

const CONCURRENCY = 16;
const FIRST_RETRY_MS = 50;
const LONGEST_RETRY_MS = 2_000;

interface Parcel {
  message: OutboundMessage;
  attempt: number;
}

/** Brings messages to one target at least once: a delivery that fails is tried again, later and later, until it is acknowledged. */
export class Courier {
  private readonly due: Parcel[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private running = 0;
  private closed = false;
  private pendingCount = 0;
  private deliveredCount = 0;

  constructor(private readonly target: Target) {}

  get counters(): { pending: number; delivered: number } {
    return { pending: this.pendingCount, delivered: this.deliveredCount };
  }

  send(message: OutboundMessage, delayMs: number): void {
    this.pendingCount += 1;
    this.later({ message, attempt: 0 }, delayMs);
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const timer of this.timers) clearTimeout(timer);
    await this.target.close();
  }

  private later(parcel: Parcel, delayMs: number): void {
    if (this.closed) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.due.push(parcel);
      this.drain();
    }, delayMs);
    this.timers.add(timer);
  }

  private drain(): void {
    while (!this.closed && this.running < CONCURRENCY) {
      const parcel = this.due.shift();
      if (!parcel) return;
      this.running += 1;
      this.target.deliver(parcel.message).then(
        () => this.arrived(),
        () => this.again(parcel),
      );
    }
  }

  private arrived(): void {
    this.pendingCount -= 1;
    this.deliveredCount += 1;
    this.running -= 1;
    this.drain();
  }

  private again({ message, attempt }: Parcel): void {
    this.running -= 1;
    this.later({ message, attempt: attempt + 1 }, Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempt));
    this.drain();
  }
}

/** The longest delay a timer of the runtime can take. */
const LONGEST_TIMER_MS = 2_147_483_647;

interface Alarm {
  due: number;
  run: () => void;
  timer: NodeJS.Timeout | undefined;
}

/** The twin's own time: it runs with the wall clock and may be pushed ahead of it, taking every due timer with it. */
export class VirtualClock {
  private ahead = 0;
  /** The moment at which the clock stands while an alarm rings in the course of an advance. */
  private standing: number | undefined;
  private readonly alarms = new Set<Alarm>();

  /** Milliseconds since the epoch. */
  now(): number {
    return this.standing ?? Date.now() + this.ahead;
  }

  /** Runs once after so many milliseconds of this clock; answers how to call it off. */
  later(afterMs: number, run: () => void): () => void {
    const alarm: Alarm = { due: this.now() + afterMs, run, timer: undefined };
    this.alarms.add(alarm);
    this.arm(alarm);
    return () => this.drop(alarm);
  }

  /** Goes ahead; what falls due on the way runs at its own time and in order, also what it brings about. */
  advance(byMs: number): void {
    const target = this.now() + byMs;
    try {
      for (let next = this.earliest(target); next; next = this.earliest(target)) {
        // Stands still, so that what the alarm sets up is due after its own time and not a tick later.
        this.standing = Math.max(next.due, this.now());
        this.ring(next);
      }
    } finally {
      this.standing = undefined;
    }
    this.ahead += Math.max(0, target - this.now());
    for (const alarm of this.alarms) this.arm(alarm);
  }

  /** Forgets every timer and comes back to the wall clock. */
  reset(): void {
    for (const alarm of this.alarms) this.drop(alarm);
    this.ahead = 0;
  }

  private earliest(until: number): Alarm | undefined {
    return [...this.alarms].filter(({ due }) => due <= until).sort((left, right) => left.due - right.due)[0];
  }

  private arm(alarm: Alarm): void {
    clearTimeout(alarm.timer);
    const wait = Math.min(LONGEST_TIMER_MS, Math.max(0, alarm.due - this.now()));
    alarm.timer = setTimeout(() => (alarm.due > this.now() ? this.arm(alarm) : this.ring(alarm)), wait);
  }

  private ring(alarm: Alarm): void {
    this.drop(alarm);
    alarm.run();
  }

  private drop(alarm: Alarm): void {
    clearTimeout(alarm.timer);
    this.alarms.delete(alarm);
  }
}

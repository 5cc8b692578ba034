import type { JsonObject } from '../wire/json.js';
import type { SeededRandom } from '../wire/seeded-random.js';

/** Ratios are probabilities 0…1, times are milliseconds. Everything is off by default. */
const OFF = {
  /** Each message is delivered that often. */
  copies: 1,
  /** Each copy is delayed by a random 0…n ms. */
  shuffleWithinMs: 0,
  delayMs: 0,
  /** Messages that are never delivered. */
  dropRatio: 0,
  unknownAttributes: false,
  withoutChangeLog: false,
  datesWithoutFraction: false,
  /** Calls answered with a 5xx before anything happens. */
  status5xxRatio: 0,
  /** Saves that fail with "Lock wait timeout" (§10.32). */
  lockWaitRatio: 0,
  /** Saves answered 200, success true, with an ERROR message and nothing saved (§10.2). */
  softFailureRatio: 0,
  /** Saves that commit and whose connection is then cut instead of an answer. */
  answerLost: 0,
  latencyMs: 0,
  /** Failed log-ins per IP within ten minutes until the IP is locked, not released by itself (§1); 0 = never. */
  ipLockAfter: 100,
};

export type ChaosSwitches = typeof OFF;
type RatioName = 'dropRatio' | 'status5xxRatio' | 'lockWaitRatio' | 'softFailureRatio' | 'answerLost';

/** The failure switches, and how often each fault fired: a fault that never fired proves nothing. */
export class Chaos {
  private switches: ChaosSwitches = { ...OFF };
  private fired: Record<string, number> = {};

  constructor(readonly random: SeededRandom) {}

  get now(): Readonly<ChaosSwitches> {
    return this.switches;
  }

  strikes(name: RatioName): boolean {
    const struck = this.random.happens(this.switches[name]);
    if (struck) this.count(name);
    return struck;
  }

  count(name: string): void {
    this.fired[name] = (this.fired[name] ?? 0) + 1;
  }

  /** Merges known switches of the right type; answers the names it did not take. */
  merge(wanted: JsonObject): string[] {
    const known = this.switches;
    const accepted = Object.entries(wanted).filter(
      ([name, value]) => name in known && typeof value === typeof Reflect.get(known, name),
    );
    this.switches = { ...known, ...Object.fromEntries(accepted) };
    return Object.keys(wanted).filter((name) => !accepted.some(([taken]) => taken === name));
  }

  report(): JsonObject {
    return { ...this.switches, fired: { ...this.fired } };
  }

  reset(): void {
    this.switches = { ...OFF };
    this.fired = {};
  }
}

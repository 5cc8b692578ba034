import type { JsonObject } from '../wire/json.js';
import type { SeededRandom } from '../wire/seeded-random.js';

/** Ratios are probabilities 0…1, times are milliseconds. Everything is off by default. */
const OFF = {
  copies: 1,
  shuffleWithinMs: 0,
  delayMs: 0,
  dropRatio: 0,
  unknownAttributes: false,
  withoutChangeLog: false,
  datesWithoutFraction: false,
  status5xxRatio: 0,
  lockWaitRatio: 0,
  softFailureRatio: 0,
  warningRatio: 0,
  status401Ratio: 0,
  totalCountOffset: 0,
  answerLost: 0,
  latencyMs: 0,
  ipLockAfter: 100,
};

/** What each does, in words for people. */
export const CHAOS_TABLE: Record<keyof typeof OFF, { section: string; about: string }> = {
  copies: { section: '§7.1', about: 'How often each message is delivered' },
  shuffleWithinMs: { section: '§7.3', about: 'Each copy is held back for a random time up to so many milliseconds' },
  delayMs: { section: '§2.5b', about: 'Milliseconds that every message comes late' },
  dropRatio: { section: '§11', about: 'Messages that are never delivered' },
  unknownAttributes: { section: '§2.5', about: 'Attributes of a later release in every message' },
  withoutChangeLog: { section: '§7.4', about: 'Messages whose template leaves the change log out' },
  datesWithoutFraction: { section: '§2.5', about: 'Dates in messages without milliseconds' },
  status5xxRatio: { section: '§2.3', about: 'Calls answered 500 or 503 before anything happens' },
  lockWaitRatio: { section: '§10.32', about: 'Saves that fail with "Lock wait timeout"' },
  softFailureRatio: {
    section: '§10.2',
    about: 'Saves answered 200 and success, with an ERROR inside and nothing saved',
  },
  warningRatio: { section: '§10.3', about: 'Saves refused with 400 though the only message is a WARNING' },
  status401Ratio: { section: '§1', about: 'Calls that find every token expired on the way, however fresh' },
  totalCountOffset: {
    section: '§2.2',
    about: 'Added to the totalCount of every search, which then is not what was found',
  },
  answerLost: { section: '§2.6', about: 'Saves that commit and whose connection is then cut instead of an answer' },
  latencyMs: { section: '§10.12', about: 'Milliseconds that every call takes longer' },
  ipLockAfter: {
    section: '§1',
    about: 'Failed log-ins per IP within ten minutes until it is locked, not released by itself; 0 for never',
  },
};

export type ChaosSwitches = typeof OFF;
/** Every switch as it is when nobody has touched it. */
export const CHAOS_OFF: Readonly<ChaosSwitches> = OFF;
type RatioName = Extract<keyof ChaosSwitches, `${string}Ratio`> | 'answerLost';

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

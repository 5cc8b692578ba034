import { isJsonObject } from '../org/json.js';
import type { WriteFaults } from '../org/record-writer.js';
import { Refusal } from '../org/refusal.js';
import { seededChance } from './chance.js';
import { calm, changed, type Counted, type Ratio } from './chaos-switches.js';

/** The switches, the generator behind them, and how often each fault really happened. */
export class Chaos implements WriteFaults {
  switches = calm();
  readonly chance: () => number;
  private fired: Record<string, number> = {};
  private callsSinceExpiry = 0;
  private limitedUntil = 0;

  constructor(seed: number) {
    this.chance = seededChance(seed);
  }

  clear() {
    this.switches = calm();
    this.fired = {};
    this.callsSinceExpiry = 0;
    this.limitedUntil = 0;
  }

  read() {
    return { ...this.switches, fired: { ...this.fired } };
  }

  /** Merges what is named into the switches. Throws a Refusal for a name or value it does not know. */
  merge(change: unknown, now: number) {
    if (!isJsonObject(change)) throw new Refusal('JSON_PARSER_ERROR', 'chaos is a JSON object');
    this.switches = changed(this.switches, change);
    if ('expireEvery' in change) this.callsSinceExpiry = 0;
    if ('limitForMs' in change) this.limitedUntil = now + this.switches.limitForMs;
  }

  count(fault: string) {
    this.fired[fault] = (this.fired[fault] ?? 0) + 1;
  }

  /** True as often as the ratio says; each time it is true counts as one firing. */
  strikes(fault: Ratio): boolean {
    const struck = this.hits(fault);
    if (struck) this.count(fault);
    return struck;
  }

  /** How long this call waits before anything is done; milliseconds. */
  delay(): number {
    const { latencyMs } = this.switches;
    if (latencyMs === 0 || !this.hits('latencyRatio')) return 0;
    this.count('latencyMs');
    return latencyMs;
  }

  /** True as long as some of this fault are left, and takes one. */
  takes(fault: Counted): boolean {
    if (this.switches[fault] <= 0) return false;
    this.switches[fault] -= 1;
    this.count(fault);
    return true;
  }

  /** True for every so-manieth call, counted since the switch was set. */
  expiresSession(): boolean {
    const { expireEvery } = this.switches;
    if (expireEvery === 0 || ++this.callsSinceExpiry < expireEvery) return false;
    this.callsSinceExpiry = 0;
    this.count('expireEvery');
    return true;
  }

  isLimited(now: number): boolean {
    return this.switches.requestLimitExceeded || now < this.limitedUntil;
  }

  beforeWrite(object: string, recordId: string | undefined) {
    const planned = this.switches.failNext;
    if (planned && planned.times > 0 && (planned.object ?? object) === object) {
      this.switches.failNext = planned.times > 1 ? { ...planned, times: planned.times - 1 } : null;
      this.count('failNext');
      throw new Refusal(planned.statusCode, planned.message, planned.fields);
    }
    if (!object.endsWith('__e') && this.strikes('rowLockRatio'))
      throw new Refusal(
        'UNABLE_TO_LOCK_ROW',
        `unable to obtain exclusive access to this record or 1 records: ${recordId ?? ''}`,
      );
  }

  private hits(fault: Ratio): boolean {
    const ratio = this.switches[fault];
    return ratio > 0 && (ratio === 1 || this.chance() < ratio);
  }
}

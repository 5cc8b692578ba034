import { isJsonObject, list, text } from '../org/json.js';
import type { WriteFaults } from '../org/record-writer.js';
import { Refusal } from '../org/refusal.js';
import { seededChance } from './chance.js';

/** The next `times` record writes (of `object`, if named) are refused with this error. */
export interface PlannedFailure {
  statusCode: string;
  message: string;
  fields: readonly string[];
  times: number;
  object?: string;
}

/** Faults that a test switches on (§8 items 2, 3, 5, 15). Ratios are between 0 and 1. */
export interface ChaosSwitches {
  permanent401: boolean;
  status503Html: number;
  /** of record writes: one row of a collection answers UNABLE_TO_LOCK_ROW, its neighbours do not */
  rowLockRatio: number;
  latencyMs: number;
  /** of write calls: committed, and the socket closed before the answer */
  answerLost: number;
  requestLimitExceeded: boolean;
  failNext: PlannedFailure | null;
  /** of data calls: after so many, one answers 401 and its session is gone; 0 for never */
  expireEvery: number;
  /** the day's budget is spent for so long from the moment it is set */
  limitForMs: number;
  concurrentLimitExceeded: boolean;
  status502Html: number;
  status420: number;
  /** of record changes: told as a gap, without their fields (§3.1) */
  gapRatio: number;
  /** of events: delivered twice, with the same EventUuid (§3.2) */
  duplicateEvents: number;
  /** so many replay ids more are called corrupted (§3.3) */
  corruptedCursors: number;
  replayIdBytes: number;
  subscribeDenied: boolean;
  deliveryQuotaExceeded: boolean;
  publishFailRatio: number;
  schemaDelayMs: number;
  keepaliveMs: number;
  idleCloseMs: number;
  publishIdleMs: number;
}

const calm: ChaosSwitches = {
  permanent401: false,
  status503Html: 0,
  rowLockRatio: 0,
  latencyMs: 0,
  answerLost: 0,
  requestLimitExceeded: false,
  failNext: null,
  expireEvery: 0,
  limitForMs: 0,
  concurrentLimitExceeded: false,
  status502Html: 0,
  status420: 0,
  gapRatio: 0,
  duplicateEvents: 0,
  corruptedCursors: 0,
  replayIdBytes: 8,
  subscribeDenied: false,
  deliveryQuotaExceeded: false,
  publishFailRatio: 0,
  schemaDelayMs: 0,
  keepaliveMs: 270_000,
  idleCloseMs: 60_000,
  publishIdleMs: 70_000,
};

type Ratio =
  | 'status503Html'
  | 'status502Html'
  | 'status420'
  | 'rowLockRatio'
  | 'answerLost'
  | 'gapRatio'
  | 'duplicateEvents'
  | 'publishFailRatio';

/** The switches, the generator behind them, and how often each fault really happened. */
export class Chaos implements WriteFaults {
  switches: ChaosSwitches = { ...calm };
  readonly chance: () => number;
  private fired: Record<string, number> = {};
  private callsSinceExpiry = 0;
  private limitedUntil = 0;

  constructor(seed: number) {
    this.chance = seededChance(seed);
  }

  clear() {
    this.switches = { ...calm };
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
    const next: Record<string, unknown> = { ...this.switches };
    for (const [name, value] of Object.entries(change)) {
      if (name === 'revokeSessions' || name === 'fired') continue;
      if (!(name in calm)) throw new Refusal('INVALID_FIELD', `no such chaos switch: ${name}`);
      next[name] = name === 'failNext' ? plannedFailure(value) : value;
    }
    this.switches = checked(next);
    if ('expireEvery' in change) this.callsSinceExpiry = 0;
    if ('limitForMs' in change) this.limitedUntil = now + this.switches.limitForMs;
  }

  count(fault: string) {
    this.fired[fault] = (this.fired[fault] ?? 0) + 1;
  }

  /** True as often as the ratio says; each time it is true counts as one firing. */
  strikes(fault: Ratio): boolean {
    const ratio = this.switches[fault];
    const struck = ratio > 0 && this.chance() < ratio;
    if (struck) this.count(fault);
    return struck;
  }

  /** True as long as some of this fault are left, and takes one. */
  takes(fault: 'corruptedCursors'): boolean {
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
}

function plannedFailure(value: unknown): PlannedFailure | null {
  if (value === null) return null;
  const times = isJsonObject(value) && typeof value['times'] === 'number' ? value['times'] : 1;
  const object = text(value, 'object');
  return {
    statusCode: text(value, 'statusCode') ?? 'UNKNOWN_EXCEPTION',
    message: text(value, 'message') ?? 'An unexpected error occurred.',
    fields: (list(value, 'fields') ?? []).map(String),
    times,
    ...(object === undefined ? {} : { object }),
  };
}

function checked(next: Record<string, unknown>): ChaosSwitches {
  const flag = (name: string) => {
    if (typeof next[name] !== 'boolean') throw new Refusal('INVALID_FIELD', `${name} is true or false`);
    return next[name];
  };
  const number = (name: string, most: number) => {
    const value = next[name];
    if (typeof value !== 'number' || !(value >= 0 && value <= most))
      throw new Refusal('INVALID_FIELD', `${name} is a number from 0 to ${most}`);
    return value;
  };
  const planned = next['failNext'];
  return {
    permanent401: flag('permanent401'),
    status503Html: number('status503Html', 1),
    rowLockRatio: number('rowLockRatio', 1),
    latencyMs: number('latencyMs', 600_000),
    answerLost: number('answerLost', 1),
    requestLimitExceeded: flag('requestLimitExceeded'),
    expireEvery: number('expireEvery', 1_000_000),
    limitForMs: number('limitForMs', 3_600_000),
    concurrentLimitExceeded: flag('concurrentLimitExceeded'),
    status502Html: number('status502Html', 1),
    status420: number('status420', 1),
    gapRatio: number('gapRatio', 1),
    duplicateEvents: number('duplicateEvents', 1),
    corruptedCursors: number('corruptedCursors', 1_000_000),
    replayIdBytes: number('replayIdBytes', 10),
    subscribeDenied: flag('subscribeDenied'),
    deliveryQuotaExceeded: flag('deliveryQuotaExceeded'),
    publishFailRatio: number('publishFailRatio', 1),
    schemaDelayMs: number('schemaDelayMs', 600_000),
    keepaliveMs: number('keepaliveMs', 3_600_000),
    idleCloseMs: number('idleCloseMs', 3_600_000),
    publishIdleMs: number('publishIdleMs', 3_600_000),
    failNext: planned === null ? null : plannedFailure(planned),
  };
}

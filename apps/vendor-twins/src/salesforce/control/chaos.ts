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
}

const calm: ChaosSwitches = {
  permanent401: false,
  status503Html: 0,
  rowLockRatio: 0,
  latencyMs: 0,
  answerLost: 0,
  requestLimitExceeded: false,
  failNext: null,
};

/** The switches, the generator behind them, and how often each fault really happened. */
export class Chaos implements WriteFaults {
  switches: ChaosSwitches = { ...calm };
  readonly chance: () => number;
  private fired: Record<string, number> = {};

  constructor(seed: number) {
    this.chance = seededChance(seed);
  }

  clear() {
    this.switches = { ...calm };
    this.fired = {};
  }

  read() {
    return { ...this.switches, fired: { ...this.fired } };
  }

  /** Merges what is named into the switches. Throws a Refusal for a name or value it does not know. */
  merge(change: unknown) {
    if (!isJsonObject(change)) throw new Refusal('JSON_PARSER_ERROR', 'chaos is a JSON object');
    const next: Record<string, unknown> = { ...this.switches };
    for (const [name, value] of Object.entries(change)) {
      if (name === 'revokeSessions' || name === 'fired') continue;
      if (!(name in calm)) throw new Refusal('INVALID_FIELD', `no such chaos switch: ${name}`);
      next[name] = name === 'failNext' ? plannedFailure(value) : value;
    }
    this.switches = checked(next);
  }

  count(fault: string) {
    this.fired[fault] = (this.fired[fault] ?? 0) + 1;
  }

  /** True as often as the ratio says; each time it is true counts as one firing. */
  strikes(fault: 'status503Html' | 'rowLockRatio' | 'answerLost'): boolean {
    const ratio = this.switches[fault];
    const struck = ratio > 0 && this.chance() < ratio;
    if (struck) this.count(fault);
    return struck;
  }

  beforeWrite(object: string, recordId: string | undefined) {
    const planned = this.switches.failNext;
    if (planned && planned.times > 0 && (planned.object ?? object) === object) {
      this.switches.failNext = planned.times > 1 ? { ...planned, times: planned.times - 1 } : null;
      this.count('failNext');
      throw new Refusal(planned.statusCode, planned.message, planned.fields);
    }
    if (this.strikes('rowLockRatio'))
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
    failNext: planned === null ? null : plannedFailure(planned),
  };
}

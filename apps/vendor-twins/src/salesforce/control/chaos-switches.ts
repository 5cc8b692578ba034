import { isJsonObject, list, text } from '../org/json.js';
import { Refusal } from '../org/refusal.js';

/** The next `times` record writes (of `object`, if named) are refused with this error. */
export interface PlannedFailure {
  statusCode: string;
  message: string;
  fields: readonly string[];
  times: number;
  object?: string;
}

const flags = {
  permanent401: false,
  requestLimitExceeded: false,
  concurrentLimitExceeded: false,
  subscribeDenied: false,
  deliveryQuotaExceeded: false,
};

/** Shares between 0 and 1. */
const ratios = {
  status503Html: 0,
  status502Html: 0,
  status420: 0,
  /** of record writes: one row of a collection answers UNABLE_TO_LOCK_ROW, its neighbours do not */
  rowLockRatio: 0,
  /** of data calls: so many wait for `latencyMs` */
  latencyRatio: 1,
  /** of write calls: committed, and the socket closed before the answer */
  answerLost: 0,
  /** of record changes: told as a gap, without their fields (§3.1) */
  gapRatio: 0,
  /** of events: delivered twice, with the same EventUuid (§3.2) */
  duplicateEvents: 0,
  publishFailRatio: 0,
};

const amounts = {
  latencyMs: 0,
  /** of data calls: after so many, one answers 401 and its session is gone; 0 for never */
  expireEvery: 0,
  /** the day's budget is spent for so long from the moment it is set */
  limitForMs: 0,
  /** so many replay ids more are called corrupted (§3.3) */
  corruptedCursors: 0,
  /** so many calls for a further page of a query find their locator expired (§2.6) */
  expiredLocators: 0,
  /** a bulk job waits so long in each of its states (§2.7) */
  bulkDelayMs: 5,
  /** a bulk job fails behind so many rows; 0 for never */
  bulkFailAfter: 0,
  replayIdBytes: 8,
  schemaDelayMs: 0,
  keepaliveMs: 270_000,
  idleCloseMs: 60_000,
  publishIdleMs: 70_000,
};

const most: Readonly<Record<keyof typeof amounts, number>> = {
  latencyMs: 600_000,
  expireEvery: 1_000_000,
  limitForMs: 3_600_000,
  corruptedCursors: 1_000_000,
  expiredLocators: 1_000_000,
  bulkDelayMs: 3_600_000,
  bulkFailAfter: 1_000_000,
  replayIdBytes: 10,
  schemaDelayMs: 600_000,
  keepaliveMs: 3_600_000,
  idleCloseMs: 3_600_000,
  publishIdleMs: 3_600_000,
};

export type Ratio = keyof typeof ratios;
/** Faults that strike a number of times. */
export type Counted = 'corruptedCursors' | 'expiredLocators';

/** Faults that a test switches on (§8 items 2, 3, 5, 11, 12, 13, 14, 15). */
export type ChaosSwitches = Record<keyof typeof flags, boolean> &
  Record<Ratio | keyof typeof amounts, number> & { failNext: PlannedFailure | null };

export const calm = (): ChaosSwitches => ({ ...flags, ...ratios, ...amounts, failNext: null });

/** The switches with the named ones changed. Throws a Refusal for a name or value that is not known. */
export function changed(before: ChaosSwitches, change: Readonly<Record<string, unknown>>): ChaosSwitches {
  const next = { ...before };
  for (const [name, value] of Object.entries(change)) {
    if (name === 'revokeSessions' || name === 'fired') continue;
    if (named(name, flags)) next[name] = flag(name, value);
    else if (named(name, ratios)) next[name] = number(name, value, 1);
    else if (named(name, amounts)) next[name] = number(name, value, most[name]);
    else if (name === 'failNext') next.failNext = plannedFailure(value);
    else throw new Refusal('INVALID_FIELD', `no such chaos switch: ${name}`);
  }
  return next;
}

function named<T extends object>(name: string, among: T): name is Extract<keyof T, string> {
  return Object.hasOwn(among, name);
}

function flag(name: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw new Refusal('INVALID_FIELD', `${name} is true or false`);
  return value;
}

function number(name: string, value: unknown, highest: number): number {
  if (typeof value !== 'number' || !(value >= 0 && value <= highest))
    throw new Refusal('INVALID_FIELD', `${name} is a number from 0 to ${highest}`);
  return value;
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

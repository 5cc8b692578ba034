import type { Row, Scalar } from './schema.js';

/** Who wrote: the `client=` of Sforce-Call-Options or else the app's client id (§2.8), and the trace it named. */
export interface Caller {
  client: string | null;
  traceparent: string | null;
  userId: string;
  /** as a change event names where a change came from (§3.1) */
  origin: string;
  /** names of the user's permission sets */
  permissionSets?: readonly string[];
  /** by Sforce-Duplicate-Rule-Header (§2.8) */
  savesDuplicates?: boolean;
}

/** A write that changed a stored record. */
export interface EffectiveWrite {
  sequence: number;
  /** ISO time in UTC */
  at: string;
  object: string;
  recordId: string;
  /** value of the object's first external id field */
  externalId: string | null;
  kind: 'create' | 'update' | 'delete';
  changes: Record<string, { from: Scalar; to: Scalar }>;
  client: string | null;
  traceparent: string | null;
}

export interface WriteFilter {
  object?: string | undefined;
  key?: string | undefined;
  recordId?: string | undefined;
}

/** A write that was answered without changing anything. */
export type Touch = Pick<EffectiveWrite, 'object' | 'externalId'> & { recordId: string | null };

/** The twin's own record of what happened to its data, for tests that count effects. */
export class Journal {
  private readonly effective: EffectiveWrite[] = [];
  private readonly repeats: Touch[] = [];
  private readonly refusals: Touch[] = [];
  private sequence = 0;
  private attempts = new Map<string, number>();

  constructor(private readonly onRollback: (undo: () => void) => void) {}

  changed(write: Omit<EffectiveWrite, 'sequence'>) {
    this.effective.push({ sequence: ++this.sequence, ...write });
    this.onRollback(() => this.effective.pop());
  }

  /** The vendor answered success, and nothing was different afterwards. */
  repeated(touch: Touch) {
    this.repeats.push(touch);
    this.onRollback(() => this.repeats.pop());
  }

  /** Refusals stay counted after a rollback: the caller was told no. */
  refused(touch: Touch) {
    this.refusals.push(touch);
  }

  /** A record write was tried, whatever became of it. */
  attempted(object: string, records = 1) {
    this.attempts.set(object, (this.attempts.get(object) ?? 0) + records);
  }

  /** Tried writes by object type since this was last asked: those of one call, as calls are answered one by one. */
  takeAttempts(): ReadonlyMap<string, number> {
    const taken = this.attempts;
    this.attempts = new Map();
    return taken;
  }

  /** The writes that pass the filter, and how many of each kind pass it. */
  read(filter: WriteFilter) {
    const passes = (touch: Touch) =>
      (filter.object === undefined || touch.object === filter.object) &&
      (filter.key === undefined || touch.externalId?.toLowerCase() === filter.key.toLowerCase()) &&
      (filter.recordId === undefined || touch.recordId?.slice(0, 15) === filter.recordId.slice(0, 15));
    const effective = this.effective.filter(passes);
    return {
      effective,
      counts: {
        effective: effective.length,
        repeats: this.repeats.filter(passes).length,
        refused: this.refusals.filter(passes).length,
      },
    };
  }
}

const bookkeeping = new Set([
  'Id',
  'LastModifiedDate',
  'LastModifiedById',
  'SystemModstamp',
  'CreatedDate',
  'CreatedById',
]);

/** Fields that differ between two states of a record; the org's own bookkeeping is no change. */
export function changesBetween(before: Row, after: Row): Record<string, { from: Scalar; to: Scalar }> {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.fromEntries(
    [...names]
      .filter((name) => !bookkeeping.has(name) && (before[name] ?? null) !== (after[name] ?? null))
      .map((name) => [name, { from: before[name] ?? null, to: after[name] ?? null }]),
  );
}

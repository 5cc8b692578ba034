import type { Verdict } from '../../golden/judge/verdict.js';

/** What the invariants are held against: read from the database, the broker and the twins' own records, and nothing else. */
export interface Evidence {
  readonly acknowledged: readonly string[];
  readonly archived: readonly ArchivedRow[];
  readonly parked: readonly ParkedRow[];
  /** Archive ids of messages that stand in the outbox, for the first time or for a retry. */
  readonly underWay: ReadonlySet<string>;
  /** Messages that the bus holds, lanes and doors together. */
  readonly onTheBus: number;
  readonly effects: readonly Effect[];
  /** In the order in which they hold: by the OMS's time, or as they were applied. */
  readonly steps: readonly Step[];
  readonly balances: readonly Balance[];
  readonly verdicts: readonly Pick<Verdict, 'number' | 'converged' | 'differences' | 'duplicateEffects' | 'lost'>[];
  /** Effects that nobody asked for, in sentences. */
  readonly strays: readonly string[];
  readonly money: readonly string[];
  readonly owners: readonly { readonly number: string; readonly organization: string; readonly heldBy: string }[];
  readonly peaks: Peaks;
  readonly texts: readonly { readonly where: string; readonly text: string }[];
  /** Values that stand in no text. */
  readonly secrets: readonly string[];
}

export interface ArchivedRow {
  readonly id: string;
  readonly dedupeKey: string | null;
  /** As its sender named it; one that cannot be read is told apart by its bytes. */
  readonly messageId: string | null;
  readonly state: string;
  readonly hasReason: boolean;
  readonly traceId: string | null;
}

export interface ParkedRow {
  readonly archiveId: string | null;
  readonly queue: string;
  readonly sentence: string;
  readonly remedy: string;
}

/** A change that a far side really made. */
export interface Effect {
  readonly side: string;
  /** What was changed, by the name that the business gives it. */
  readonly key: string;
  readonly change: string;
  readonly traceId: string | null;
}

export interface Step {
  readonly subject: string;
  readonly from: string | null;
  readonly to: string;
}

export interface Balance {
  readonly subject: string;
  readonly ordered: number;
  readonly counted: number;
}

export interface Peaks {
  readonly rssMb: number;
  readonly files: number;
  readonly connections: number;
}

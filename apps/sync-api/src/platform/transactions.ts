import type { CustomerLedgerWriter, OrderLedgerWriter } from '@tandem/domain';
import type { FeedCursorWriter } from './feed-cursors.js';
import type {
  ArchiveRecord,
  ArchiveState,
  Claimed,
  GroupName,
  InboxEntry,
  Message,
  MessageId,
  MessageName,
  ParkedMessage,
  ParkedSelection,
  QueueName,
  Replay,
} from '@tandem/messaging';

/** What may be changed together. All of it commits, or none. */
export interface Transaction {
  /** First of all: those of the messages whose effect on this queue is still to be made. */
  claim(queue: QueueName, messages: readonly MessageId[]): Promise<ReadonlySet<MessageId>>;
  readonly orders: OrderLedgerWriter;
  readonly customers: CustomerLedgerWriter;
  readonly audit: AuditTrail;
  /** Messages for others; sent once this is committed. */
  send(messages: readonly Message[]): Promise<void>;
  readonly archive: ArchiveWriter;
  /** Tells the new foreign messages of a source from the repeated ones, and remembers them. */
  claimForeign<Entry extends InboxEntry>(source: string, entries: readonly Entry[]): Promise<Claimed<Entry>>;
  /** Sets messages aside with their reason, for a person. */
  park(messages: readonly ParkedMessage[]): Promise<void>;
  /**
   * Takes away what is parked of these keys and asked for what a later message of its name has now done. Yields how many there were.
   */
  overtake(
    queue: QueueName,
    name: MessageName,
    of: readonly { readonly site: string; readonly key: string }[],
  ): Promise<number>;
  /** Gives every message that was set aside for this reason back to its queue. Yields how many there were. */
  release(group: GroupName): Promise<number>;
  /** Begins to give back the parked messages that are meant, so many a second. */
  beginReplay(selection: ParkedSelection, perSecond: number): Promise<Replay>;
  /** Undefined where there is no such replay. */
  stopReplay(id: string): Promise<Replay | undefined>;
  readonly answers: AnswerBook;
  /** How far the channels of the CRM are read. */
  readonly feeds: FeedCursorWriter;
}

export interface ArchiveWriter {
  /** Keeps foreign messages as they came; yields their archive ids in the order given. */
  store(records: readonly ArchiveRecord[]): Promise<readonly string[]>;
  mark(ids: readonly string[], state: ArchiveState, reason?: object): Promise<void>;
}

/** Who did what, for good. Holds ids and amounts, never a person. */
export abstract class AuditTrail {
  abstract note(entries: readonly AuditEntry[]): Promise<void>;
}

export interface AuditEntry {
  readonly action: string;
  /** What it was done to, such as an order key. */
  readonly subject: string;
  readonly actor: string;
  readonly messageId?: string | undefined;
  readonly archiveId?: string | undefined;
  readonly traceparent?: string | undefined;
  readonly details?: Readonly<Record<string, string | number | boolean>>;
}

/** Answers that were given under an idempotency key. */
export abstract class AnswerBook {
  /**
   * The answer that this key has, giving it this one where it has none yet. A second caller with the key waits until the first one's
   * transaction ends. The hash tells whether the key was used for the same request.
   */
  abstract answerOnce<Answer extends object>(key: IdempotencyKey, answer: Answer): Promise<GivenAnswer<Answer>>;
}

export interface IdempotencyKey {
  /** Whose keys these are, such as a path. */
  readonly scope: string;
  readonly key: string;
  readonly requestHash: string;
}

export type GivenAnswer<Answer> =
  | { readonly kind: 'given-now'; readonly answer: Answer }
  | { readonly kind: 'given-before'; readonly answer: Answer }
  | { readonly kind: 'key-used-otherwise' };

/** State, audit and messages change together. Calls to the far sides stay outside. */
export abstract class Transactions {
  /** Conflicts are ConflictFaults, a lost database is a TransientFault. Wakes the outbox relay after commit. */
  abstract run<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>;
}

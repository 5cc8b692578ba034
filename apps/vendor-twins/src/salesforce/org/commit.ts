import type { Caller } from './journal.js';
import type { Row, SObject } from './schema.js';

/** A record that a transaction has changed. */
export interface RecordChange {
  kind: 'create' | 'update' | 'delete';
  object: SObject;
  id: string;
  before: Row | undefined;
  after: Row;
  caller: Caller;
}

/** A platform event that a transaction has published. */
export interface PublishedEvent {
  kind: 'event';
  object: SObject;
  uuid: string;
  row: Row;
}

export type Happening = RecordChange | PublishedEvent;

/** What a transaction has done so far. The listener hears of it once, when it has committed; never of what was undone. */
export class Commit {
  private pending: Happening[] = [];
  private listener: (happenings: readonly Happening[]) => void = () => undefined;

  onCommit(listener: (happenings: readonly Happening[]) => void) {
    this.listener = listener;
  }

  add(happening: Happening, onRollback: (undo: () => void) => void) {
    this.pending.push(happening);
    onRollback(() => this.pending.pop());
  }

  /** Heard of at once, whatever becomes of the transaction: an event that is published immediately (§3.2). */
  addNow(happening: Happening) {
    this.listener([happening]);
  }

  /** The outermost transaction has ended. */
  ended() {
    const happenings = this.pending;
    this.pending = [];
    if (happenings.length > 0) this.listener(happenings);
  }
}

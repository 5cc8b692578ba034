import type { CrmChannel, CrmCursor } from '@tandem/domain';

/**
 * Which replica reads a channel, and how far it is read. One reads at a time: what a channel delivers is counted by the CRM for each reader,
 * and two of them would move the cursor back and forth.
 */
export abstract class FeedCursors {
  /** Takes the channel, or keeps it, for so many milliseconds. Undefined where another replica has it. */
  abstract hold(channel: CrmChannel, holder: string, forMs: number): Promise<HeldFeed | undefined>;

  /** Gives the channel to whoever asks next. Harmless where we do not have it. */
  abstract release(channel: CrmChannel, holder: string): Promise<void>;
}

export interface HeldFeed {
  /** Undefined where the channel was never read. */
  readonly cursor: CrmCursor | undefined;
}

export abstract class FeedCursorWriter {
  /** Throws a ConflictFault where the channel is no longer ours: then nothing of the transaction counts. */
  abstract advance(channel: CrmChannel, holder: string, position: Uint8Array): Promise<void>;
}

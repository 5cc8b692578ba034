import type { CrmChannel, CrmCursor } from '@tandem/domain';
import type { DutyToken } from '@tandem/messaging';

/**
 * How far the channels are read. To read one is a duty of one replica at a time: what a channel delivers is counted by the CRM for each
 * reader, and two of them would move the cursor back and forth.
 */
export abstract class FeedCursors {
  /** Where the channel is to be read on from; undefined where it was never read, which is so once. */
  abstract open(channel: CrmChannel): Promise<CrmCursor | undefined>;
}

export abstract class FeedCursorWriter {
  /** Throws a ConflictFault where somebody else has the duty by now: then nothing of the transaction counts. */
  abstract advance(channel: CrmChannel, duty: DutyToken, position: Uint8Array): Promise<void>;
}

import type { EntityManager } from 'typeorm';
import { messageId, type MessageId } from '../envelope.js';

/** Messages of ours whose effect is already committed, per queue. */
export class HandledMessages {
  /**
   * Claims messages for a queue; the first thing in the transaction that commits their effect. Yields those whose effect is still to be
   * made; the others are done. Repeats within the batch are claimed once. A claim goes with the transaction that made it.
   */
  async claim(tx: EntityManager, queue: string, ids: readonly MessageId[]): Promise<ReadonlySet<MessageId>> {
    // Sorted, so that two claimers of the same messages wait for each other and never in a circle.
    const sorted = [...new Set(ids)].sort();
    const rows = await tx.query<{ message_id: string }[]>(
      `INSERT INTO handled_messages (queue, message_id) SELECT $1, unnest($2::uuid[]) ON CONFLICT DO NOTHING RETURNING message_id`,
      [queue, sorted],
    );
    return new Set(rows.map((row) => messageId(row.message_id)));
  }
}

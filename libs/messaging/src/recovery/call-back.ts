import type { UnitOfWork } from '../outbox/unit-of-work.js';
import type { Reopened } from './connection-breakers.js';

/**
 * Makes due what waits for connections that are well again: what has failed of them, and all that waits without a fault of its own. What
 * still stands behind another message of its key is told so when it arrives.
 */
export async function callBack(work: UnitOfWork, reopened: readonly Reopened[]): Promise<void> {
  for (const { site, codes } of reopened) {
    await work.run((tx) =>
      tx.query(
        `WITH waiting AS (
           SELECT id FROM outbox_messages
           WHERE returned AND sent_at IS NULL AND next_attempt_at > statement_timestamp() AND site = $1
             AND (last_fault IS NULL OR last_fault = ANY ($2::text[]))
           ORDER BY id FOR UPDATE SKIP LOCKED)
         UPDATE outbox_messages o SET next_attempt_at = statement_timestamp() FROM waiting WHERE o.id = waiting.id`,
        [site, codes],
      ),
    );
  }
}

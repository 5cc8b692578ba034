import type { EntityManager } from 'typeorm';

/**
 * Puts parked messages of ours back into the outbox as they were, in the order that they were parked in; yields the ids that they were
 * parked under.
 */
export async function putBack(
  tx: EntityManager,
  condition: string,
  values: readonly (string | number | null)[],
  atMost = Number.MAX_SAFE_INTEGER,
): Promise<readonly bigint[]> {
  // In the order of the ids, so that two that release the same messages never wait for each other in a circle.
  const rows = await tx.query<{ id: string }[]>(
    `WITH chosen AS (
       SELECT id FROM parked_messages WHERE message_id IS NOT NULL AND ${condition} ORDER BY id LIMIT ${atMost} FOR UPDATE),
     freed AS (DELETE FROM parked_messages WHERE id IN (SELECT id FROM chosen) RETURNING *),
     sent AS (INSERT INTO outbox_messages (queue, message_id, name, key, site, archive_id, envelope)
       SELECT queue, message_id, name, key, site, archive_id, envelope FROM freed ORDER BY id),
     marked AS (UPDATE message_archive SET state = 'waiting' WHERE id IN (SELECT archive_id FROM freed))
     SELECT id FROM freed ORDER BY id`,
    [...values],
  );
  return rows.map(({ id }) => BigInt(id));
}

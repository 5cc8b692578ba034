import type { ArchivedRow, Evidence, ParkedRow } from './evidence.js';

/** Asks a database: the rows of a statement. */
export type Ask = <T extends object>(statement: string) => Promise<readonly T[]>;

/** What the database says became of the messages. */
export async function readKept(ask: Ask): Promise<Pick<Evidence, 'archived' | 'parked' | 'underWay'>> {
  const archived = await ask<{ [K in keyof ArchivedRow]: ArchivedRow[K] }>(
    `SELECT id::text, dedupe_key AS "dedupeKey", headers->>'message-id' AS "messageId", state, reason IS NOT NULL AS "hasReason",
       trace_id AS "traceId" FROM message_archive`,
  );
  const parked = await ask<{ [K in keyof ParkedRow]: ParkedRow[K] }>(
    `SELECT archive_id::text AS "archiveId", queue, coalesce(reason->>'sentence', '') AS sentence,
       coalesce(reason->>'remedy', '') AS remedy FROM parked_messages`,
  );
  // A note that it waits brings nothing back, nor does one that it was sent: it must stand in the outbox, or on the bus.
  const underWay = await ask<{ id: string }>(
    `SELECT DISTINCT archive_id::text AS id FROM outbox_messages WHERE sent_at IS NULL`,
  );
  return { archived, parked, underWay: new Set(underWay.map(({ id }) => id)) };
}

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
  // What waits for a retry stands in the outbox as well; a note of it alone brings nothing back.
  const underWay = await ask<{ id: string }>(`SELECT DISTINCT archive_id::text AS id FROM outbox_messages`);
  return { archived, parked, underWay: new Set(underWay.map(({ id }) => id)) };
}

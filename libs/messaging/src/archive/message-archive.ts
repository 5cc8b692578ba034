import type { EntityManager } from 'typeorm';
import { redactHeaders } from './redact-headers.js';
import { sha256, storableJson, storableOrNull, storableText } from './storable.js';

/** A foreign message to be kept, exactly as it came or went. */
export interface ArchiveRecord {
  /** The door it came by, such as `manhattan.order-events`. */
  readonly source: string;
  readonly direction: 'inbound' | 'outbound';
  readonly body: Buffer;
  readonly contentType?: string | undefined;
  readonly headers?: Readonly<Record<string, unknown>> | undefined;
  readonly site?: string | undefined;
  readonly organization?: string | undefined;
  readonly businessKey?: string | undefined;
  readonly dedupeKey?: string | undefined;
  readonly traceId?: string | undefined;
}

export type ArchiveState = 'received' | 'done' | 'waiting' | 'parked' | 'duplicate';

export interface ArchivedMessage {
  readonly id: string;
  readonly source: string;
  readonly receivedAt: Date;
  readonly site: string | undefined;
  readonly organization: string | undefined;
  readonly businessKey: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly contentType: string | undefined;
  readonly body: Buffer;
  readonly state: ArchiveState;
}

/** Every foreign message, with what became of it. Its id is what traces start from. */
export class MessageArchive {
  /** Keeps messages; yields their ids in the order given. Secrets in headers are not kept. One statement, whatever the number. */
  async store(tx: EntityManager, records: readonly ArchiveRecord[]): Promise<string[]> {
    const rows = await tx.query<{ id: string }[]>(
      `INSERT INTO message_archive
         (source, direction, site, organization, business_key, headers, content_type, body, body_hash, dedupe_key, trace_id)
       SELECT source, direction, site, organization, business_key, headers, content_type, substring($8::bytea FROM first FOR length), body_hash,
         dedupe_key, trace_id
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::jsonb[], $7::text[], $9::text[], $10::text[], $11::text[],
                   $12::int[], $13::int[])
         WITH ORDINALITY AS m (source, direction, site, organization, business_key, headers, content_type, body_hash, dedupe_key, trace_id,
                               first, length, place)
       ORDER BY place RETURNING id`,
      columnsOf(records),
    );
    return rows.map(({ id }) => id).sort((a, b) => Number(BigInt(a) - BigInt(b)));
  }

  /** The messages of these ids, lowest first; an unknown id yields none. */
  async read(tx: EntityManager, ids: readonly string[]): Promise<ArchivedMessage[]> {
    const rows = await tx.query<ArchiveRow[]>(
      `SELECT id, source, received_at, site, organization, business_key, headers, content_type, body, state
       FROM message_archive WHERE id = ANY ($1::bigint[]) ORDER BY id`,
      [ids],
    );
    return rows.map(archivedOf);
  }

  /** Says what became of messages at the door. A reason is for people: no personal values, no secrets. */
  async mark(tx: EntityManager, ids: readonly string[], state: ArchiveState, reason?: object): Promise<void> {
    if (ids.length === 0) return;
    await tx.query(`UPDATE message_archive SET state = $2, reason = $3::jsonb WHERE id = ANY ($1::bigint[])`, [
      ids,
      state,
      reason === undefined ? null : storableJson(reason),
    ]);
  }

  /**
   * Derives the state anew from what is parked and what waits: one foreign message may have led to many of ours, and the worst of them
   * counts. Who settles another of those at this moment is waited for before one looks: what it found would else be overwritten.
   */
  async settle(tx: EntityManager, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    // In the order of the ids, so that two settlements never wait for each other in a circle.
    const held = tx.query('SELECT FROM message_archive WHERE id = ANY ($1::bigint[]) ORDER BY id FOR NO KEY UPDATE', [
      ids,
    ]);
    const told = tx.query(
      `WITH parked AS (
         SELECT DISTINCT ON (archive_id) archive_id, reason FROM parked_messages WHERE archive_id = ANY ($1::bigint[])
         ORDER BY archive_id, id),
       waiting AS (SELECT archive_id FROM waiting_messages WHERE archive_id = ANY ($1::bigint[])),
       fate AS (
         SELECT a.id, p.reason, CASE WHEN p.archive_id IS NOT NULL THEN 'parked'
           WHEN a.id IN (SELECT archive_id FROM waiting) THEN 'waiting' ELSE 'done' END AS state
         FROM message_archive a LEFT JOIN parked p ON p.archive_id = a.id
         WHERE a.id = ANY ($1::bigint[]))
       UPDATE message_archive a SET state = fate.state, reason = fate.reason FROM fate
       WHERE a.id = fate.id AND (a.state, a.reason) IS DISTINCT FROM (fate.state, fate.reason)`,
      [ids],
    );
    await Promise.all([held, told]);
  }
}

function columnsOf(records: readonly ArchiveRecord[]): unknown[] {
  return [
    records.map(({ source }) => source),
    records.map(({ direction }) => direction),
    records.map(({ site }) => storableOrNull(site)),
    records.map(({ organization }) => storableOrNull(organization)),
    records.map(({ businessKey }) => storableOrNull(businessKey)),
    records.map(({ headers = {} }) => storableJson(redactHeaders(headers))),
    records.map(({ contentType }) => storableOrNull(contentType)),
    // All bodies as one: in an array each byte would travel as two letters.
    Buffer.concat(records.map(({ body }) => body)),
    records.map(({ body }) => sha256(body)),
    records.map(({ dedupeKey }) => storableOrNull(dedupeKey)),
    records.map(({ traceId }) => (traceId === undefined ? null : storableText(traceId))),
    firstBytes(records),
    records.map(({ body }) => body.length),
  ];
}

/** Where each body begins, from 1. */
function firstBytes(records: readonly ArchiveRecord[]): number[] {
  let next = 1;
  return records.map(({ body }) => {
    const first = next;
    next += body.length;
    return first;
  });
}

interface ArchiveRow {
  readonly id: string;
  readonly source: string;
  readonly received_at: Date;
  readonly site: string | null;
  readonly organization: string | null;
  readonly business_key: string | null;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly content_type: string | null;
  readonly body: Buffer;
  readonly state: ArchiveState;
}

const archivedOf = (row: ArchiveRow): ArchivedMessage => ({
  id: row.id,
  source: row.source,
  receivedAt: row.received_at,
  site: row.site ?? undefined,
  organization: row.organization ?? undefined,
  businessKey: row.business_key ?? undefined,
  headers: row.headers,
  contentType: row.content_type ?? undefined,
  body: row.body,
  state: row.state,
});

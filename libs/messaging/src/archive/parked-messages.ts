import type { EntityManager } from 'typeorm';
import type { MessageName } from '../catalog.js';
import { MessageArchive } from './message-archive.js';
import type { ParkReason } from './park-reason.js';
import { putBack } from './put-back.js';
import { storableJson, storableText } from './storable.js';

export interface ParkedMessage {
  /** The queue on which it failed, or the door by which it came. */
  readonly queue: string;
  /** Missing where the message is not one of ours, or could not be read. */
  readonly messageId: string | undefined;
  readonly name: string;
  readonly key: string;
  readonly site: string;
  /** As it travelled. */
  readonly envelope: string;
  readonly archiveId: string | undefined;
  readonly reason: ParkReason;
  readonly attempts: number;
}

export interface ParkedEntry extends ParkedMessage {
  readonly id: string;
  readonly parkedAt: Date;
}

/** Messages set aside with their reason, for a person. Nothing takes them away but a replay, and a later message that did what they asked. */
export class ParkedMessages {
  /** Sets messages aside. One that is parked already on its queue keeps its place and takes the new reason. */
  async park(tx: EntityManager, messages: readonly ParkedMessage[]): Promise<void> {
    if (messages.length === 0) return;
    await tx.query(
      `INSERT INTO parked_messages (queue, message_id, name, key, site, envelope, archive_id, reason, attempts)
       SELECT * FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::jsonb[], $9::int[])
       ON CONFLICT (queue, message_id) DO UPDATE
         SET reason = excluded.reason, attempts = excluded.attempts, envelope = excluded.envelope, parked_at = now()`,
      [
        messages.map(({ queue }) => queue),
        messages.map(({ messageId }) => messageId ?? null),
        messages.map(({ name }) => storableText(name)),
        messages.map(({ key }) => storableText(key)),
        messages.map(({ site }) => storableText(site)),
        messages.map(({ envelope }) => storableText(envelope)),
        messages.map(({ archiveId }) => archiveId ?? null),
        messages.map(({ reason }) => storableJson(reason)),
        messages.map(({ attempts }) => attempts),
      ],
    );
  }

  /** The latest parked messages, newest first. */
  async list(tx: EntityManager, limit: number): Promise<ParkedEntry[]> {
    const rows = await tx.query<ParkedRow[]>(
      `SELECT id, queue, message_id, name, key, site, envelope, archive_id, reason, attempts, parked_at
       FROM parked_messages ORDER BY parked_at DESC, id DESC LIMIT $1`,
      [limit],
    );
    return rows.map(entryOf);
  }

  /** What is parked, by what it failed of: largest group first. Values in different places of a message are one. */
  async groups(tx: EntityManager, limit: number): Promise<ParkedGroup[]> {
    return tx.query<ParkedGroup[]>(
      `SELECT ${CODE} AS code, ${FIELD} AS field, ${VALUE} AS value, count(*)::int AS count,
         count(*) FILTER (WHERE message_id IS NOT NULL)::int AS releasable, count(DISTINCT (site, key))::int AS keys,
         min(parked_at) AS since, (array_agg(reason->>'sentence' ORDER BY id DESC))[1] AS sentence
       FROM parked_messages GROUP BY 1, 2, 3 ORDER BY count DESC, 1, 2, 3 LIMIT $1`,
      [limit],
    );
  }

  /**
   * Puts every message of a group back into the outbox, as `replay` does with one, in the order that they were parked in; yields how many.
   * What was never a message of ours stays. Wake the relay after the commit.
   */
  async release(tx: EntityManager, { code, field, value }: GroupName): Promise<number> {
    const freed = await putBack(
      tx,
      `${CODE} = $1 AND ${FIELD} IS NOT DISTINCT FROM $2 AND ${VALUE} IS NOT DISTINCT FROM $3`,
      [...[code, field, value]],
    );
    return freed.length;
  }

  /**
   * Takes away the parked messages of these keys that ask for what a later message of the same name has just done: replaying them would
   * change nothing. Yields how many there were; their archived messages count as done where nothing else is outstanding.
   */
  async overtake(tx: EntityManager, queue: string, name: MessageName, of: readonly Overtaken[]): Promise<number> {
    if (of.length === 0) return 0;
    const [gone] = await tx.query<[{ archive_id: string | null }[], number]>(
      `DELETE FROM parked_messages p USING unnest($3::text[], $4::text[]) AS m (site, key)
       WHERE p.queue = $1 AND p.name = $2 AND p.site = m.site AND p.key = m.key RETURNING p.archive_id`,
      [queue, name, of.map(({ site }) => site), of.map(({ key }) => key)],
    );
    await new MessageArchive().settle(tx, [...new Set(gone.flatMap(({ archive_id: id }) => id ?? []))]);
    return gone.length;
  }

  /**
   * Puts a parked message back into the outbox, with the same envelope and so the same id, its attempts counted anew; yields on how
   * many queues it had been parked (0: not parked, or no longer). Wake the relay after the commit.
   */
  async replay(tx: EntityManager, messageId: string): Promise<number> {
    return (await putBack(tx, 'message_id = $1', [messageId])).length;
  }
}

const CODE = `reason->>'code'`;
/** Without the places in lists: `OrderLine[3].StatusId` is the field of every line. */
const FIELD = `regexp_replace(reason#>>'{context,field}', '\\[\\d+\\]', '', 'g')`;
const VALUE = `reason#>>'{context,value}'`;

/** What the messages of a group failed of; field and value are null where the fault named none. */
export interface GroupName {
  readonly code: string;
  readonly field: string | null;
  readonly value: string | null;
}

export interface ParkedGroup extends GroupName {
  readonly count: number;
  /** Of them, those that can be put back: the rest could not be read at the door. */
  readonly releasable: number;
  /** How many orders, customers, … they are of. */
  readonly keys: number;
  readonly since: Date;
  /** Of the latest. */
  readonly sentence: string;
}

/** Whose messages are taken away. */
interface Overtaken {
  readonly site: string;
  readonly key: string;
}

interface ParkedRow {
  readonly id: string;
  readonly queue: string;
  readonly message_id: string | null;
  readonly name: string;
  readonly key: string;
  readonly site: string;
  readonly envelope: string;
  readonly archive_id: string | null;
  readonly reason: ParkReason;
  readonly attempts: number;
  readonly parked_at: Date;
}

const entryOf = (row: ParkedRow): ParkedEntry => ({
  id: row.id,
  queue: row.queue,
  messageId: row.message_id ?? undefined,
  name: row.name,
  key: row.key,
  site: row.site,
  envelope: row.envelope,
  archiveId: row.archive_id ?? undefined,
  reason: row.reason,
  attempts: row.attempts,
  parkedAt: row.parked_at,
});

import type { EntityManager } from 'typeorm';
import type { Message } from '../envelope.js';
import { routesOf, topology, type LaneQueue } from '../topology.js';

/** Messages written in the transaction of the change that they tell of; the relay sends them afterwards. */
export class Outbox {
  constructor(private readonly queues: readonly LaneQueue[] = topology) {}

  /**
   * Puts messages in, in order, one row for each queue that wants the message. Part of the caller's transaction: they are sent if
   * and only if it commits. One statement, whatever the number.
   */
  async put(tx: EntityManager, messages: readonly Message[]): Promise<void> {
    const rows = messages.flatMap((message) =>
      routesOf(message.name, this.queues).map((queue) => ({ message, queue: queue.name })),
    );
    if (rows.length === 0) return;
    await tx.query(
      `INSERT INTO outbox_messages (queue, message_id, name, key, site, archive_id, envelope)
       SELECT queue, message_id, name, key, site, archive_id, envelope
       FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[])
         WITH ORDINALITY AS m (queue, message_id, name, key, site, archive_id, envelope, place)
       ORDER BY place`,
      [
        rows.map(({ queue }) => queue),
        rows.map(({ message }) => message.id),
        rows.map(({ message }) => message.name),
        rows.map(({ message }) => message.key),
        rows.map(({ message }) => message.site),
        rows.map(({ message }) => message.archiveId ?? null),
        arrayOfJson(rows.map(({ message }) => JSON.stringify(message))),
      ],
    );
  }
}

/**
 * Texts of JSON as a literal of a PostgreSQL array. They hold no control characters, so that JSON's own escapes are PostgreSQL's too; the
 * driver would escape letter by letter, at a multiple of the time.
 */
const arrayOfJson = (texts: readonly string[]) => `{${JSON.stringify(texts).slice(1, -1)}}`;

import type { EntityManager } from 'typeorm';
import { putBack } from './put-back.js';
import { storableJson } from './storable.js';

/** Which parked messages are meant; what is not said does not matter. */
export interface ParkedSelection {
  readonly queue?: string | undefined;
  /** Of the reason. */
  readonly code?: string | undefined;
  /** As the message has it. */
  readonly site?: string | undefined;
  readonly key?: string | undefined;
  /** When they were parked, ISO 8601; both ends included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** What a replay would give back now. */
export interface ParkedCount {
  readonly messages: number;
  readonly keys: number;
  readonly oldest: Date | null;
  readonly newest: Date | null;
}

export interface Replay {
  readonly id: string;
  readonly selection: ParkedSelection;
  readonly perSecond: number;
  readonly state: 'running' | 'stopped' | 'complete';
  /** How many were meant when it was asked for. */
  readonly selected: number;
  /** How many are back on their queues; others may have been released or overtaken otherwise. */
  readonly released: number;
  readonly requestedAt: Date;
  readonly finishedAt: Date | null;
}

const SELECTED = `message_id IS NOT NULL AND coalesce(queue = $1::jsonb->>'queue', true)
  AND coalesce(reason->>'code' = $1::jsonb->>'code', true)
  AND coalesce(site = $1::jsonb->>'site', true) AND coalesce(key = $1::jsonb->>'key', true)
  AND coalesce(parked_at >= ($1::jsonb->>'from')::timestamptz, true)
  AND coalesce(parked_at <= ($1::jsonb->>'to')::timestamptz, true)`;

const REPLAY = `id, selection, per_second AS "perSecond", state, selected, released, requested_at AS "requestedAt",
  finished_at AS "finishedAt"`;

/** Portions a second: so that many a second come evenly, and few one by one. */
const portionsPerSecond = 4;

/**
 * Gives parked messages back to their queues, so many a second, with the ids that they always had: what already had its effect has it
 * once. How far a replay is, is kept in the transaction that gives them back, so that whoever takes the next portion goes on where it
 * stands; two never take the same.
 */
export class Replays {
  async count(tx: EntityManager, selection: ParkedSelection): Promise<ParkedCount> {
    const [row] = await tx.query<ParkedCount[]>(
      `SELECT count(*)::int AS messages, count(DISTINCT (site, key))::int AS keys, min(parked_at) AS oldest, max(parked_at) AS newest
       FROM parked_messages WHERE ${SELECTED}`,
      [storableJson(selection)],
    );
    return row ?? { messages: 0, keys: 0, oldest: null, newest: null };
  }

  /** Begins a replay of what is parked now. */
  async begin(tx: EntityManager, selection: ParkedSelection, perSecond: number): Promise<Replay> {
    const [row] = await tx.query<[Replay]>(
      `INSERT INTO replays (selection, per_second, last_id, selected)
       SELECT $1::jsonb, $2::int, coalesce(max(id), 0), count(*) FROM parked_messages WHERE ${SELECTED} RETURNING ${REPLAY}`,
      [storableJson(selection), perSecond],
    );
    return row;
  }

  /** In how many milliseconds the next portion is due; undefined: no replay is running. */
  async dueInMs(tx: EntityManager): Promise<number | undefined> {
    const [row] = await tx.query<{ ms: number | null }[]>(
      `SELECT (extract(epoch FROM min(next_at) - statement_timestamp()) * 1000)::float8 AS ms FROM replays WHERE state = 'running'`,
    );
    return row?.ms ?? undefined;
  }

  /** Gives the next portion back that is due; yields how many there were, and undefined where none is due that nobody else is at. */
  async step(tx: EntityManager): Promise<number | undefined> {
    const [due] = await tx.query<DueRow[]>(
      `SELECT id, selection, per_second, last_id, passed_id FROM replays
       WHERE state = 'running' AND next_at <= statement_timestamp() ORDER BY next_at, id LIMIT 1 FOR UPDATE SKIP LOCKED`,
    );
    if (!due) return undefined;
    const portion = Math.ceil(due.per_second / portionsPerSecond);
    const bounds = [due.passed_id, due.last_id];
    const condition = `${SELECTED} AND id > $2::bigint AND id <= $3::bigint`;
    const released = await putBack(tx, condition, [storableJson(due.selection), ...bounds], portion);
    const isLast = released.length < portion;
    await tx.query(
      `UPDATE replays SET released = released + $2, passed_id = $3, next_at = statement_timestamp() + $4 * interval '1 second',
         state = CASE WHEN $5 THEN 'complete' ELSE state END, finished_at = CASE WHEN $5 THEN now() END WHERE id = $1`,
      [due.id, released.length, String(released.at(-1) ?? due.passed_id), released.length / due.per_second, isLast],
    );
    return released.length;
  }

  /** What it has given back stays given back. Yields undefined where there is no such one; one that has ended stays as it is. */
  async stop(tx: EntityManager, id: string): Promise<Replay | undefined> {
    await tx.query(
      `UPDATE replays SET state = 'stopped', finished_at = now() WHERE id::text = $1 AND state = 'running'`,
      [id],
    );
    return this.find(tx, id);
  }

  async find(tx: EntityManager, id: string): Promise<Replay | undefined> {
    const [row] = await tx.query<Replay[]>(`SELECT ${REPLAY} FROM replays WHERE id::text = $1`, [id]);
    return row;
  }

  /** The latest first. */
  latest(tx: EntityManager, limit: number): Promise<Replay[]> {
    return tx.query<Replay[]>(`SELECT ${REPLAY} FROM replays ORDER BY id DESC LIMIT $1`, [limit]);
  }
}

interface DueRow {
  readonly id: string;
  readonly selection: ParkedSelection;
  readonly per_second: number;
  readonly last_id: string;
  readonly passed_id: string;
}

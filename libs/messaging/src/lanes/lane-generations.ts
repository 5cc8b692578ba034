import type { DataSource, EntityManager } from 'typeorm';
import { defaultLanes } from '../topology.js';

/** None is kept where the number was never changed. */
const live = `SELECT lanes FROM lane_generations ORDER BY id DESC`;

/**
 * Who writes to the outbox is through when this is granted, and who comes later draws a higher number and is seen by nobody who does not
 * see the new generation as well.
 */
const holdWriters = `SET LOCAL lock_timeout = '20s'; LOCK TABLE outbox_messages IN SHARE ROW EXCLUSIVE MODE`;
const keepTheFirst = `INSERT INTO lane_generations (lanes, begins_after) SELECT $1, 0 WHERE NOT EXISTS (SELECT FROM lane_generations)`;
const begin = `INSERT INTO lane_generations (lanes, begins_after) SELECT $1, last_value FROM outbox_messages_id_seq`;

/** The last one stays. Up to where it begins, a message may stand in a lane of any of those before it. */
const forget = `DELETE FROM lane_generations WHERE id < (SELECT max(id) FROM lane_generations) AND NOT EXISTS (
  SELECT FROM outbox_messages WHERE id <= (SELECT max(begins_after) FROM lane_generations))`;

const elsewhere = `SELECT m.position FROM unnest($2::bigint[], $3::text[]) AS m (position, key) WHERE EXISTS (
  SELECT FROM outbox_messages o WHERE o.id <= (SELECT max(begins_after) FROM lane_generations) AND o.id < m.position
    AND o.queue = $1 AND o.key = m.key AND o.id <> ALL ($2::bigint[]))`;

/** How long a message waits before it is looked again whether the earlier one is settled. Milliseconds. */
const elsewhereMs = 250;

/**
 * Into how many lanes keys are sorted, for all replicas at a time: the relay asks with each batch. A change begins a new generation; it is
 * under way until every message that may have been sent by an older one is settled, and as long a message waits while an earlier one of its
 * key is not, wherever that stands (see `waitingAhead`).
 */
export class LaneGenerations {
  constructor(private readonly database: DataSource) {}

  /** Makes this the number that all replicas send by. Its lanes must be there. */
  async begin(lanes: number): Promise<void> {
    if ((await this.current(this.database.manager)) === lanes) return;
    await this.database.transaction('READ COMMITTED', async (tx) => {
      await tx.query(holdWriters);
      const before = await this.current(tx);
      if (before === lanes) return;
      await tx.query(keepTheFirst, [before]);
      await tx.query(begin, [lanes]);
    });
  }

  /** All numbers that unsettled messages may have been sent by, the current one first; none where it was never changed. */
  async live(): Promise<readonly number[]> {
    return (await this.database.query<{ lanes: number }[]>(live)).map(({ lanes }) => lanes);
  }

  /**
   * While a change is under way: for each place whose key has an earlier message that may stand in another lane and is not settled yet,
   * other than those in this very batch, for how many milliseconds to wait.
   */
  async waitingElsewhere(
    queue: string,
    placed: readonly { readonly position: string; readonly key: string }[],
  ): Promise<readonly (readonly [string, number])[]> {
    const values = [queue, placed.map(({ position }) => position), placed.map(({ key }) => key)];
    const rows = await this.database.query<{ position: string }[]>(elsewhere, values);
    return rows.map(({ position }) => [position, elsewhereMs]);
  }

  /** Ends a change of which nothing is left. May be called at any time. */
  async forgetSettled(): Promise<void> {
    await this.database.query(forget);
  }

  private async current(manager: EntityManager): Promise<number> {
    const [row] = await manager.query<{ lanes: number }[]>(`${live} LIMIT 1`);
    return row?.lanes ?? defaultLanes;
  }
}

import type { DataSource } from 'typeorm';
import type { MessageBus } from '../bus/message-bus.js';
import { LaneGenerations } from '../lanes/lane-generations.js';
import { laneName, laneOf } from '../topology.js';

export interface LostMessagesSettings {
  readonly lookEveryMs: number;
  /** Long enough to be taken and settled where nothing stands before it. One still in hand is then sent twice, which harms nothing. */
  readonly settledWithinMs: number;
}

export const defaultLostMessages: LostMessagesSettings = { lookEveryMs: 5_000, settledWithinMs: 10_000 };

const mostAtOnce = 5_000;

const overdue = `SELECT id, queue, key FROM outbox_messages
  WHERE sent_at < statement_timestamp() - $1 * interval '1 millisecond' AND queue = ANY ($2::text[]) ORDER BY id LIMIT $3`;

const sendAgain = `UPDATE outbox_messages SET sent_at = NULL, returned = true
  WHERE id = ANY ($1::bigint[]) AND sent_at < statement_timestamp() - $2 * interval '1 millisecond'`;

/**
 * Finds what the bus took and no longer has: somebody deleted a queue, or emptied it. A message that was sent a while ago, is not settled,
 * and whose lane holds nothing, is sent again.
 */
export class LostMessages {
  private lookedAt = performance.now();
  private looking = false;
  private readonly generations: LaneGenerations;

  constructor(
    private readonly database: DataSource,
    private readonly bus: MessageBus,
    private readonly lanes: ReadonlyMap<string, number>,
    private readonly settings: LostMessagesSettings,
  ) {
    this.generations = new LaneGenerations(database);
  }

  /** Looks where the time has come; may be called at any time. */
  async look(): Promise<void> {
    if (this.looking || performance.now() < this.lookedAt + this.settings.lookEveryMs) return;
    this.looking = true;
    try {
      await this.generations.forgetSettled();
      await this.giveBack(await this.emptyLanes());
    } finally {
      this.lookedAt = performance.now();
      this.looking = false;
    }
  }

  private async emptyLanes(): Promise<ReadonlySet<string>> {
    const depths = await this.bus.depths();
    return new Set(depths.filter(({ messages }) => messages === 0).map(({ queue }) => queue));
  }

  private async giveBack(empty: ReadonlySet<string>): Promise<void> {
    const changed = await this.generations.live();
    const countsOf = (queue: string) => (changed.length > 0 ? changed : [this.lanes.get(queue) ?? 1]);
    // While the number of lanes changes, it may stand in more than one.
    const isInNone = ({ queue, key }: SentRow) =>
      countsOf(queue).every((count) => empty.has(laneName(queue, laneOf(key, count))));
    const queues = [...this.lanes].filter(([queue]) =>
      Array.from({ length: Math.max(...countsOf(queue)) }, (_, lane) => laneName(queue, lane)).some((name) =>
        empty.has(name),
      ),
    );
    if (queues.length === 0) return;
    const { settledWithinMs } = this.settings;
    const values = [settledWithinMs, queues.map(([queue]) => queue), mostAtOnce];
    const rows = await this.database.query<SentRow[]>(overdue, values);
    const gone = rows.filter(isInNone);
    if (gone.length > 0) await this.database.query(sendAgain, [gone.map(({ id }) => id), settledWithinMs]);
  }
}

interface SentRow {
  readonly id: string;
  readonly queue: string;
  readonly key: string;
}

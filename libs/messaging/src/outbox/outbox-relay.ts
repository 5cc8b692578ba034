import type { DataSource, EntityManager } from 'typeorm';
import type { MessageBus, RoutedMessage } from '../bus/message-bus.js';
import { laneOf, topology, type LaneQueue } from '../topology.js';
import { WakeableLoop } from '../wakeable-loop.js';

export interface RelayOptions {
  readonly queues?: readonly LaneQueue[];
  /** The most messages in one transaction. */
  readonly batchSize?: number;
  /** How often it looks unasked: for retries that fell due, and for messages of a replica that died. */
  readonly pollMs?: number;
  /** Told of every failed round. The messages stay in the outbox. */
  readonly onFailure: (error: unknown) => void;
}

export interface RelayLag {
  /** Messages that are due and not yet sent. */
  readonly due: number;
  /** Age of the oldest of them, in milliseconds; 0 when there is none. */
  readonly oldestMs: number;
}

interface OutboxRow {
  readonly id: string;
  readonly queue: string;
  readonly message_id: string;
  readonly name: string;
  readonly key: string;
  readonly attempts: number;
  readonly envelope: string;
}

/**
 * One relay at a time among all replicas, else two could send one key's messages crosswise; the others wait for the lock. A relay that
 * stands still with the lock in hand (a paused process) is thrown out by the database, which gives the lock to the next.
 */
const takeTurn = `SELECT set_config('idle_in_transaction_session_timeout', '30s', true),
  pg_advisory_xact_lock(hashtextextended('tandem.outbox-relay', 0))`;

const claim = `WITH claimed AS (
  DELETE FROM outbox_messages WHERE id IN (
    SELECT id FROM outbox_messages WHERE next_attempt_at <= statement_timestamp() AND queue = ANY ($2::text[])
    ORDER BY id FOR UPDATE SKIP LOCKED LIMIT $1)
  RETURNING id, queue, message_id, name, key, attempts, envelope)
  SELECT * FROM claimed ORDER BY id`;

/** Sends what stands in the outbox, in its order, at least once: a row goes only when the bus safely holds its message. */
export class OutboxRelay {
  private readonly loop: WakeableLoop;
  private readonly lanes: ReadonlyMap<string, number>;
  private readonly batchSize: number;

  constructor(
    private readonly database: DataSource,
    private readonly bus: MessageBus,
    { queues = topology, batchSize = 500, pollMs = 500, onFailure }: RelayOptions,
  ) {
    this.lanes = new Map(queues.map((queue) => [queue.name, queue.lanes]));
    this.batchSize = batchSize;
    this.loop = new WakeableLoop(
      () => this.drain(),
      () => pollMs,
      onFailure,
    );
  }

  start(): void {
    this.loop.start();
  }

  /** Says that messages were committed. Cheap, never fails, may be called at any time. */
  wake(): void {
    this.loop.wake();
  }

  /** Resolves when the batch in hand is settled. */
  async stop(): Promise<void> {
    await this.loop.stop();
  }

  /** For /health: how far behind the sending is. */
  async lag(): Promise<RelayLag> {
    const [row] = await this.database.query<{ due: string; oldest_ms: number }[]>(
      `SELECT count(*) AS due, coalesce(extract(epoch FROM now() - min(next_attempt_at)) * 1000, 0)::float8 AS oldest_ms
       FROM outbox_messages WHERE next_attempt_at <= now()`,
    );
    return { due: Number(row?.due ?? 0), oldestMs: row?.oldest_ms ?? 0 };
  }

  private async drain(): Promise<void> {
    let sent = this.batchSize;
    while (sent === this.batchSize && !this.loop.stopped) {
      sent = await this.database.transaction('READ COMMITTED', (tx) => this.sendBatch(tx));
    }
  }

  private async sendBatch(tx: EntityManager): Promise<number> {
    await tx.query(takeTurn);
    const rows = await tx.query<OutboxRow[]>(claim, [this.batchSize, [...this.lanes.keys()]]);
    if (rows.length > 0) await this.bus.publish(rows.map((row) => this.route(row)));
    return rows.length;
  }

  private route(row: OutboxRow): RoutedMessage {
    return {
      queue: row.queue,
      lane: laneOf(row.key, this.lanes.get(row.queue) ?? 1),
      messageId: row.message_id,
      name: row.name,
      attempts: row.attempts,
      position: row.id,
      body: row.envelope,
    };
  }
}

import type { Pool } from 'pg';
import { redeliveryPauseMs } from '../redelivery-pause.js';
import { WakeableLoop } from '../../wakeable-loop.js';

export interface BusRow {
  readonly id: string;
  readonly message_id: string | null;
  readonly name: string | null;
  readonly attempts: number;
  readonly position: string | null;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly content_type: string | null;
  readonly body: Buffer;
}

export interface LaneReaderOptions {
  readonly pool: Pool;
  /** Physical name of the lane. */
  readonly lane: string;
  readonly batchSize: number;
  /** Whether this replica is the lane's active consumer at this moment. */
  readonly isActive: () => boolean;
  readonly handler: (rows: readonly BusRow[]) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}

/**
 * Reads from the head of the lane, not from a remembered place: a message that commits late with a lower id is thus never skipped.
 * There is nothing to skip over, since a row goes when its batch is acknowledged, and one consumer is active at a time.
 */
const readHead = `SELECT id, message_id, name, attempts, position, headers, content_type, body
  FROM bus_messages WHERE queue = $1 ORDER BY id LIMIT $2`;

/** The owner of the lanes wakes a reader for every message and looks unasked as well; a reader by itself need not. */
const untilWoken = 60_000;

/** One lane of the embedded bus: hands over batch after batch while it is the active consumer. */
export class LaneReader {
  private readonly loop: WakeableLoop;
  private failures = 0;

  constructor(private readonly options: LaneReaderOptions) {
    this.loop = new WakeableLoop(
      () => this.drain(),
      () => (this.failures === 0 ? untilWoken : redeliveryPauseMs(this.failures)),
      options.onFailure,
    );
    this.loop.start();
  }

  get lane(): string {
    return this.options.lane;
  }

  wake(): void {
    this.loop.wake();
  }

  /** Resolves when the running handler has ended and its batch is settled. */
  async close(): Promise<void> {
    await this.loop.stop();
  }

  private async drain(): Promise<void> {
    while (!this.loop.stopped && this.options.isActive() && (await this.handOver()));
  }

  private async handOver(): Promise<boolean> {
    const { pool, lane, batchSize, handler } = this.options;
    try {
      const { rows } = await pool.query<BusRow>({ name: 'bus-read-head', text: readHead, values: [lane, batchSize] });
      if (rows.length === 0) return false;
      await handler(rows);
      const ids = rows.map((row) => row.id);
      await pool.query({
        name: 'bus-acknowledge',
        text: 'DELETE FROM bus_messages WHERE id = ANY ($1::bigint[])',
        values: [ids],
      });
      this.failures = 0;
      return true;
    } catch (error) {
      this.failures += 1;
      throw error;
    }
  }
}

import { TransientFault } from '@tandem/domain';
import { Pool, type ClientConfig } from 'pg';
import { laneName, lanesOf, queueNamed, topology, withLanes, type LaneQueue } from '../../topology.js';
import {
  MessageBus,
  type ConsumeOptions,
  type Delivery,
  type RawDelivery,
  type RoutedMessage,
  type Subscription,
} from '../message-bus.js';
import { within } from '../within.js';
import { busChannel, LaneOwnership } from './lane-ownership.js';
import { LaneReader, type BusRow } from './lane-reader.js';

export interface PostgresMessageBusOptions {
  /** Of the database that holds `bus_messages` (see the messaging migrations). */
  readonly connection: ClientConfig;
  readonly queues?: readonly LaneQueue[];
  readonly pollMs?: number;
  readonly onFailure: (error: unknown) => void;
}

const send = `WITH sent AS (
  INSERT INTO bus_messages (queue, message_id, name, attempts, position, content_type, body)
  SELECT queue, message_id, name, attempts, position, 'application/json', convert_to(body, 'UTF8')
  FROM unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::bigint[], $6::text[])
    WITH ORDINALITY AS m (queue, message_id, name, attempts, position, body, place)
  ORDER BY place)
  SELECT pg_notify($7, $8)`;

/** PostgreSQL refuses a longer payload of a notification, in bytes. */
const longestPayload = 7_999;

/** The message bus kept in a table: for demonstrations and for installations that want no broker. */
export class PostgresMessageBus extends MessageBus {
  private readonly pool: Pool;
  private readonly ownership: LaneOwnership;
  private queues: readonly LaneQueue[];
  private readonly readers = new Map<string, LaneReader>();
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: PostgresMessageBusOptions) {
    super();
    const { connection, queues = topology, pollMs = 1_000, onFailure } = options;
    this.queues = queues;
    this.pool = new Pool({ ...connection, max: 4, keepAlive: true, connectionTimeoutMillis: 5_000 });
    this.pool.on('error', onFailure);
    this.ownership = new LaneOwnership({ connection, pollMs, onFailure, onMessages: (lanes) => this.wake(lanes) });
  }

  override async start(): Promise<void> {
    await this.ownership.start().catch(unavailable);
  }

  override async publish(messages: readonly RoutedMessage[]): Promise<void> {
    if (messages.length === 0) return;
    const lanes = messages.map(({ queue, lane }) => laneName(queue, lane));
    const named = [...new Set(lanes)].join(',');
    const values = [
      lanes,
      messages.map(({ messageId }) => messageId),
      messages.map(({ name }) => name),
      messages.map(({ attempts }) => attempts),
      messages.map(({ position }) => position),
      messages.map(({ body }) => body),
      busChannel,
      Buffer.byteLength(named) > longestPayload ? '' : named,
    ];
    await this.inTurn(() => this.pool.query({ name: 'bus-send', text: send, values })).catch(unavailable);
  }

  /** One after the other: two that commit crosswise would let the later one's messages be taken first. */
  private inTurn(work: () => Promise<unknown>): Promise<unknown> {
    const mine = this.turn.then(work);
    this.turn = mine;
    // Those that wait behind it fail with it; whoever comes later starts anew.
    mine.catch(() => {
      if (this.turn === mine) this.turn = Promise.resolve();
    });
    return mine;
  }

  override async consume(
    queue: string,
    { batchSize, lanes }: ConsumeOptions,
    handler: (batch: readonly Delivery[]) => Promise<void>,
  ) {
    if (lanes !== undefined) this.queues = withLanes(this.queues, queue, lanes);
    return this.read(queue, lanesOf(queueNamed(queue, this.queues)), batchSize, (rows, lane) =>
      handler(rows.map((row) => deliveryOf(row, queue, lane))),
    );
  }

  override consumeExternal(
    queue: string,
    { batchSize }: ConsumeOptions,
    handler: (batch: readonly RawDelivery[]) => Promise<void>,
  ) {
    return this.read(queue, [queue], batchSize, (rows) => handler(rows.map(rawDeliveryOf)));
  }

  override async depths() {
    const lanes = this.queues.flatMap(lanesOf);
    const { rows } = await this.pool.query<{ queue: string; messages: string }>(
      `SELECT lane AS queue, (SELECT count(*) FROM bus_messages WHERE queue = lane) AS messages FROM unnest($1::text[]) AS lane`,
      [lanes],
    );
    return rows.map(({ queue, messages }) => ({ queue, messages: Number(messages) }));
  }

  override async healthy() {
    try {
      await within(5_000, 'An answer of the database', this.pool.query('SELECT'));
    } catch {
      return { up: false, detail: 'The database that holds the messages does not answer.' };
    }
    return this.ownership.connected
      ? { up: true, detail: 'Messages are kept in the database.' }
      : { up: false, detail: 'The connection that listens for messages is lost and is being made anew.' };
  }

  override async close({ graceMs }: { readonly graceMs: number }): Promise<void> {
    await within(graceMs, 'Ending what is in hand', this.giveUp([...this.readers.values()])).catch(
      this.options.onFailure,
    );
    await this.ownership.stop();
    await this.pool.end();
  }

  private async read(
    queue: string,
    lanes: readonly string[],
    batchSize: number,
    handler: (rows: readonly BusRow[], lane: number) => Promise<void>,
  ): Promise<Subscription> {
    const { pool, ownership } = this;
    const { onFailure } = this.options;
    const readers = lanes.map((lane, index) => {
      const isActive = () => ownership.holds(lane);
      return new LaneReader({ pool, lane, batchSize, isActive, onFailure, handler: (rows) => handler(rows, index) });
    });
    for (const reader of readers) this.readers.set(reader.lane, reader);
    ownership.want(lanes);
    const narrow = async (count: number) => {
      this.queues = withLanes(this.queues, queue, count);
      await this.giveUp(readers.slice(count));
    };
    return { close: () => this.giveUp(readers), narrow };
  }

  /** Each lane goes to the next replica as soon as what is in hand of it is through, and waits for no other lane. */
  private async giveUp(readers: readonly LaneReader[]): Promise<void> {
    await Promise.all(
      readers.map(async (reader) => {
        await reader.close();
        this.readers.delete(reader.lane);
        // Where that fails the session is gone, and the lane with it.
        await this.ownership.release([reader.lane]).catch(this.options.onFailure);
      }),
    );
  }

  private wake(lanes: readonly string[]): void {
    for (const lane of lanes) this.readers.get(lane)?.wake();
  }
}

function unavailable(cause: unknown): never {
  throw new TransientFault('bus.unavailable', 'The database that holds the messages could not be reached or refused.', {
    cause,
  });
}

const deliveryOf = (row: BusRow, queue: string, lane: number): Delivery => ({
  queue,
  lane,
  messageId: row.message_id ?? undefined,
  name: row.name ?? undefined,
  contentType: row.content_type ?? undefined,
  attempts: row.attempts,
  position: row.position ?? undefined,
  body: row.body,
});

const rawDeliveryOf = (row: BusRow): RawDelivery => ({
  headers: row.headers,
  body: row.body,
  contentType: row.content_type ?? undefined,
  messageId: row.message_id ?? undefined,
});

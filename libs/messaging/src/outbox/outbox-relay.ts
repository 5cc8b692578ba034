import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { MessageBus, RoutedMessage } from '../bus/message-bus.js';
import { connectionLike } from '../own-connection.js';
import { laneOf, topology, type LaneQueue } from '../topology.js';
import { WakeableLoop } from '../wakeable-loop.js';
import { defaultLostMessages, LostMessages, type LostMessagesSettings } from './lost-messages.js';
import { LowWater } from './low-water.js';
import { RelaySession, type OutboxRow } from './relay-session.js';

export interface RelayOptions {
  readonly queues?: readonly LaneQueue[];
  /** The most messages that are sent together. */
  readonly batchSize?: number;
  /** How often it looks unasked: for retries that fell due, and for messages of a replica that died. */
  readonly pollMs?: number;
  /** How what the bus has lost is found. */
  readonly lost?: LostMessagesSettings;
  /** Told of every failed round. The messages stay in the outbox. */
  readonly onFailure: (error: unknown) => void;
}

export interface RelayLag {
  /** Messages that are due and not yet sent. */
  readonly due: number;
  /** Age of the oldest of them, in milliseconds; 0 when there is none. */
  readonly oldestMs: number;
}

/** While one is being confirmed, the next is read and sent. */
const batchesAtOnce = 2;

/** How often a replica whose turn it is not tries to have it: for so long, at most, nothing is sent after the other one has died. */
const tryTurnMs = 200;

/** A replica whose turn it is not tells of what it committed at most so often: telling in each transaction would halve their number. */
const tellEveryMs = 5;

/** So much seen beyond the low-water mark is worth the question who writes at the moment, asked at most so often. */
const worthMoving = 2_000n;
const moveEveryMs = 50;
const fromTheBottomEveryMs = 60_000;

/**
 * Sends what stands in the outbox, in its order, at least once: a row is noted as sent only when the bus safely holds its message, and goes
 * when the message is settled. One replica at a
 * time has the turn, else two could send one key's messages crosswise; the others tell it of what they have committed.
 */
export class OutboxRelay {
  private readonly loop: WakeableLoop;
  private readonly lanes: ReadonlyMap<string, number>;
  private readonly queues: readonly string[];
  private readonly batchSize: number;
  private readonly pollMs: number;
  private readonly onFailure: (error: unknown) => void;
  private readonly lost: LostMessages;
  private readonly lowWater = new LowWater();
  private readonly underWay = new Set<string>();
  private session: RelaySession | undefined;
  private hasNews = false;
  private news = Promise.withResolvers<true>();
  private toldAt = 0;
  private movedAt = 0;
  private resetAt = 0;

  constructor(
    private readonly database: DataSource,
    private readonly bus: MessageBus,
    { queues = topology, batchSize = 500, pollMs = 500, lost = defaultLostMessages, onFailure }: RelayOptions,
  ) {
    this.lanes = new Map(queues.map((queue) => [queue.name, queue.lanes]));
    this.queues = [...this.lanes.keys()];
    this.batchSize = batchSize;
    this.pollMs = pollMs;
    this.onFailure = onFailure;
    this.lost = new LostMessages(database, bus, this.lanes, lost);
    this.loop = new WakeableLoop(
      () => this.step(),
      () => (this.session?.leads === false ? Math.min(tryTurnMs, pollMs) : pollMs),
      onFailure,
    );
  }

  start(): void {
    this.loop.start();
  }

  /** Says that messages were committed. Cheap, never fails, may be called at any time. */
  wake(): void {
    this.hasNews = true;
    this.news.resolve(true);
    this.loop.wake();
  }

  /** Resolves when the batches in hand are settled; the turn goes to another replica. */
  async stop(): Promise<void> {
    this.news.resolve(true);
    await this.loop.stop();
    await this.session?.close();
    this.session = undefined;
  }

  /** For /health: how far behind the sending is. */
  async lag(): Promise<RelayLag> {
    const [row] = await this.database.query<{ due: string; oldest_ms: number }[]>(
      `SELECT count(*) AS due, coalesce(extract(epoch FROM now() - min(next_attempt_at)) * 1000, 0)::float8 AS oldest_ms
       FROM outbox_messages WHERE next_attempt_at <= now() AND sent_at IS NULL`,
    );
    return { due: Number(row?.due ?? 0), oldestMs: row?.oldest_ms ?? 0 };
  }

  private async step(): Promise<void> {
    try {
      const committed = this.takeNews();
      const session = await this.ready();
      if (await session.tryLead()) await this.drain(session);
      else if (committed) await this.tell(session);
    } catch (error) {
      // A session that failed may still hold the turn, and another one of ours would wait for it in vain.
      await this.session?.close();
      this.session = undefined;
      throw error;
    }
  }

  private async ready(): Promise<RelaySession> {
    if (this.session !== undefined && !this.session.lost) return this.session;
    this.lowWater.reset();
    const silenceMs = Math.max(2_000, 4 * this.pollMs);
    this.session = await RelaySession.open({
      connection: connectionLike(this.database),
      silenceMs,
      beatMs: silenceMs / 4,
      onNotice: () => this.wake(),
      onFailure: this.onFailure,
    });
    return this.session;
  }

  private async tell(session: RelaySession): Promise<void> {
    await pause(Math.max(0, this.toldAt + tellEveryMs - performance.now()));
    this.toldAt = performance.now();
    await session.tell();
  }

  /** Sends until nothing is left. A batch that fails is the last: those behind it must not overtake it. */
  private async drain(session: RelaySession): Promise<void> {
    const batches = new Set<Promise<void>>();
    const failures: unknown[] = [];
    const failed = () => failures.length > 0;
    const begin = (rows: readonly OutboxRow[]) => {
      const batch = this.send(session, rows)
        .catch((error: unknown) => void failures.push(error))
        .finally(() => batches.delete(batch));
      batches.add(batch);
    };
    while (!failed()) {
      this.takeNews();
      const rows = this.loop.stopped
        ? []
        : await this.claim(session).catch((error: unknown) => void failures.push(error));
      if (rows === undefined || failed()) break;
      if (rows.length > 0) begin(rows);
      else if (batches.size === 0) return this.rest();
      if (batches.size >= batchesAtOnce || this.loop.stopped) await Promise.race(batches);
      else if (rows.length === 0) await Promise.race([...batches, this.news.promise]);
    }
    await Promise.all(batches);
    this.underWay.clear();
    this.lowWater.reset();
    throw failures[0];
  }

  /** What the mark has passed is gone. Should it not be (a table restored from elsewhere), it is found when there is time. */
  private rest(): void {
    if (performance.now() < this.resetAt + fromTheBottomEveryMs) return;
    this.resetAt = performance.now();
    this.lowWater.reset();
  }

  private async claim(session: RelaySession): Promise<readonly OutboxRow[]> {
    this.lost.look().catch(this.onFailure);
    await this.moveLowWater(session);
    const rows = await session.claim({
      above: this.lowWater.floor,
      queues: this.queues,
      except: [...this.underWay],
      limit: this.batchSize,
    });
    const fresh = rows.filter(({ returned }) => !returned);
    this.lowWater.noteLook(BigInt(fresh.at(-1)?.id ?? 0), fresh.length === this.batchSize);
    return rows;
  }

  private async moveLowWater(session: RelaySession): Promise<void> {
    if (this.lowWater.above < worthMoving || performance.now() < this.movedAt + moveEveryMs) return;
    this.movedAt = performance.now();
    this.lowWater.noteWriters(await session.writers());
  }

  private async send(session: RelaySession, rows: readonly OutboxRow[]): Promise<void> {
    for (const { id } of rows) this.underWay.add(id);
    await this.bus.publish(rows.map((row) => this.route(row)));
    await session.markSent(rows);
    for (const { id } of rows) this.underWay.delete(id);
  }

  private takeNews(): boolean {
    const { hasNews } = this;
    this.hasNews = false;
    this.news = Promise.withResolvers();
    return hasNews;
  }

  private route(row: OutboxRow): RoutedMessage {
    return {
      queue: row.queue,
      lane: laneOf(row.key, row.lanes ?? this.lanes.get(row.queue) ?? 1),
      messageId: row.message_id,
      name: row.name,
      attempts: row.attempts,
      position: row.id,
      body: row.envelope,
    };
  }
}

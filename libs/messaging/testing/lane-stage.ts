import type { SyncFault } from '@tandem/domain';
import { ParkedMessages } from '../src/archive/parked-messages.js';
import { PostgresMessageBus } from '../src/bus/postgres/postgres-message-bus.js';
import type { Message } from '../src/envelope.js';
import { OutboxRelay } from '../src/outbox/outbox-relay.js';
import { Outbox } from '../src/outbox/outbox.js';
import { UnitOfWork } from '../src/outbox/unit-of-work.js';
import { LaneConsumer, type BatchHandler, type MessageHandler } from '../src/recovery/lane-consumer.js';
import { done, failed } from '../src/recovery/outcome.js';
import type { MessageOn } from '../src/topology.js';
import type { BreakerSettings } from '../src/recovery/connection-breaker.js';
import type { ConnectionBack, ConnectionDown } from '../src/recovery/connection-breakers.js';
import { defaultRecovery, type RecoverySettings } from '../src/recovery/recovery-policy.js';
import type { TestDatabase } from './test-database.js';

const queue = 'orders.place-order';
/** What the bus loses is soon missed. Milliseconds. */
const lost = { lookEveryMs: 50, settledWithinMs: 200 };

interface StageSettings {
  readonly ladder?: readonly number[];
  readonly batchSize?: number;
  readonly probeAfterMs?: number;
  readonly breaker?: BreakerSettings;
}

/** Outbox, relay, bus and lane consumer of one queue on a test's database, with short delays. */
export class LaneStage {
  readonly faults: SyncFault[] = [];
  /** Connections that went down or came back. */
  readonly changes: (ConnectionBack | ConnectionDown)[] = [];
  readonly work: UnitOfWork;
  readonly bus: PostgresMessageBus;
  private readonly relay: OutboxRelay;

  constructor(private readonly database: TestDatabase) {
    const onFailure = () => undefined;
    this.bus = new PostgresMessageBus({ connection: { connectionString: database.url }, pollMs: 50, onFailure });
    this.relay = new OutboxRelay(database.source, this.bus, { pollMs: 10, lost, onFailure });
    this.work = new UnitOfWork(database.source, this.relay);
  }

  /** Starts everything with this handler. Times are in milliseconds. */
  async consume(
    handler: BatchHandler<typeof queue>,
    { ladder = [30, 60, 90], batchSize = 50, probeAfterMs = 50, breaker }: StageSettings = {},
  ): Promise<void> {
    await this.bus.start();
    await this.consumer({ ladder, probeAfterMs, ...(breaker && { breaker }) }).consume(queue, { batchSize }, handler);
    this.relay.start();
  }

  /** The same with a handler of single messages. */
  async consumeEach(
    handler: MessageHandler<typeof queue>,
    settings: Partial<RecoverySettings> = { ladder: [30, 60, 90], probeAfterMs: 50 },
  ): Promise<void> {
    await this.bus.start();
    await this.consumer(settings).consumeEach(queue, { batchSize: 50 }, handler);
    this.relay.start();
  }

  private consumer(settings: Partial<RecoverySettings>): LaneConsumer {
    const recovery = { ...defaultRecovery, ...settings };
    const onFault = (fault: SyncFault) => void this.faults.push(fault);
    const onConnection = (change: ConnectionBack | ConnectionDown) => void this.changes.push(change);
    const { bus, work, database } = this;
    return new LaneConsumer({
      bus,
      database: database.source,
      work,
      random: () => 0.5,
      recovery,
      onFault,
      onConnection,
    });
  }

  async close(): Promise<void> {
    await this.relay.stop();
    await this.bus.close({ graceMs: 5_000 });
  }

  put(...messages: readonly Message[]): Promise<void> {
    return this.work.run((tx) => new Outbox().put(tx, messages));
  }

  parked() {
    return new ParkedMessages().list(this.database.source.manager, 10);
  }

  rows<T>(statement: string): Promise<T[]> {
    return this.database.source.query<T[]>(statement);
  }

  async count(table: string): Promise<number> {
    const [row] = await this.rows<{ n: string }>(`SELECT count(*) AS n FROM ${table}`);
    return Number(row?.n);
  }

  /** Whether nothing is under way any more. */
  async settled(): Promise<boolean> {
    const counts = await Promise.all(
      ['outbox_messages', 'bus_messages', 'waiting_messages'].map((table) => this.count(table)),
    );
    return counts.every((count) => count === 0);
  }
}

/** A handler that notes what it was given (`key`, or `key@site` of another site) and asks for the outcome of each. */
export function notingHandler(
  outcomeOf: (message: Message<MessageOn<typeof queue>>, attempt: number) => SyncFault | undefined,
) {
  const seen: string[] = [];
  const attempts = new Map<string, number>();
  const handler: BatchHandler<typeof queue> = async (messages) =>
    messages.map((message) => {
      seen.push(message.site === 'nordwind-de' ? message.key : `${message.key}@${message.site}`);
      const attempt = (attempts.get(message.id) ?? 0) + 1;
      attempts.set(message.id, attempt);
      const fault = outcomeOf(message, attempt);
      return fault === undefined ? done : failed(fault);
    });
  return { seen, handler };
}

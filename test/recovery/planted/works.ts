import { Sites } from '@tandem/domain';
import {
  HandledMessages,
  LaneConsumer,
  MessageArchive,
  MessageBus,
  Outbox,
  OutboxRelay,
  PostgresMessageBus,
  UnitOfWork,
  defaultRecovery,
  type Message,
} from '@tandem/messaging';
import { connectDatabase, SqlTransactions } from '@tandem/sync-api';
import type { DataSource } from 'typeorm';
import { freshDatabase } from '../../support/environment/index.js';
import { invariants } from '../invariants/invariants.js';
import { readKept } from '../invariants/read-kept.js';
import type { Effect, Evidence, Step } from '../invariants/evidence.js';

const onFailure = () => undefined;

/** None of the parts that ask for a site takes part here. */
class NoSites extends Sites {
  override find(): undefined {
    return undefined;
  }

  override all(): readonly never[] {
    return [];
  }
}

/** What was changed at the far side, and what the order then went through. */
const records = `CREATE TABLE far_side (subject text NOT NULL, change text NOT NULL);
  CREATE TABLE steps (place bigserial PRIMARY KEY, subject text NOT NULL, was text, became text NOT NULL)`;

/** The parts that carry messages, on a database of their own, composed as the service composes them; a test swaps one for a bad one. */
export class Works {
  readonly bus: PostgresMessageBus;
  readonly outbox = new Outbox();
  readonly archive = new MessageArchive();
  readonly handled = new HandledMessages();
  private readonly toStop: (() => Promise<unknown>)[] = [];

  private constructor(
    readonly database: DataSource,
    readonly url: string,
    private readonly drop: () => Promise<void>,
  ) {
    this.bus = new PostgresMessageBus({ connection: { connectionString: url }, pollMs: 50, onFailure });
  }

  static async open(): Promise<Works> {
    const { url, drop } = await freshDatabase();
    const works = new Works(await connectDatabase(url), url, drop);
    await works.database.query(records);
    await works.bus.start();
    return works;
  }

  async close(): Promise<void> {
    for (const stop of this.toStop.reverse()) await stop();
    await this.bus.close({ graceMs: 2_000 });
    await this.database.destroy();
    await this.drop();
  }

  /** To be stopped before the bus is. */
  closing(stop: () => Promise<unknown>): void {
    this.toStop.push(stop);
  }

  relay(bus: MessageBus = this.bus): OutboxRelay {
    const relay = new OutboxRelay(this.database, bus, { pollMs: 20, onFailure });
    this.closing(() => relay.stop());
    return relay;
  }

  work(relay: { wake(): void } = { wake: () => undefined }): UnitOfWork {
    return new UnitOfWork(this.database, relay);
  }

  transactions(Kind = SqlTransactions): SqlTransactions {
    return new Kind(this.work(), new NoSites());
  }

  consumer(work: UnitOfWork, bus: MessageBus = this.bus, ladder: readonly number[] = [100, 100, 100]): LaneConsumer {
    const { database } = this;
    const recovery = { ...defaultRecovery, ladder };
    return new LaneConsumer({ bus, database, work, random: () => 0.5, recovery, onFault: onFailure });
  }

  /** Archives a foreign message for each and puts them in the outbox, in one transaction. */
  async put(work: UnitOfWork, messages: readonly Message[]): Promise<void> {
    await work.run(async (tx) => {
      const records = messages.map(({ id }) => ({
        source: 'planted',
        direction: 'inbound' as const,
        body: Buffer.from(id),
        dedupeKey: id,
      }));
      const ids = await this.archive.store(tx, records);
      await this.outbox.put(
        tx,
        messages.map((message, index) => ({ ...message, archiveId: ids[index] })),
      );
    });
  }

  rows<T>(statement: string): Promise<T[]> {
    return this.database.query<T[]>(statement);
  }

  async isQuiet(): Promise<boolean> {
    const [row] = await this.rows<{ n: string }>(
      'SELECT (SELECT count(*) FROM outbox_messages WHERE sent_at IS NULL) + (SELECT count(*) FROM bus_messages) AS n',
    );
    return row?.n === '0';
  }

  /** What the invariants say of all that is left behind, each sentence with its name. */
  async complaints(acknowledged: readonly string[] = []): Promise<readonly string[]> {
    const [bus] = await this.rows<{ n: number }>('SELECT count(*)::int AS n FROM bus_messages');
    const steps = await this.rows<Step>('SELECT subject, was AS from, became AS to FROM steps ORDER BY place');
    const effects = await this.rows<Effect>(
      `SELECT 'far side' AS side, subject AS key, change, 'trace' AS "traceId" FROM far_side`,
    );
    const evidence: Evidence = {
      ...nothingElse,
      ...(await readKept((statement) => this.rows(statement))),
      acknowledged,
      onTheBus: bus?.n ?? 0,
      steps,
      effects,
    };
    return Object.entries(invariants).flatMap(([name, check]) =>
      check(evidence).map((sentence) => `${name}: ${sentence}`),
    );
  }
}

const nothingElse = {
  balances: [],
  verdicts: [],
  strays: [],
  money: [],
  owners: [],
  peaks: { rssMb: 0, files: 0, connections: 0 },
  texts: [],
  secrets: [],
};

import { randomUUID } from 'node:crypto';
import { connect, type Channel, type ChannelModel } from 'amqplib';
import { messagingMigrations, StatementClient } from '@tandem/messaging';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { PrivateBroker, PrivatePostgres } from '../support/environment/index.js';

export interface BenchDatabase {
  readonly url: string;
  readonly source: DataSource;
  drop(): Promise<void>;
}

/** A database that keeps its promises (every commit reaches the disk) and a broker, both of one's own. */
export class BenchPlace {
  private constructor(
    private readonly postgres: PrivatePostgres,
    private readonly broker: PrivateBroker,
    private readonly connection: ChannelModel,
    /** Of an operator: declares and deletes queues. */
    readonly operator: Channel,
  ) {}

  static async open(): Promise<BenchPlace> {
    const [postgres, broker] = await Promise.all([PrivatePostgres.start(), PrivateBroker.start()]);
    const connection = await connect(broker.url);
    return new BenchPlace(postgres, broker, connection, await connection.createChannel());
  }

  get amqpUrl(): string {
    return this.broker.url;
  }

  /** An empty database with the messaging tables. */
  async database(): Promise<BenchDatabase> {
    const { url, drop } = await this.emptyDatabase();
    const source = await new DataSource({
      type: 'postgres',
      url,
      poolSize: 40,
      migrations: messagingMigrations,
      extra: { Client: StatementClient },
    }).initialize();
    await source.runMigrations();
    return { url, source, drop: () => source.destroy().then(drop) };
  }

  async emptyDatabase(): Promise<{ readonly url: string; drop(): Promise<void> }> {
    const name = `bench_${randomUUID().replaceAll('-', '')}`;
    await this.ask(`CREATE DATABASE ${name}`);
    const url = new URL(this.postgres.url);
    url.pathname = `/${name}`;
    return { url: url.href, drop: () => this.ask(`DROP DATABASE ${name} WITH (FORCE)`) };
  }

  /** An empty quorum queue. */
  async queue(): Promise<string> {
    const name = `bench-${randomUUID()}`;
    await this.operator.assertQueue(name, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
    return name;
  }

  async close(): Promise<void> {
    await this.connection.close();
    await Promise.all([this.postgres.stop(), this.broker.stop()]);
  }

  private async ask(statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.postgres.url });
    await client.connect();
    await client.query(statement);
    await client.end();
  }
}

import { Client, type ClientConfig } from 'pg';
import { dieVisibly, endWhenSilent } from '../../own-connection.js';
import { Turns } from '../../turns.js';
import { WakeableLoop } from '../../wakeable-loop.js';

/** Every publish notifies on it, with the names of the lanes that it wrote to, or with nothing when there are too many to name. */
export const busChannel = 'tandem_bus';

export interface LaneOwnershipOptions {
  readonly connection: ClientConfig;
  /** How often locks that others hold are tried, and lanes are looked at unasked. */
  readonly pollMs: number;
  /** These lanes may hold messages for us. */
  readonly onMessages: (lanes: readonly string[]) => void;
  readonly onFailure: (error: unknown) => void;
}

const tryLocks = `SELECT lane FROM unnest($1::text[]) AS lane WHERE pg_try_advisory_lock(hashtextextended('tandem.bus.' || lane, 0))`;
const filledLanes = `SELECT lane FROM unnest($1::text[]) AS lane WHERE EXISTS (SELECT FROM bus_messages WHERE queue = lane)`;

/**
 * Who reads which lane: a session-level advisory lock per lane, on a connection of its own, which also listens. When the connection
 * goes, so do the locks, and with them the right to read on. So does a process that stood still: the database has ended its session by
 * then, which it learns too late.
 */
export class LaneOwnership {
  private readonly wanted = new Set<string>();
  private readonly held = new Set<string>();
  private readonly turns = new Turns();
  private readonly loop: WakeableLoop;
  /** The database keeps the locks of a session that says nothing for so long. */
  private readonly silenceMs: number;
  private client: Client | undefined;
  private askedAt = 0;

  constructor(private readonly options: LaneOwnershipOptions) {
    this.silenceMs = Math.max(5_000, 4 * options.pollMs);
    this.loop = new WakeableLoop(
      () => this.look(),
      () => options.pollMs,
      options.onFailure,
    );
  }

  get connected(): boolean {
    return this.client !== undefined;
  }

  holds(lane: string): boolean {
    return this.held.has(lane) && performance.now() < this.askedAt + this.silenceMs;
  }

  /** Resolves when the connection stands; rejects when it cannot be had. */
  async start(): Promise<void> {
    await this.connect();
    this.loop.start();
  }

  want(lanes: readonly string[]): void {
    for (const lane of lanes) this.wanted.add(lane);
    this.loop.wake();
  }

  /** Gives lanes to whoever waits for them, at once. */
  async release(lanes: readonly string[]): Promise<void> {
    const mine = lanes.filter((lane) => this.held.delete(lane));
    for (const lane of lanes) this.wanted.delete(lane);
    const unlock = `SELECT pg_advisory_unlock(hashtextextended('tandem.bus.' || lane, 0)), pg_notify($2, '') FROM unnest($1::text[]) AS lane`;
    if (mine.length > 0) await this.turns.take(async () => this.client?.query(unlock, [mine, busChannel]));
  }

  async stop(): Promise<void> {
    await this.loop.stop();
    const client = this.client;
    this.lose(client);
    await client?.end();
  }

  private async look(): Promise<void> {
    const client = this.client ?? (await this.connect());
    const askedAt = performance.now();
    const missing = [...this.wanted].filter((lane) => !this.held.has(lane));
    if (missing.length > 0) {
      const { rows } = await this.turns.take(() => client.query<{ lane: string }>(tryLocks, [missing]));
      for (const { lane } of rows) this.held.add(lane);
      await this.release(missing.filter((lane) => !this.wanted.has(lane)));
    }
    const { rows } = await this.turns.take(() => client.query<{ lane: string }>(filledLanes, [[...this.held]]));
    this.askedAt = askedAt;
    this.options.onMessages(rows.map(({ lane }) => lane));
  }

  private async connect(): Promise<Client> {
    // A connection that answers nothing any more is given up after the time-out of its own poll.
    const client = new Client({
      ...this.options.connection,
      keepAlive: true,
      query_timeout: 5_000,
      connectionTimeoutMillis: 5_000,
    });
    client.on('error', (error) => {
      this.options.onFailure(error);
      this.lose(client);
    });
    client.on('end', () => this.lose(client));
    client.on('notification', ({ payload }) => this.hear(payload ?? ''));
    await client.connect();
    await client.query(`${dieVisibly}; LISTEN ${busChannel}`);
    // A process that stands still must not keep its lanes.
    await client.query(endWhenSilent, [`${this.silenceMs}ms`]);
    this.client = client;
    return client;
  }

  private hear(payload: string): void {
    if (payload === '') this.loop.wake();
    else this.options.onMessages(payload.split(',').filter((lane) => this.held.has(lane)));
  }

  private lose(client: Client | undefined): void {
    if (client === undefined || this.client !== client) return;
    this.client = undefined;
    this.held.clear();
  }
}

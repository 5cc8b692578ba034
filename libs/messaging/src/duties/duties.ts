import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { connectionLike, dieVisibly, endWhenSilent } from '../own-connection.js';
import { Turns } from '../turns.js';
import { WakeableLoop } from '../wakeable-loop.js';
import type { DutyToken } from './on-duty.js';

/** A duty that is ours. */
export interface Duty extends DutyToken {
  /** Aborted when it is ours no longer. What is written after that, `assertOnDuty` refuses. */
  readonly lost: AbortSignal;
}

export interface DutiesOptions {
  /** How often the duties of others are tried: for so long, at most, nobody does them after a replica died or stopped. */
  readonly tryEveryMs?: number;
  /** The database takes the duties of a process that stands still for so long. */
  readonly silenceMs?: number;
  readonly onFailure: (error: unknown) => void;
}

interface Holding {
  readonly duty: Duty;
  readonly end: () => void;
}

const lockOf = (name: string) => `hashtextextended('tandem.duty.' || ${name}, 0)`;
const tryLocks = `SELECT name FROM unnest($1::text[]) AS name WHERE pg_try_advisory_lock(${lockOf('name')})`;
const unlock = `SELECT pg_advisory_unlock(${lockOf('$1::text')})`;
const nextToken = `INSERT INTO duties AS kept (name, token) VALUES ($1, 1)
  ON CONFLICT (name) DO UPDATE SET token = kept.token + 1, taken_at = now() RETURNING token`;

/**
 * Who of the replicas does what only one may do at a time: an advisory lock for each duty, held by a session of our own, which says
 * something all the time. When the process dies, stops or stands still, the session goes, and its duties with it. Needs a connection that
 * stays the same: a proxy that lends one for a transaction only would lend our locks as well.
 */
export class Duties {
  private readonly wishes = new Map<string, (duty: Duty) => void>();
  private readonly held = new Map<string, Holding>();
  private readonly turns = new Turns();
  private readonly loop: WakeableLoop;
  private readonly silenceMs: number;
  private readonly onFailure: (error: unknown) => void;
  private client: Client | undefined;

  constructor(
    private readonly database: DataSource,
    { tryEveryMs = 500, silenceMs = 5_000, onFailure }: DutiesOptions,
  ) {
    this.silenceMs = silenceMs;
    this.onFailure = onFailure;
    this.loop = new WakeableLoop(
      () => this.look(),
      () => tryEveryMs,
      onFailure,
    );
  }

  /**
   * Resolves when the duty is ours, which may take as long as another replica lives; with undefined where the signal comes first. In one
   * process a duty is asked for by one at a time.
   */
  take(name: string, until: AbortSignal): Promise<Duty | undefined> {
    const { promise, resolve } = Promise.withResolvers<Duty | undefined>();
    const withdraw = () => {
      this.wishes.delete(name);
      resolve(undefined);
    };
    if (until.aborted) withdraw();
    else {
      until.addEventListener('abort', withdraw, { once: true });
      this.wishes.set(name, (duty) => {
        until.removeEventListener('abort', withdraw);
        resolve(duty);
      });
      this.loop.start();
      this.loop.wake();
    }
    return promise;
  }

  /** Gives it to whoever waits for it. Harmless where it is lost. Never rejects. */
  async giveBack({ name, token }: DutyToken): Promise<void> {
    const holding = this.held.get(name);
    if (holding?.duty.token !== token) return;
    this.held.delete(name);
    holding.end();
    const { client } = this;
    await this.turns
      .take(async () => (client === this.client ? client?.query(unlock, [name]) : undefined))
      .catch((error: unknown) => {
        this.onFailure(error);
        this.dropSession();
      });
  }

  /** Gives back all of them. */
  async stop(): Promise<void> {
    await this.loop.stop();
    const { client } = this;
    this.lose(client);
    await client?.end().catch(this.onFailure);
  }

  /** One statement at least, whatever there is to be had: it shows that both ends are alive. */
  private async look(): Promise<void> {
    try {
      const client = this.client ?? (await this.connect());
      await this.turns.take(async () => {
        const { rows } = await client.query<{ name: string }>(tryLocks, [[...this.wishes.keys()]]);
        for (const { name } of rows) await this.begin(client, name);
      });
    } catch (error) {
      this.dropSession();
      throw error;
    }
  }

  private async begin(client: Client, name: string): Promise<void> {
    const { rows } = await client.query<{ token: string }>(nextToken, [name]);
    const [row] = rows;
    const granted = this.wishes.get(name);
    if (client !== this.client || row === undefined) return;
    if (granted === undefined) {
      await client.query(unlock, [name]);
      return;
    }
    const ending = new AbortController();
    const duty = { name, token: row.token, lost: ending.signal };
    this.held.set(name, { duty, end: () => ending.abort() });
    this.wishes.delete(name);
    granted(duty);
  }

  private async connect(): Promise<Client> {
    const client = new Client({
      ...connectionLike(this.database),
      keepAlive: true,
      query_timeout: 10_000,
      connectionTimeoutMillis: 5_000,
    });
    client.on('error', (error) => {
      this.onFailure(error);
      this.lose(client);
    });
    client.on('end', () => this.lose(client));
    try {
      await client.connect();
      await client.query(dieVisibly);
      await client.query(endWhenSilent, [`${Math.ceil(this.silenceMs)}ms`]);
    } catch (error) {
      client.end().catch(() => undefined);
      throw error;
    }
    this.client = client;
    return client;
  }

  /** A session that failed may still hold locks, which nobody else of ours would get. */
  private dropSession(): void {
    const { client } = this;
    this.lose(client);
    client?.end().catch(this.onFailure);
  }

  private lose(client: Client | undefined): void {
    if (client === undefined || this.client !== client) return;
    this.client = undefined;
    const ended = [...this.held.values()];
    this.held.clear();
    for (const { end } of ended) end();
  }
}

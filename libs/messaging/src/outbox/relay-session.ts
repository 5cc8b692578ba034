import { Client, type ClientConfig, type QueryConfig, type QueryResultRow } from 'pg';
import { dieVisibly, endWhenSilent } from '../own-connection.js';
import { Turns } from '../turns.js';

/** A row of the outbox as it is sent. */
export interface OutboxRow {
  readonly id: string;
  readonly queue: string;
  readonly message_id: string;
  readonly name: string;
  readonly key: string;
  readonly attempts: number;
  readonly envelope: string;
  readonly returned: boolean;
  /** The version of the row: another one came back for a retry meanwhile. */
  readonly version: string;
  /** Into how many lanes its key is sorted; null where that was never changed. */
  readonly lanes: number | null;
}

export interface RelaySessionOptions {
  readonly connection: ClientConfig;
  /** The database ends a session that says nothing for so long, in milliseconds: a process that stands still must not keep the turn. */
  readonly silenceMs: number;
  /** Says something so often, whatever else it waits for: a broker that takes its time to confirm is no reason to lose the turn. Never, where undefined. */
  readonly beatMs?: number;
  readonly onNotice: () => void;
  readonly onFailure: (error: unknown) => void;
}

export interface Claim {
  readonly above: bigint;
  readonly queues: readonly string[];
  /** Under way already. To be taken before the question is asked: what is confirmed in between would else be sent twice. */
  readonly except: readonly string[];
  readonly limit: number;
}

/** Replicas whose turn it is not tell the one whose turn it is, over this. */
const channel = 'tandem_outbox';
const turn = `hashtextextended('tandem.outbox-relay', 0)`;

/**
 * Few rows look like none to the planner, which then reads the table from end to end for ever; here the indices are always right. A lost
 * note only sends once more, so nobody waits for the disk.
 */
const manners = `SET enable_seqscan = off; SET enable_sort = off; SET enable_bitmapscan = off; SET plan_cache_mode = force_generic_plan;
  SET synchronous_commit = off; ${dieVisibly}; LISTEN ${channel}`;

const columns = `id, queue, message_id, name, key, attempts, envelope, returned, xmin::text AS version,
  (SELECT lanes FROM lane_generations ORDER BY id DESC LIMIT 1) AS lanes`;
const claim = `(SELECT ${columns} FROM outbox_messages
    WHERE id > $1 AND NOT returned AND sent_at IS NULL AND queue = ANY ($2::text[]) AND id <> ALL ($3::bigint[]) ORDER BY id LIMIT $4)
  UNION ALL
  (SELECT ${columns} FROM outbox_messages
    WHERE returned AND next_attempt_at <= statement_timestamp() AND queue = ANY ($2::text[]) AND id <> ALL ($3::bigint[])
    ORDER BY next_attempt_at LIMIT $4)`;

/** What came back stands far from what is due; once it is sent, it is as good as fresh. */
const markSent = `UPDATE outbox_messages o SET sent_at = statement_timestamp(), returned = false,
    next_attempt_at = least(o.next_attempt_at, o.created_at)
  FROM unnest($1::bigint[], $2::xid[]) AS sent (id, version) WHERE o.id = sent.id AND o.xmin = sent.version`;

/** The lock is taken before a number is drawn and kept to the end: whoever could still bring a lower number is among these. */
const writers = `SELECT virtualtransaction AS writer FROM pg_locks
  WHERE locktype = 'relation' AND relation = 'outbox_messages'::regclass AND mode = 'RowExclusiveLock' AND pid <> pg_backend_pid()
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

/**
 * The relay's own connection. The turn to send is a lock of this very session, and all that the relay reads and notes goes over it: who
 * has lost the turn, without knowing it, can note nothing any more.
 */
export class RelaySession {
  private leading = false;
  private broken = false;
  private beat: NodeJS.Timeout | undefined;
  private readonly turns = new Turns();

  private constructor(
    private readonly client: Client,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  static async open({
    connection,
    silenceMs,
    beatMs,
    onNotice,
    onFailure,
  }: RelaySessionOptions): Promise<RelaySession> {
    const client = new Client({
      ...connection,
      keepAlive: true,
      query_timeout: 10_000,
      connectionTimeoutMillis: 5_000,
    });
    const session = new RelaySession(client, onFailure);
    client.on('error', (error) => session.lose(error));
    client.on('end', () => session.lose(undefined));
    client.on('notification', onNotice);
    try {
      await client.connect();
      await client.query(manners);
      await client.query(endWhenSilent, [`${Math.ceil(silenceMs)}ms`]);
      if (beatMs !== undefined) session.beatEvery(beatMs);
    } catch (error) {
      await session.close();
      throw error;
    }
    return session;
  }

  get lost(): boolean {
    return this.broken;
  }

  get leads(): boolean {
    return this.leading && !this.broken;
  }

  /** Takes the turn if nobody has it. */
  async tryLead(): Promise<boolean> {
    if (this.leading) return true;
    const rows = await this.ask<{ mine: boolean }>({ text: `SELECT pg_try_advisory_lock(${turn}) AS mine` });
    this.leading = rows[0]?.mine ?? false;
    return this.leading;
  }

  /** Tells whoever has the turn that there is something to send. */
  async tell(): Promise<void> {
    await this.ask({ text: `NOTIFY ${channel}` });
  }

  /** What is to be sent, lowest number first: what is fresh above a number, and what came back and is due. */
  async claim({ above, queues, except, limit }: Claim): Promise<readonly OutboxRow[]> {
    const values = [String(above), queues, except, limit];
    const rows = await this.ask<OutboxRow>({ name: 'relay-claim', text: claim, values });
    return rows.some(({ returned }) => returned) ? rows.toSorted(byNumber) : rows;
  }

  /** Notes what was sent, except for what was settled or came back meanwhile. */
  async markSent(rows: readonly OutboxRow[]): Promise<void> {
    const values = [rows.map(({ id }) => id), rows.map(({ version }) => version)];
    await this.ask({ name: 'relay-mark-sent', text: markSent, values });
  }

  /** Names of the transactions that write to the outbox at this moment. */
  async writers(): Promise<string[]> {
    const rows = await this.ask<{ writer: string }>({ name: 'relay-writers', text: writers });
    return rows.map(({ writer }) => writer);
  }

  /** Gives the turn to whoever wants it. Never rejects. */
  async close(): Promise<void> {
    this.broken = true;
    clearInterval(this.beat);
    await this.client.end().catch(this.onFailure);
  }

  /** One question after the other: the driver takes no second one meanwhile. */
  private ask<Row extends QueryResultRow>(question: QueryConfig): Promise<readonly Row[]> {
    return this.turns.take(async () => (await this.client.query<Row>(question)).rows);
  }

  private beatEvery(ms: number): void {
    this.beat = setInterval(() => {
      this.ask({ text: '' }).catch((error: unknown) => this.lose(error));
    }, ms);
    this.beat.unref();
  }

  private lose(error: unknown): void {
    clearInterval(this.beat);
    if (this.broken) return;
    this.broken = true;
    if (error !== undefined) this.onFailure(error);
  }
}

const byNumber = (a: OutboxRow, b: OutboxRow) => Number(BigInt(a.id) - BigInt(b.id));

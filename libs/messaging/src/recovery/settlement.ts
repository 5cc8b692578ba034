import type { DataSource, EntityManager } from 'typeorm';
import { MessageArchive } from '../archive/message-archive.js';
import { parkReason } from '../archive/park-reason.js';
import { ParkedMessages } from '../archive/parked-messages.js';
import { storableText } from '../archive/storable.js';
import { LaneGenerations } from '../lanes/lane-generations.js';
import type { UnitOfWork } from '../outbox/unit-of-work.js';
import type { Arrival, Fate, Settled } from './fate.js';

/** An earlier message that is due stands in the lane already or soon will; looking more often would only make work. Milliseconds. */
const onItsWayMs = 250;

/** One row more while the number of lanes changes: then it is worth asking further. */
const changing = `SELECT NULL, NULL WHERE EXISTS (SELECT FROM lane_generations OFFSET 1)`;

/** Writes down what became of a batch: retries and those behind them, parked ones, attempts, the state in the archive. */
export class Settlement {
  private readonly archive = new MessageArchive();
  private readonly parked = new ParkedMessages();
  private readonly generations: LaneGenerations;

  constructor(
    private readonly database: DataSource,
    private readonly work: UnitOfWork,
  ) {
    this.generations = new LaneGenerations(database);
  }

  /**
   * For each place whose key has an earlier message that failed and is not settled yet (or, while the number of lanes changes, one that is
   * not settled), other than those in this very batch: for how many milliseconds to wait.
   */
  async waitingAhead(queue: string, arrivals: readonly Arrival[]): Promise<ReadonlyMap<string, number>> {
    const placed = arrivals.flatMap(({ delivery: { position }, message }) =>
      position === undefined ? [] : [{ position, key: message.key }],
    );
    if (placed.length === 0) return new Map();
    const positions = placed.map(({ position }) => position);
    const rows = await this.database.query<{ position: string | null; after_ms: number }[]>(
      `SELECT m.position, greatest($4, coalesce(extract(epoch FROM max(o.next_attempt_at) - now()) * 1000, 0))::float8 AS after_ms
       FROM unnest($2::bigint[], $3::text[]) AS m (position, key)
       JOIN waiting_messages w ON w.queue = $1 AND w.key = m.key AND w.position < m.position AND w.position <> ALL ($2::bigint[])
       LEFT JOIN outbox_messages o ON o.id = w.position
       GROUP BY m.position
       UNION ALL ${changing}`,
      [queue, positions, placed.map(({ key }) => key), onItsWayMs],
    );
    const waits = rows.flatMap((row) => (row.position === null ? [] : [[row.position, row.after_ms] as const]));
    if (waits.length === rows.length) return new Map(waits);
    return new Map([...(await this.generations.waitingElsewhere(queue, placed)), ...waits]);
  }

  /** All in one transaction: only when this has resolved may the batch be acknowledged. */
  async settle(settled: readonly Settled[]): Promise<void> {
    await this.work.run(async (tx) => {
      await holdPlaces(tx, settled);
      await giveBack(tx, settled);
      // Whoever settles the same message at this moment is waited for here; only then can it be seen whether it has made it wait.
      await takeAway(tx, settled);
      // Each says one thing, at once: nothing may follow where another has failed, and the transaction is over.
      await Promise.all([
        noteWaiting(tx, settled),
        strikeWaiting(tx, settled),
        this.parked.park(tx, settled.flatMap(parkedOf)),
        recordAttempts(tx, settled),
      ]);
      await this.archive.settle(tx, [...new Set(settled.flatMap(({ message }) => message?.archiveId ?? []))]);
    });
  }
}

/**
 * What goes back and what goes away is written one after the other; holding all of it first, in the order of the places, keeps this from
 * waiting in a circle with the relay, which notes in that order what it has sent.
 */
async function holdPlaces(tx: EntityManager, settled: readonly Settled[]): Promise<void> {
  if (new Set(settled.map(({ fate }) => 'afterMs' in fate)).size < 2) return;
  const positions = settled.flatMap(({ delivery: { position } }) => position ?? []);
  await tx.query(`SELECT FROM outbox_messages WHERE id = ANY ($1::bigint[]) ORDER BY id FOR UPDATE`, [positions]);
}

/** Notes who goes back. A row in the outbox would not do: it goes while the message is on the bus again. */
async function noteWaiting(tx: EntityManager, settled: readonly Settled[]): Promise<void> {
  const back = placed(settled).filter(({ goesBack }) => goesBack);
  if (back.length === 0) return;
  await tx.query(
    `INSERT INTO waiting_messages (queue, key, position, archive_id)
     SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[]) ON CONFLICT DO NOTHING`,
    [...columnsOf(back), back.map(({ message }) => message.archiveId ?? null)],
  );
}

/** Strikes out who is through. */
async function strikeWaiting(tx: EntityManager, settled: readonly Settled[]): Promise<void> {
  const through = placed(settled).filter(({ goesBack }) => !goesBack);
  if (through.length === 0) return;
  await tx.query(
    `DELETE FROM waiting_messages w USING unnest($1::text[], $2::text[], $3::bigint[]) AS m (queue, key, position)
     WHERE w.queue = m.queue AND w.key = m.key AND w.position = m.position`,
    columnsOf(through),
  );
}

const placed = (settled: readonly Settled[]) =>
  settled.flatMap(({ delivery: { queue, position }, message, fate }) =>
    message === undefined || position === undefined ? [] : [{ queue, position, message, goesBack: 'afterMs' in fate }],
  );

const columnsOf = (rows: ReturnType<typeof placed>) => [
  rows.map(({ queue }) => queue),
  rows.map(({ message }) => message.key),
  rows.map(({ position }) => position),
];

/** Only what is through leaves the outbox: until then the bus may lose it. Taken at its word is no message whose place is another's. */
async function takeAway(tx: EntityManager, settled: readonly Settled[]): Promise<void> {
  const rows = settled.flatMap(({ delivery: { queue, position, messageId }, message, fate }) =>
    position === undefined || 'afterMs' in fate ? [] : [{ queue, position, id: message?.id ?? messageId ?? '' }],
  );
  if (rows.length === 0) return;
  // In the order of the places, as above.
  await tx.query(
    `WITH gone AS (
       SELECT o.id FROM outbox_messages o JOIN unnest($1::bigint[], $2::text[], $3::text[]) AS m (id, queue, message_id)
         ON o.id = m.id AND o.queue = m.queue AND o.message_id::text = m.message_id
       ORDER BY o.id FOR UPDATE OF o)
     DELETE FROM outbox_messages o USING gone WHERE o.id = gone.id`,
    [rows.map(({ position }) => position), rows.map(({ queue }) => queue), rows.map(({ id }) => id)],
  );
}

/**
 * Back into the outbox, at the place that each had, so that those of a key stay in order. The database's clock alone says when they
 * are due. The relay may not have removed the row yet: then it is changed, and the relay, which removes only the version that it sent,
 * leaves it.
 */
async function giveBack(tx: EntityManager, settled: readonly Settled[]): Promise<void> {
  const rows = settled.flatMap(({ delivery, message, fate }) => {
    if (message === undefined || fate.kind === 'done' || fate.kind === 'parked') return [];
    return [
      {
        delivery,
        message,
        afterMs: fate.afterMs,
        attempts: attemptsAfter(delivery.attempts, fate),
        fault: faultCode(fate),
      },
    ];
  });
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO outbox_messages
       (id, queue, message_id, name, key, site, archive_id, envelope, attempts, last_fault, returned, next_attempt_at)
     SELECT coalesce(position, nextval('outbox_messages_id_seq')), queue, message_id, name, key, site, archive_id, envelope, attempts,
       last_fault, true, statement_timestamp() + after_ms * interval '1 millisecond'
     FROM unnest($1::bigint[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[], $9::int[], $10::text[],
                 $11::float8[])
       AS m (position, queue, message_id, name, key, site, archive_id, envelope, attempts, last_fault, after_ms)
     ORDER BY position
     ON CONFLICT (id) DO UPDATE SET attempts = excluded.attempts, last_fault = excluded.last_fault, sent_at = NULL,
       returned = true, next_attempt_at = excluded.next_attempt_at`,
    [
      rows.map(({ delivery }) => delivery.position ?? null),
      rows.map(({ delivery }) => delivery.queue),
      rows.map(({ message }) => message.id),
      rows.map(({ message }) => message.name),
      rows.map(({ message }) => message.key),
      rows.map(({ message }) => message.site),
      rows.map(({ message }) => message.archiveId ?? null),
      rows.map(({ delivery }) => delivery.body.toString('utf8')),
      rows.map(({ attempts }) => attempts),
      rows.map(({ fault }) => fault),
      rows.map(({ afterMs }) => afterMs),
    ],
  );
}

async function recordAttempts(tx: EntityManager, settled: readonly Settled[]): Promise<void> {
  const rows = settled.filter(({ fate }) => fate.kind !== 'behind');
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO message_attempts (archive_id, message_id, queue, attempt, outcome, fault_code, sentence)
     SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::text[], $4::int[], $5::text[], $6::text[], $7::text[])`,
    [
      rows.map(({ message }) => message?.archiveId ?? null),
      rows.map(({ message }) => message?.id ?? null),
      rows.map(({ delivery }) => delivery.queue),
      rows.map(({ delivery }) => delivery.attempts + 1),
      rows.map(({ fate }) => fate.kind),
      rows.map(({ fate }) => faultCode(fate)),
      rows.map(({ fate }) => ('fault' in fate ? storableText(fate.fault.message) : null)),
    ],
  );
}

function parkedOf({ delivery, message, fate }: Settled) {
  if (fate.kind !== 'parked') return [];
  const attempts = delivery.attempts + 1;
  return [
    {
      queue: delivery.queue,
      messageId: message?.id,
      name: message?.name ?? '',
      key: message?.key ?? '',
      site: message?.site ?? '',
      envelope: delivery.body.toString('utf8'),
      archiveId: message?.archiveId,
      reason: parkReason(fate.fault, attempts),
      attempts,
    },
  ];
}

const faultCode = (fate: Fate) => ('fault' in fate ? fate.fault.code : null);
const attemptsAfter = (before: number, fate: Fate) => (fate.kind === 'retry' ? before + 1 : before);

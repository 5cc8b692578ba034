import { ConflictFault, PermanentFault, type SiteId, type SyncFault } from '@tandem/domain';
import type { DataSource } from 'typeorm';
import {
  Reconciliations,
  type Compared,
  type Finding,
  type Reconciliation,
  type ReconciliationClock,
  type ReconciliationId,
  type ReconciliationReport,
  type ReconciliationWish,
  type ToldDifference,
} from '../platform/reconciliations.js';

const REQUEST = `
  INSERT INTO reconciliations (site, window_from, window_to, apply, settle_ms, by_clock)
  VALUES ($1, $2, $3, $4, $5, false) RETURNING id`;

/** Replicas take turns, each sees what the one before has asked for: hence a statement of its own. */
const TURN = `SELECT pg_advisory_xact_lock(hashtextextended('tandem.reconciliation-clock ' || $1, 0))`;

const INSTANT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const REQUEST_DUE = `
  WITH due AS (
    SELECT coalesce((SELECT max(window_to) FROM reconciliations WHERE site = $1 AND by_clock),
        to_char((now() - $2 * interval '1 millisecond') AT TIME ZONE 'utc', ${INSTANT})) AS window_from,
      now() - $3 * interval '1 millisecond' AS ends)
  INSERT INTO reconciliations (site, window_from, window_to, apply, settle_ms, by_clock)
  SELECT $1, window_from, to_char(ends AT TIME ZONE 'utc', ${INSTANT}), $5, $6, true FROM due
  WHERE ends - window_from::timestamptz >= $4 * interval '1 millisecond'`;

const TAKE = `
  UPDATE reconciliations SET state = 'running', holder = $1, held_until = now() + $2 * interval '1 millisecond', sentence = NULL
  WHERE id = (
    SELECT id FROM reconciliations
    WHERE state IN ('requested', 'running') AND (held_until IS NULL OR held_until < now()) AND not_before <= now()
    ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING id, site, window_from AS "from", window_to AS "to", apply, settle_ms AS "settleMs"`;

const MINE = `WHERE id = $1 AND holder = $2 AND state = 'running' RETURNING id`;
const PROGRESSED = `UPDATE reconciliations SET compared = $3, held_until = now() + $4 * interval '1 millisecond' ${MINE}`;
const COMPLETE = `UPDATE reconciliations SET state = 'complete', repaired = $3, finished_at = now(), holder = NULL, held_until = NULL ${MINE}`;
const LET_GO = `
  UPDATE reconciliations SET state = 'requested', sentence = $3, holder = NULL, held_until = NULL,
    not_before = now() + $4 * interval '1 millisecond' ${MINE}`;
const FAIL = `UPDATE reconciliations SET state = 'failed', sentence = $3, finished_at = now(), holder = NULL, held_until = NULL ${MINE}`;

const FORGET = 'DELETE FROM reconciliation_differences WHERE reconciliation_id = $1';
const KEEP = `
  INSERT INTO reconciliation_differences
    (reconciliation_id, position, number, class, behind, record, field, expected, found, repair, reason, left_before)
  SELECT $1, position, number, class, behind, record, field, expected, found, repair, reason, repair = 'ignore' AND EXISTS (
    SELECT FROM reconciliation_differences before JOIN reconciliations run ON run.id = before.reconciliation_id
    WHERE run.site = (SELECT site FROM reconciliations WHERE id = $1) AND run.id <> $1 AND run.apply AND run.state = 'complete'
      AND before.repair = 'ignore' AND before.number = new.number AND before.class = new.class
      AND (before.record, before.field, before.expected, before.found)
        IS NOT DISTINCT FROM (new.record, new.field, new.expected, new.found))
  FROM json_to_recordset($2::json) AS new (position int, number text, class text, behind text, record text, field text,
    expected jsonb, found jsonb, repair text, reason text)`;

const REPORTS = `
  SELECT r.id, r.site, r.window_from AS "from", r.window_to AS "to", r.apply, r.state, r.requested_at AS "requestedAt",
    r.finished_at AS "finishedAt", r.compared, r.repaired, r.sentence,
    json_build_object('found', t.found, 'leftBefore', t.left_before, 'orders', t.orders,
      'byClass', coalesce(c.counts, '{}'), 'byRepair', coalesce(p.counts, '{}')) AS differences
  FROM reconciliations r
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE NOT left_before) AS found, count(*) FILTER (WHERE left_before) AS left_before,
      count(DISTINCT number) FILTER (WHERE NOT left_before) AS orders
    FROM reconciliation_differences WHERE reconciliation_id = r.id) t
  CROSS JOIN LATERAL (
    SELECT json_object_agg(class, many ORDER BY class) AS counts FROM (
      SELECT class, count(*) AS many FROM reconciliation_differences WHERE reconciliation_id = r.id AND NOT left_before
      GROUP BY class) by_class) c
  CROSS JOIN LATERAL (
    SELECT json_object_agg(repair, many ORDER BY repair) AS counts FROM (
      SELECT repair, count(*) AS many FROM reconciliation_differences WHERE reconciliation_id = r.id AND NOT left_before
      GROUP BY repair) by_repair) p
  WHERE r.site = $1`;
const ONE = `${REPORTS} AND r.id::text = $2`;
const LATEST = `${REPORTS} ORDER BY r.id DESC LIMIT $2`;

const DIFFERENCES = `
  SELECT position, number AS "orderNumber", class, behind, record, field, expected, found, repair, reason, left_before AS "leftBefore"
  FROM reconciliation_differences WHERE reconciliation_id = $1 AND position > $2 ORDER BY position LIMIT $3`;

export class SqlReconciliations extends Reconciliations {
  constructor(private readonly database: DataSource) {
    super();
  }

  async request({ site, from, to, apply, settleMs }: ReconciliationWish): Promise<ReconciliationId> {
    const [row] = await this.database.query<{ id: ReconciliationId }[]>(REQUEST, [site, from, to, apply, settleMs]);
    if (!row) throw new ConflictFault('reconciliation.not_kept', 'The reconciliation was not kept; ask for it again.');
    return row.id;
  }

  async requestDue({ site, reachMs, lagMs, everyMs, apply, settleMs }: ReconciliationClock): Promise<void> {
    await this.database.transaction(async (manager) => {
      await manager.query(TURN, [site]);
      await manager.query(REQUEST_DUE, [site, reachMs, lagMs, everyMs, apply, settleMs]);
    });
  }

  async take(holder: string, forMs: number): Promise<Reconciliation | undefined> {
    const [rows] = await this.database.query<[Reconciliation[], number]>(TAKE, [holder, forMs]);
    return rows[0];
  }

  progressed(id: ReconciliationId, holder: string, forMs: number, compared: Compared): Promise<void> {
    return this.change(PROGRESSED, id, holder, compared, forMs);
  }

  async keep(id: ReconciliationId, findings: readonly Finding[]): Promise<void> {
    const rows = findings.map(({ number, difference, repair }, index) => ({
      ...difference,
      position: index + 1,
      number,
      repair: repair.kind,
      reason: repair.kind === 'ignore' ? repair.reason : null,
    }));
    await this.database.transaction(async (manager) => {
      await manager.query(FORGET, [id]);
      await manager.query(KEEP, [id, JSON.stringify(rows)]);
    });
  }

  complete(id: ReconciliationId, holder: string, repaired: number): Promise<void> {
    return this.change(COMPLETE, id, holder, repaired);
  }

  letGo(id: ReconciliationId, holder: string, fault: SyncFault | undefined, afterMs: number): Promise<void> {
    return this.change(LET_GO, id, holder, fault?.message ?? null, afterMs);
  }

  fail(id: ReconciliationId, holder: string, fault: SyncFault): Promise<void> {
    return this.change(FAIL, id, holder, fault.message);
  }

  async report(site: SiteId, id: string): Promise<ReconciliationReport> {
    const [report] = await this.database.query<ReconciliationReport[]>(ONE, [site, id]);
    if (report) return report;
    throw new PermanentFault('reconciliation.not_found', 'The site has no such reconciliation.');
  }

  latest(site: SiteId, limit: number): Promise<readonly ReconciliationReport[]> {
    return this.database.query<ReconciliationReport[]>(LATEST, [site, limit]);
  }

  differences(id: ReconciliationId, after: number, limit: number): Promise<readonly ToldDifference[]> {
    return this.database.query<ToldDifference[]>(DIFFERENCES, [id, after, limit]);
  }

  private async change(statement: string, ...values: readonly unknown[]): Promise<void> {
    const [, changed] = await this.database.query<[unknown[], number]>(statement, [...values]);
    if (changed > 0) return;
    throw new ConflictFault('reconciliation.taken_over', 'Another replica has taken the reconciliation over.');
  }
}

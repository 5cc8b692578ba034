import { Injectable, Logger } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { DataSource } from 'typeorm';

/** What only serves to recognise a repeat, and how long a repeat may take to come. Orders, history, audit and archive are kept. */
const FORGOTTEN = [
  { table: 'idempotency_keys', column: 'created_at', after: '24 hours' },
  { table: 'handled_messages', column: 'handled_at', after: '14 days' },
  // The OMS keeps failed messages for ten days and may send them again; a replay of 72 h and more comes from the CRM as well.
  { table: 'inbox', column: 'received_at', after: '30 days' },
] as const;

/** Small enough that a deletion never holds up the hot path. */
const AT_ONCE = 5_000;

/** Forgets what can no longer be repeated, so that the tables that are looked up for every message stay small. */
@Injectable()
export class Retention {
  private readonly logger = new Logger(Retention.name);

  constructor(private readonly database: DataSource) {}

  /** One replica at a time; the others find the lock taken and leave it to that one. */
  @Cron(CronExpression.EVERY_HOUR)
  async forget(): Promise<void> {
    for (const { table, column, after } of FORGOTTEN) {
      const forgotten = await this.forgetFrom(table, column, after);
      if (forgotten > 0) this.logger.log({ table, forgotten }, 'Forgot what can no longer be repeated.');
    }
  }

  private async forgetFrom(table: string, column: string, after: string): Promise<number> {
    const batch = `
      WITH mine AS (SELECT pg_try_advisory_xact_lock(hashtextextended('tandem.retention', 0)) AS turn),
      gone AS (
        DELETE FROM ${table} WHERE ctid IN (
          SELECT ctid FROM ${table} WHERE (SELECT turn FROM mine) AND ${column} < now() - $1::interval LIMIT ${AT_ONCE})
        RETURNING 1)
      SELECT count(*)::int AS forgotten FROM gone`;
    let total = 0;
    for (;;) {
      const [row] = await this.database.query<{ forgotten: number }[]>(batch, [after]);
      const forgotten = row?.forgotten ?? 0;
      total += forgotten;
      if (forgotten < AT_ONCE) return total;
    }
  }
}

import type { EntityManager } from 'typeorm';
import { AuditTrail, type AuditEntry } from '../platform/transactions.js';

const NOTE = `
  INSERT INTO audit_entries (action, subject, actor, message_id, archive_id, traceparent, details)
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::jsonb[])`;

export class SqlAuditTrail extends AuditTrail {
  constructor(private readonly manager: EntityManager) {
    super();
  }

  async note(entries: readonly AuditEntry[]): Promise<void> {
    if (entries.length === 0) return;
    await this.manager.query(NOTE, [
      entries.map(({ action }) => action),
      entries.map(({ subject }) => subject),
      entries.map(({ actor }) => actor),
      entries.map(({ messageId }) => messageId ?? null),
      entries.map(({ archiveId }) => archiveId ?? null),
      entries.map(({ traceparent }) => traceparent ?? null),
      entries.map(({ details }) => JSON.stringify(details ?? {})),
    ]);
  }
}

import {
  ConflictFault,
  CustomerLedger,
  CustomerLedgerWriter,
  type CustomerHistoryEntry,
  type CustomerKey,
  type TrackedCustomer,
} from '@tandem/domain';
import type { DataSource, EntityManager } from 'typeorm';

const FIND = 'SELECT organization, key, confirmed, version, revision FROM customers WHERE key = ANY ($1::text[])';

const SAVE = `
  INSERT INTO customers AS kept (organization, key, confirmed, version, revision)
  SELECT * FROM unnest($1::text[], $2::text[], $3::jsonb[], $4::int[], $5::int[])
  ON CONFLICT (organization, key) DO UPDATE SET
    confirmed = excluded.confirmed, version = excluded.version, revision = excluded.revision, updated_at = now()
  WHERE kept.revision = excluded.revision - 1
  RETURNING key`;

const RECORD = `
  INSERT INTO customer_history (organization, key, version, fields, source_message)
  SELECT organization, key, version, ARRAY(SELECT jsonb_array_elements_text(fields)), source_message
  FROM unnest($1::text[], $2::text[], $3::int[], $4::jsonb[], $5::text[]) AS e (organization, key, version, fields, source_message)
  ON CONFLICT DO NOTHING`;

export class TypeormCustomerLedger extends CustomerLedger {
  constructor(private readonly database: DataSource) {
    super();
  }

  findByKey(keys: readonly CustomerKey[]): Promise<readonly TrackedCustomer[]> {
    return keys.length === 0 ? Promise.resolve([]) : this.database.query<TrackedCustomer[]>(FIND, [[...new Set(keys)]]);
  }
}

export class TypeormCustomerLedgerWriter extends CustomerLedgerWriter {
  constructor(private readonly manager: EntityManager) {
    super();
  }

  async save(customers: readonly TrackedCustomer[]): Promise<void> {
    if (customers.length === 0) return;
    // In one order, so that two batches with the same customers wait for each other and never in a circle.
    const sorted = [...customers].sort((left, right) => (nameOf(left) < nameOf(right) ? -1 : 1));
    const kept = await this.manager.query<unknown[]>(SAVE, [
      sorted.map(({ organization }) => organization),
      sorted.map(({ key }) => key),
      sorted.map(({ confirmed }) => JSON.stringify(confirmed)),
      sorted.map(({ version }) => version),
      sorted.map(({ revision }) => revision + 1),
    ]);
    if (kept.length < sorted.length) {
      throw new ConflictFault(
        'customers.changed_meanwhile',
        'The customer was changed by another message while this one was handled.',
      );
    }
  }

  async record(entries: readonly CustomerHistoryEntry[]): Promise<void> {
    if (entries.length === 0) return;
    await this.manager.query(RECORD, [
      entries.map(({ organization }) => organization),
      entries.map(({ key }) => key),
      entries.map(({ version }) => version),
      entries.map(({ fields }) => JSON.stringify(fields)),
      entries.map(({ sourceMessage }) => sourceMessage),
    ]);
  }
}

const nameOf = ({ organization, key }: TrackedCustomer) => `${organization}:${key}`;

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateOrderTables1764000100000 implements MigrationInterface {
  readonly name = 'CreateOrderTables1764000100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE orders (
        site text NOT NULL,
        number text NOT NULL,
        organization text NOT NULL,
        crm_order_id text NOT NULL,
        state text NOT NULL CHECK (state IN ('accepted', 'submitted')),
        "order" jsonb NOT NULL,
        life jsonb NOT NULL,
        wanted jsonb NOT NULL,
        version integer NOT NULL,
        acknowledged jsonb NOT NULL DEFAULT '{}',
        acknowledged_version integer NOT NULL DEFAULT 0,
        revision integer NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (site, number)
      );
      COMMENT ON COLUMN orders.revision IS 'Guards against two writers; not moved by what the CRM acknowledges';
      CREATE UNIQUE INDEX orders_oms ON orders (organization, number);
      CREATE INDEX orders_crm ON orders (crm_order_id);

      CREATE TABLE order_history (
        id text PRIMARY KEY,
        site text NOT NULL,
        number text NOT NULL,
        line text,
        from_status text,
        to_status text NOT NULL,
        quantities text,
        oms_time text NOT NULL,
        recorded_at text NOT NULL,
        source_message text NOT NULL,
        late boolean NOT NULL,
        FOREIGN KEY (site, number) REFERENCES orders ON DELETE CASCADE
      );
      CREATE INDEX order_history_order ON order_history (site, number, oms_time);

      CREATE TABLE audit_entries (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT now(),
        action text NOT NULL,
        subject text NOT NULL,
        actor text NOT NULL,
        message_id text,
        archive_id bigint,
        traceparent text,
        details jsonb NOT NULL DEFAULT '{}'
      );
      CREATE INDEX audit_entries_subject ON audit_entries (subject, id);

      CREATE TABLE idempotency_keys (
        scope text NOT NULL,
        key text NOT NULL,
        request_hash text NOT NULL,
        answer json NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (scope, key)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE idempotency_keys, audit_entries, order_history, orders');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateReconciliations1764100000000 implements MigrationInterface {
  readonly name = 'CreateReconciliations1764100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE orders ADD COLUMN last_seen_at text;
      UPDATE orders SET last_seen_at = coalesce(life#>>'{observations,-1,at}', "order"->>'submittedAt');
      COMMENT ON COLUMN orders.last_seen_at IS 'When the OMS last changed it, by its own clock, or took it; null before that';
      CREATE INDEX orders_last_seen ON orders (site, last_seen_at);

      CREATE TABLE reconciliations (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        site text NOT NULL,
        window_from text NOT NULL,
        window_to text NOT NULL,
        apply boolean NOT NULL,
        settle_ms integer NOT NULL,
        by_clock boolean NOT NULL,
        state text NOT NULL DEFAULT 'requested' CHECK (state IN ('requested', 'running', 'complete', 'failed')),
        not_before timestamptz NOT NULL DEFAULT now(),
        holder text,
        held_until timestamptz,
        requested_at timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz,
        compared jsonb NOT NULL DEFAULT '{"oms": 0, "ledger": 0, "crm": 0}',
        repaired integer NOT NULL DEFAULT 0,
        sentence text
      );
      CREATE INDEX reconciliations_site ON reconciliations (site, id);
      CREATE INDEX reconciliations_waiting ON reconciliations (id) WHERE state IN ('requested', 'running');

      CREATE TABLE reconciliation_differences (
        reconciliation_id bigint NOT NULL REFERENCES reconciliations ON DELETE CASCADE,
        position integer NOT NULL,
        number text NOT NULL,
        class text NOT NULL,
        behind text NOT NULL,
        record text,
        field text,
        expected jsonb,
        found jsonb,
        repair text NOT NULL,
        reason text,
        left_before boolean NOT NULL,
        PRIMARY KEY (reconciliation_id, position)
      );
      CREATE INDEX reconciliation_differences_number ON reconciliation_differences (number) WHERE repair = 'ignore';
      COMMENT ON COLUMN reconciliation_differences.left_before IS 'An earlier applied run has left the very same to a person';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE reconciliation_differences, reconciliations');
    await runner.query('ALTER TABLE orders DROP COLUMN last_seen_at');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateCustomers1764090000000 implements MigrationInterface {
  readonly name = 'CreateCustomers1764090000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE customers (
        organization text NOT NULL,
        key text NOT NULL,
        confirmed jsonb NOT NULL,
        version integer NOT NULL,
        revision integer NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (organization, key)
      );
      CREATE INDEX customers_key ON customers (key);
      COMMENT ON COLUMN customers.confirmed IS 'What the OMS confirmed, a digest for each field; ? where it may hold what was sent';

      CREATE TABLE customer_history (
        organization text NOT NULL,
        key text NOT NULL,
        version integer NOT NULL,
        fields text[] NOT NULL,
        source_message text NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (organization, key, version)
      );
      COMMENT ON COLUMN customer_history.fields IS 'Names of the fields that the OMS was given, never their values';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE customer_history, customers');
  }
}

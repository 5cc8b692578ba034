import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateDuties1764110000000 implements MigrationInterface {
  readonly name = 'CreateDuties1764110000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE duties (
        name text PRIMARY KEY,
        token bigint NOT NULL,
        taken_at timestamptz NOT NULL DEFAULT now()
      );
      COMMENT ON TABLE duties IS 'What one replica at a time does; whose it is, is a session''s advisory lock and no row';
      COMMENT ON COLUMN duties.token IS 'Grows with every taking: who writes with a lower one had the duty before, and changes nothing';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE duties');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ExtendOrderHistory1764070000000 implements MigrationInterface {
  readonly name = 'ExtendOrderHistory1764070000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE order_history ADD COLUMN track text NOT NULL DEFAULT 'status', ADD COLUMN reason text;
      UPDATE order_history SET track = 'holds' WHERE line IS NULL AND (to_status = 'no-hold' OR to_status LIKE 'on-hold%');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE order_history DROP COLUMN track, DROP COLUMN reason');
  }
}

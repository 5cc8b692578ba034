import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who reads a channel is told by the lock of its duty and no longer by a row that runs out. */
export class FreeFeedCursors1764110100000 implements MigrationInterface {
  readonly name = 'FreeFeedCursors1764110100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE feed_cursors DROP COLUMN holder, DROP COLUMN held_until');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE feed_cursors ADD COLUMN holder text NOT NULL DEFAULT '', ADD COLUMN held_until timestamptz NOT NULL DEFAULT now()`,
    );
  }
}

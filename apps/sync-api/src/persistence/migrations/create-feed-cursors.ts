import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateFeedCursors1764000200000 implements MigrationInterface {
  readonly name = 'CreateFeedCursors1764000200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE feed_cursors (
        org text NOT NULL,
        channel text NOT NULL,
        position bytea,
        kept_at timestamptz,
        since timestamptz NOT NULL DEFAULT now(),
        holder text NOT NULL,
        held_until timestamptz NOT NULL,
        PRIMARY KEY (org, channel)
      );
      COMMENT ON COLUMN feed_cursors.position IS 'Opaque to us, of any length: where the far side goes on';
      COMMENT ON COLUMN feed_cursors.holder IS 'The replica that reads the channel; another may take it once held_until has passed';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE feed_cursors');
  }
}

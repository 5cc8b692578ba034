import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A message stays in the outbox until it is settled: a queue of the broker may be deleted with all that was safely in it. Room is left in
 * each page, so that to mark a row as sent touches no index.
 */
export class KeepSentMessages1764000300000 implements MigrationInterface {
  readonly name = 'KeepSentMessages1764000300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE outbox_messages ADD COLUMN sent_at timestamptz, SET (fillfactor = 60)`);
    await runner.query(
      `COMMENT ON COLUMN outbox_messages.sent_at IS 'The bus has it since; gone once it is settled, sent again where its lane has lost it'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM outbox_messages WHERE sent_at IS NOT NULL`);
    await runner.query(`ALTER TABLE outbox_messages DROP COLUMN sent_at, SET (fillfactor = 100)`);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What came back for a retry stands far below what is written now, and is looked for by its due time; what is fresh is looked for by its
 * place alone. So the relay need not walk over the dead rows of everything that it has sent.
 */
export class MarkReturnedMessages1764000200000 implements MigrationInterface {
  readonly name = 'MarkReturnedMessages1764000200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE outbox_messages ADD COLUMN returned boolean NOT NULL DEFAULT false`);
    await runner.query(
      `UPDATE outbox_messages SET returned = true WHERE attempts > 0 OR next_attempt_at > statement_timestamp()`,
    );
    await runner.query(
      `ALTER TABLE outbox_messages ADD CONSTRAINT outbox_messages_fresh_is_due CHECK (returned OR next_attempt_at <= created_at)`,
    );
    await runner.query(`CREATE INDEX outbox_messages_returned ON outbox_messages (next_attempt_at, id) WHERE returned`);
    await runner.query(
      `COMMENT ON COLUMN outbox_messages.returned IS 'Came back for a retry or to wait: found by its due time, not by its place'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE outbox_messages DROP COLUMN returned`);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Parked messages that were asked to be given back, so many a second; how far that is, so that another replica goes on with it. */
export class CreateReplays1764120000000 implements MigrationInterface {
  readonly name = 'CreateReplays1764120000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE replays (
        id bigserial PRIMARY KEY,
        selection jsonb NOT NULL,
        per_second int NOT NULL CHECK (per_second > 0),
        last_id bigint NOT NULL,
        passed_id bigint NOT NULL DEFAULT 0,
        state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'stopped', 'complete')),
        selected int NOT NULL,
        released int NOT NULL DEFAULT 0,
        requested_at timestamptz NOT NULL DEFAULT now(),
        next_at timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz
      )`);
    await runner.query(`CREATE INDEX replays_running ON replays (next_at) WHERE state = 'running'`);
    await runner.query(
      `COMMENT ON COLUMN replays.last_id IS 'What is parked later is left alone: what fails again must not go round in circles'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE replays');
  }
}

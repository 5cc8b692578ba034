import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateLaneGenerations1764130000000 implements MigrationInterface {
  readonly name = 'CreateLaneGenerations1764130000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE lane_generations (
        id serial PRIMARY KEY,
        lanes int NOT NULL,
        begins_after bigint NOT NULL,
        since timestamptz NOT NULL DEFAULT now()
      );
      COMMENT ON TABLE lane_generations IS 'How many lanes each queue has: the last row counts; those before it go when nothing of theirs is left';
      COMMENT ON COLUMN lane_generations.begins_after IS 'What stands higher in the outbox was never sent by an older number of lanes';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE lane_generations');
  }
}

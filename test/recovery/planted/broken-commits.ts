import type { DataSource } from 'typeorm';

/** The database breaks off at the very commit of the first transactions that write to a table: all of them are rolled back. */
export class BrokenCommits {
  private constructor(private readonly database: DataSource) {}

  static async of(database: DataSource, { table, times }: { table: string; times: number }): Promise<BrokenCommits> {
    // A sequence keeps counting where the transaction that counted was rolled back.
    await database.query('CREATE SEQUENCE broken_commits');
    await database.query(
      `CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF nextval('broken_commits') <= ${times} THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
         RETURN NULL;
       END $$`,
    );
    await database.query(
      `CREATE CONSTRAINT TRIGGER break_off AFTER INSERT ON ${table} DEFERRABLE INITIALLY DEFERRED
       FOR EACH ROW EXECUTE FUNCTION break_off()`,
    );
    return new BrokenCommits(database);
  }

  async haveStruck(): Promise<boolean> {
    const rows = await this.database.query<{ is_called: boolean }[]>('SELECT is_called FROM broken_commits');
    return rows[0]?.is_called === true;
  }
}

import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface FreshDatabase {
  readonly url: string;
  /** Drops the database and whoever is still connected to it. */
  drop(): Promise<void>;
  /** The same, and makes it anew: empty, under the same address. */
  lose(): Promise<void>;
}

/**
 * A database of its own for one test file, empty or cloned from a template (`templateDatabase`). Needs the global setup
 * of the integration tests. What is not dropped goes with the run.
 */
export async function freshDatabase(template = 'template1'): Promise<FreshDatabase> {
  const name = `${runPrefix()}_${randomBytes(6).toString('hex')}`;
  const create = (from: string) =>
    asAdmin(async (admin) => {
      await admin.query(`CREATE DATABASE ${name} TEMPLATE ${admin.escapeIdentifier(from)}`);
    });
  const drop = () =>
    asAdmin(async (admin) => {
      await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    });
  const lose = async () => {
    await drop();
    await create('template1');
  };
  await create(template);
  return { url: urlOf(name), drop, lose };
}

/**
 * Makes the named template once per run, whichever worker asks first; the others wait for it.
 * @param migrate brings the empty database at `url` to its full schema and closes its connections.
 * @returns the name to give to `freshDatabase`.
 */
export async function templateDatabase(name: string, migrate: (url: string) => Promise<void>): Promise<string> {
  const template = `${runPrefix()}_template_${name}`;
  await asAdmin(async (admin) => {
    await admin.query('SELECT pg_advisory_lock(hashtext($1))', [template]);
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (rowCount === 1) return;
    // Named only when complete: a failed migration leaves nothing that a later test would take for the template.
    const draft = `${template}_draft`;
    await admin.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`);
    await admin.query(`CREATE DATABASE ${draft}`);
    await migrate(urlOf(draft));
    await admin.query(`ALTER DATABASE ${draft} RENAME TO ${template}`);
  });
  return template;
}

/** Drops every database of this run; matters on a server that is not ours and lives on. */
export async function dropDatabasesOfRun(): Promise<void> {
  await asAdmin(async (admin) => {
    const { rows } = await admin.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
      [`${runPrefix()}_`],
    );
    for (const { datname } of rows) await admin.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
  });
}

async function asAdmin<T>(work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: required('TANDEM_TEST_DB_URL') });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

function urlOf(database: string): string {
  const url = new URL(required('TANDEM_TEST_DB_URL'));
  url.pathname = `/${database}`;
  return url.href;
}

function runPrefix(): string {
  return `tandem_test_${required('TANDEM_TEST_RUN')}`;
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set: run this file as an integration test.`);
  return value;
}

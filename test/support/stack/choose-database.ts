import pg from 'pg';
import { startPostgres } from '../environment/index.js';

export interface ChosenDatabase {
  readonly url: string;
  /** Gives back what was started or made here, and nothing else. */
  release(): Promise<void>;
}

/**
 * The database that a demo may write to: an embedded one, or the one at `TANDEM_DB_URL`. Where that one holds a Tandem
 * already (of an earlier run, or in earnest), a database beside it is made for this run and dropped afterwards: invented
 * orders never mix with those of others.
 */
export async function chooseDatabase(run: string, onProgress?: (sentence: string) => void): Promise<ChosenDatabase> {
  const server = await startPostgres(onProgress === undefined ? {} : { onProgress });
  if (!(await holdsTandem(server.url))) return { url: server.url, release: () => server.stop() };
  const name = `tandem_${run.replaceAll('-', '_')}`;
  onProgress?.(`The database at TANDEM_DB_URL is in use: making ${name} beside it`);
  await ask(server.url, `CREATE DATABASE ${name}`);
  const own = new URL(server.url);
  own.pathname = `/${name}`;
  return {
    url: own.href,
    release: async () => {
      await ask(server.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await server.stop();
    },
  };
}

async function holdsTandem(url: string): Promise<boolean> {
  const [row] = await ask(url, `SELECT to_regclass('outbox_messages') IS NOT NULL AS found`);
  return (row as { found?: boolean } | undefined)?.found === true;
}

async function ask(url: string, sql: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}

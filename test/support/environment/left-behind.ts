import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Marks the folder as used by this process.
 * @throws when another living process uses it: two servers on one data folder would destroy it.
 */
export async function claimFolder(home: string): Promise<void> {
  const owner = await numberIn(join(home, 'owner.pid'));
  if (owner !== undefined && owner !== process.pid && isAlive(owner)) {
    throw new Error(`The data folder ${home} is in use by process ${owner}: stop that one first.`);
  }
  await stopServerIn(home);
  await writeFile(join(home, 'owner.pid'), `${process.pid}\n`);
}

/**
 * Servers normally end with the process that started them. This is for those whose keeper was killed as well: the
 * server is stopped and its folder removed, unless the process that claimed the folder still lives.
 */
export async function removeFoldersLeftBehind(parent: string, prefix: string): Promise<void> {
  const names = (await readdir(parent)).filter((name) => name.startsWith(prefix));
  for (const home of names.map((name) => join(parent, name))) {
    const owner = await numberIn(join(home, 'owner.pid'));
    if (owner === undefined || isAlive(owner)) continue;
    await stopServerIn(home);
    // Another user's folder cannot be removed by us, and is not ours to remove.
    await rm(home, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function stopServerIn(home: string): Promise<void> {
  const pid = await numberIn(join(home, 'cluster', 'postmaster.pid'));
  // After a reboot the number may belong to anybody: only a process that names this very folder is stopped.
  if (pid === undefined || !commandLineOf(pid).includes(home)) return;
  process.kill(pid, 'SIGQUIT');
}

function commandLineOf(pid: number): string {
  const file = `/proc/${pid}/cmdline`;
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return fault instanceof Error && 'code' in fault && fault.code === 'EPERM';
  }
}

async function numberIn(file: string): Promise<number | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const number = Number.parseInt(text, 10);
  return Number.isNaN(number) ? undefined : number;
}

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repositoryRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Every TypeScript source that git knows or would add, as paths from the root; nothing built, nothing generated. */
export function sourceFiles(): readonly string[] {
  const listed = ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', '-z', '*.ts'];
  return execFileSync('git', listed, { cwd: repositoryRoot, encoding: 'utf8' }).split('\0').filter(isThere);
}

/** What is shipped: no specs, no migrations, no test workspace. */
export function productFiles(): readonly string[] {
  return sourceFiles().filter(
    (file) => /^(libs|apps)\//.test(file) && !/[.-]spec\.ts$|\/migrations\/|\/testing\//.test(file),
  );
}

export function linesOf(file: string): number {
  return readFileSync(join(repositoryRoot, file), 'utf8').trimEnd().split('\n').length;
}

function isThere(file: string): boolean {
  if (file === '') return false;
  try {
    readFileSync(join(repositoryRoot, file));
    return true;
  } catch {
    return false;
  }
}

import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const source = 'libs/adapters-salesforce/sfdx/force-app/main/default';

export interface CheckOutcome {
  readonly passed: boolean;
  /** All that it wrote, without colours. */
  readonly output: string;
}

/** Runs one step of `npm run salesforce-package`, of the package itself or of a copy of its source. */
export function checkPackage(step: string, copy?: string): Promise<CheckOutcome> {
  const env = { ...process.env, ...(copy === undefined ? {} : { TANDEM_SFDX_SOURCE: copy }) };
  return new Promise((resolve) => {
    execFile(process.execPath, ['scripts/salesforce-package.mjs', step], { env }, (failure, stdout, stderr) =>
      resolve({ passed: failure === null, output: `${stdout}${stderr}` }),
    );
  });
}

/** Another text in a file; in one that is not there yet, where `of` is empty. */
export interface Mistake {
  readonly file: string;
  readonly instead: string;
  readonly of: string;
}

/** What a step says of a copy of the source in which one mistake was planted. */
export async function checkWithMistake(step: string, { file, instead, of }: Mistake): Promise<CheckOutcome> {
  const copy = await mkdtemp(join(tmpdir(), 'tandem-planted-'));
  try {
    await cp(source, copy, { recursive: true });
    const text = await readFile(join(copy, file), 'utf8').catch(() => '');
    if (!text.includes(of)) throw new Error(`${file} has no ${of} to plant a mistake in.`);
    await writeFile(join(copy, file), text.replace(of, instead));
    return await checkPackage(step, copy);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

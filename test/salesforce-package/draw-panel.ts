import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What stands on the page, block by block, and what is wrong with it. */
export interface DrawnPanel extends Flaws {
  readonly title: readonly string[];
  readonly age: readonly string[];
  readonly live: readonly string[];
  readonly steps: readonly string[];
  readonly asides: readonly string[];
  readonly lines: readonly string[];
  readonly parcels: readonly string[];
  readonly links: readonly string[];
  readonly requests: readonly string[];
  readonly history: readonly string[];
  readonly errors: readonly string[];
  /** The same panel once it heard of a hold, with the form for a cancellation open. */
  readonly held: Flaws & { readonly alerts: readonly string[] };
  /** What Apex was asked when the form was sent. */
  readonly asked: unknown;
  readonly picture: Buffer;
}

interface Flaws {
  /** Elements whose content does not fit. */
  readonly cut: readonly string[];
  /** What a checker of accessibility objects to. */
  readonly accessibility: readonly string[];
}

/** Compiles the panel, shows these records in it, and takes its picture in that browser. */
export async function drawPanel(chromium: string, records: object): Promise<DrawnPanel> {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-panel-'));
  try {
    const [given, picture] = [join(folder, 'records.json'), join(folder, 'panel.png')];
    await writeFile(given, JSON.stringify(records));
    const output = await run('scripts/salesforce-package.mjs', 'draw', chromium, given, picture);
    const seen = JSON.parse(output.slice(output.indexOf('{'))) as Omit<DrawnPanel, 'picture'>;
    return { ...seen, picture: await readFile(picture) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function run(...args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, (failure, stdout, stderr) =>
      failure ? reject(new Error(`${failure.message}\n${stdout}${stderr}`)) : resolve(stdout),
    );
  });
}

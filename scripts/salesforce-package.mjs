/**
 * Checks the package for the org without an org. Its tools are heavy and tied to older versions of ESLint and Jest, so
 * they are installed beside it, the first time it is checked. `npm run salesforce-package -- apex` runs one step; `draw`,
 * which a test uses, runs only when it is asked for, with the words behind it: browser, records, picture.
 */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installFolder } from './install.mjs';

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'libs', 'adapters-salesforce', 'sfdx');
const modules = join(folder, 'node_modules');

const steps = {
  manifest: [join(folder, 'checks', 'manifest.mjs')],
  apex: [join(folder, 'checks', 'apex.mjs')],
  lightning: [join(folder, 'checks', 'lightning.mjs')],
  lint: [join(modules, 'eslint', 'bin', 'eslint.js'), '--max-warnings=0', 'force-app'],
  unit: [join(modules, '@salesforce', 'sfdx-lwc-jest', 'bin', 'sfdx-lwc-jest'), '--', '--silent'],
};

if (process.argv.includes('--help')) {
  process.stdout.write(
    `Usage: npm run salesforce-package -- [step…]\nRuns all steps, or those that are named: ${Object.keys(steps).join(', ')}.\n`,
  );
  process.exit(0);
}
const drawing = process.argv[2] === 'draw' ? process.argv.slice(3) : undefined;
if (drawing) steps.draw = [join(folder, 'preview', 'render.mjs'), ...drawing];
const wanted = drawing ? ['draw'] : process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(steps, name));
if (unknown.length > 0) {
  process.stderr.write(`Unknown step: ${unknown.join(', ')}. Steps: ${Object.keys(steps).join(', ')}\n`);
  process.exit(2);
}

await installFolder(folder, 'Installing what checks the Salesforce package');
const failed = [];
for (const name of wanted.length > 0 ? wanted : Object.keys(steps)) {
  process.stdout.write(`${name}\n`);
  if ((await run(steps[name])) !== 0) failed.push(name);
}
if (failed.length > 0) process.stdout.write(`Failed: ${failed.join(', ')}\n`);
process.exit(failed.length === 0 ? 0 : 1);

/** Without the flags of a surrounding Jest: this one runs CommonJS. */
function run(args) {
  const env = { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1' };
  const child = spawn(process.execPath, args, { cwd: folder, stdio: 'inherit', env });
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
}

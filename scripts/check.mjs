/**
 * Everything a change must pass, two steps at a time on two cores: types, lint, cycles, format, dead code, unit tests.
 * One line per step; the output of a step is shown when it fails. `npm run check -- lint` runs one step.
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);

// The longest first, so that the short ones fill the other core.
const steps = [
  { name: 'lint', run: [bin('eslint', 'eslint'), '--max-warnings=0', '.'] },
  { name: 'unit tests', run: [join(root, 'scripts', 'test.mjs'), '--unit', '--silent'] },
  { name: 'types', run: [bin('typescript', 'tsc'), '-p', '.', '--pretty', 'false'] },
  { name: 'format', run: [bin('prettier', 'prettier'), '--check', '--log-level=warn', '.'] },
  { name: 'dead code', run: [bin('knip', 'knip'), '--no-progress', '--no-config-hints'] },
  {
    name: 'cycles',
    run: [bin('dependency-cruiser', 'depcruise'), '--config', '.dependency-cruiser.mjs', 'libs', 'apps', 'test'],
  },
];

const wanted = process.argv.slice(2);
if (wanted.includes('--help')) {
  process.stdout.write(
    `Usage: npm run check -- [step…]\nRuns all steps, or those that are named: ${steps.map(({ name }) => name).join(', ')}.\n`,
  );
  process.exit(0);
}
const unknown = wanted.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  process.stderr.write(`Unknown step: ${unknown.join(', ')}. Steps: ${steps.map(({ name }) => name).join(', ')}\n`);
  process.exit(2);
}

// Plain text: colours would be kept in the log of a build.
const environment = { ...process.env, NO_COLOR: '1' };
delete environment.FORCE_COLOR;
const children = new Set();
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal);
    process.exit(130);
  });
}

const started = Date.now();
const queue = steps.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const total = queue.length;
const failed = [];
await Promise.all([worker(), worker()]);
const seconds = ((Date.now() - started) / 1000).toFixed(1);
process.stdout.write(`${total - failed.length} of ${total} steps passed in ${seconds} s\n`);
process.exit(failed.length === 0 ? 0 : 1);

async function worker() {
  for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
    const begun = Date.now();
    const { ok, output } = await runStep(step);
    const took = `${((Date.now() - begun) / 1000).toFixed(1)} s`;
    if (!ok) failed.push(step.name);
    process.stdout.write(`${ok ? 'ok    ' : 'FAILED'}  ${step.name.padEnd(10)}  ${took}\n${ok ? '' : `${output}\n`}`);
  }
}

function runStep({ run }) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, run, { cwd: root, env: environment });
    children.add(child);
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => {
      children.delete(child);
      resolve({ ok: code === 0, output });
    });
  });
}

function bin(packageName, command) {
  // Not resolved by name: some packages do not export their package.json.
  const folder = join(root, 'node_modules', packageName);
  const { bin: declared } = require(join(folder, 'package.json'));
  return join(folder, typeof declared === 'string' ? declared : declared[command]);
}

/**
 * Runs Jest on this Node and ends with one plain line, `N passed, N failed, N skipped`, by tally-reporter.mjs.
 *   --unit       only the tests that need nothing outside their process (`.spec.ts`)
 *   --no-skip    a skipped test fails the run
 * Everything else is handed to Jest: a path, `-t name`, `--watch`.
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const own = new Set(['--unit', '--no-skip']);
const args = process.argv.slice(2);
if (args.includes('--help')) {
  process.stdout.write(
    `Usage: npm test -- [--unit] [--no-skip] [path…]
Runs the tests, or those whose path matches, and ends with one line: N passed, N failed, N skipped.
  --unit      only the tests that need nothing outside their process
  --no-skip   a skipped test fails the run
What else is given goes to Jest: -t name, --watch.
`,
  );
  process.exit(0);
}
const rest = args.filter((arg) => !own.has(arg));
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const jest = join(dirname(createRequire(import.meta.url).resolve('jest/package.json')), 'bin', 'jest.js');
const projects = args.includes('--unit') ? ['--selectProjects', 'unit'] : [];

const child = spawn(process.execPath, [jest, ...projects, ...rest], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    // ESM in Jest needs the flag; its warning would be printed once per worker.
    NODE_OPTIONS:
      `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --disable-warning=ExperimentalWarning`.trim(),
    TANDEM_TEST_NO_SKIP: args.includes('--no-skip') ? '1' : (process.env.TANDEM_TEST_NO_SKIP ?? ''),
  },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));

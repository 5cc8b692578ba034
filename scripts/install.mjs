/** Brings node_modules in step with package-lock.json. Node built-ins only: it runs before anything is installed. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { progressLine } from './progress.mjs';

export async function installWhatIsMissing(root) {
  if (existsSync(node24(root)) && isInstalled(root)) return;
  await install(root, 'Installing dependencies', []);
  if (!existsSync(node24(root))) {
    throw new Error(
      'Node 24 is missing although npm succeeded: install scripts seem to be off (npm config ignore-scripts).',
    );
  }
}

/** The same for a folder with a lock file of its own, whose packages need no install scripts. */
export async function installFolder(folder, what) {
  if (!isInstalled(folder)) await install(folder, what, ['--ignore-scripts']);
}

async function install(folder, what, options) {
  const verb = existsSync(join(folder, 'package-lock.json')) ? 'ci' : 'install';
  const progress = progressLine(`${what} (only after a fresh clone or a changed lock file)`);
  const outcome = await runNpm(folder, [verb, '--loglevel=error', '--include=dev', '--include=optional', ...options]);
  progress.end(outcome.ok ? 'installed' : 'failed');
  if (!outcome.ok) throw new Error(`npm ${verb} failed:\n${outcome.output}`);
}

/** The Node that runs everything else, brought by the npm package `node`. */
export function node24(root) {
  return join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
}

function isInstalled(root) {
  const installed = join(root, 'node_modules', '.package-lock.json');
  const wanted = join(root, 'package-lock.json');
  if (!existsSync(installed)) return false;
  if (!existsSync(wanted) || statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return true;
  // Git touches the lock file on every change of branch: a reinstall is due only when its content asks for one.
  const same = holdsTheSame(packagesOf(wanted), packagesOf(installed));
  if (same) utimesSync(installed, new Date(), new Date());
  return same;
}

function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages ?? {};
}

function holdsTheSame(wanted, installed) {
  const missing = Object.entries(wanted).some(
    ([path, entry]) =>
      path.startsWith('node_modules/') && !entry.optional && installed[path]?.version !== entry.version,
  );
  return !missing && Object.entries(installed).every(([path, entry]) => wanted[path]?.version === entry.version);
}

function runNpm(root, args) {
  const cli = process.env.npm_execpath?.endsWith('.js') ? process.env.npm_execpath : undefined;
  const [command, prefix] = cli === undefined ? ['npm', []] : [process.execPath, [cli]];
  return new Promise((resolve) => {
    const npm = spawn(command, [...prefix, ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: cli === undefined && process.platform === 'win32',
    });
    let output = '';
    const keep = (chunk) => (output = (output + chunk).slice(-20_000));
    npm.stdout.on('data', keep);
    npm.stderr.on('data', keep);
    npm.on('error', (fault) => resolve({ ok: false, output: `npm cannot be started: ${fault.message}` }));
    npm.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

#!/usr/bin/env node
/**
 * Installs what is missing, builds what is stale, then runs one command on Node 24.
 * Needs Node 20 or later and npm, nothing else; everything it says itself goes to standard error.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commands, listCommands } from './commands.mjs';
import { installWhatIsMissing, node24 } from './install.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [name, ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined;

if (command === undefined) {
  process.stderr.write(
    `${name === undefined || name === '--help' ? '' : `Unknown command: ${name}\n`}Commands:\n${listCommands()}\n`,
  );
  process.exit(name === '--help' ? 0 : 2);
}

try {
  await installWhatIsMissing(root);
  const { build } = await import('./build.mjs');
  await build();
} catch (fault) {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exit(1);
}

// A process group of its own: a terminal sends Ctrl-C to the whole group, npm passes it on once more, and the command
// would be told three times. So it hears of a signal from here only.
const child = spawn(node24(root), ['--enable-source-maps', join(root, command.file), ...args], {
  cwd: root,
  stdio: 'inherit',
  detached: process.platform !== 'win32',
  shell: process.platform === 'win32',
});

let lastSignalAt = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    const echo = Date.now() - lastSignalAt < 500;
    lastSignalAt = Date.now();
    if (!echo) child.kill(signal);
  });
}

child.on('error', (fault) => {
  process.stderr.write(`${command.file} cannot be started: ${fault.message}\n`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));

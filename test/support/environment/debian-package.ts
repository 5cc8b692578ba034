import { existsSync } from 'node:fs';
import { runToEnd } from './keep-server.js';

/** Why a package of Debian cannot be installed here; undefined where it can. */
export function whyNoInstallation({ mayInstall }: { readonly mayInstall: boolean }): string | undefined {
  if (!mayInstall) return '(TANDEM_TEST_INSTALL=1 would install it, as root on Debian.)';
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) return undefined;
  return 'It cannot be installed here: that takes root and apt-get.';
}

/** Throws where apt-get fails, with what it said. */
export async function installDebianPackage(name: string): Promise<void> {
  await aptGet('update', '-qq');
  await aptGet('install', '-y', '-qq', '--no-install-recommends', name);
}

function aptGet(...args: readonly string[]): Promise<void> {
  const command = ['DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
  return runToEnd({ command: '/usr/bin/env', args: command, home: '/', account: {} });
}

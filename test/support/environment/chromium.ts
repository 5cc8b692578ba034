import { existsSync } from 'node:fs';
import { installDebianPackage, whyNoInstallation } from './debian-package.js';

export type FoundChromium = { readonly path: string } | { readonly missing: string };

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * The browser at `TANDEM_TEST_CHROMIUM`; else one installed in its usual place; else Debian's, which is installed when
 * `TANDEM_TEST_INSTALL=1` and we are root on Debian. A browser that was asked for by name and is not there is missing.
 */
export async function findChromium(): Promise<FoundChromium> {
  const given = process.env['TANDEM_TEST_CHROMIUM'];
  if (given !== undefined && given !== '') {
    return existsSync(given) ? { path: given } : { missing: 'There is no browser at TANDEM_TEST_CHROMIUM.' };
  }
  const path = places.find((place) => existsSync(place));
  if (path !== undefined) return { path };
  const obstacle = whyNoInstallation({ mayInstall: process.env['TANDEM_TEST_INSTALL'] === '1' });
  if (obstacle !== undefined) return { missing: `No Chromium: none is installed in a usual place. ${obstacle}` };
  await installDebianPackage('chromium');
  return { path: '/usr/bin/chromium' };
}

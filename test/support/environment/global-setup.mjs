/** Jest runs this outside its own module system, so it takes the built files, and builds them when they are stale. */
import { build } from '../../../scripts/build.mjs';

export default async function setup() {
  await build();
  const { startTestRun } = await import('../../dist/support/environment/test-run.js');
  globalThis.stopTestRun = await startTestRun((sentence) => process.stderr.write(`${sentence}\n`));
}

import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { repositoryRoot } from './product-files.js';

/** What `npm run check` says of a tree that holds these files. */
async function cruise(tree: string, files: Record<string, string>): Promise<string> {
  for (const [path, code] of Object.entries(files)) {
    await mkdir(dirname(join(tree, path)), { recursive: true });
    await writeFile(join(tree, path), code);
  }
  const cli = join(repositoryRoot, 'node_modules', '.bin', 'depcruise');
  const args = [cli, '--config', '.dependency-cruiser.mjs', 'libs'];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: tree, env: {} }, (_fault, stdout, stderr) => resolve(stdout + stderr));
  });
}

describe('Cycles of imports', () => {
  let tree: string;
  beforeEach(async () => {
    tree = await mkdtemp(join(tmpdir(), 'tandem-cycles-'));
    for (const file of ['.dependency-cruiser.mjs', 'tsconfig.json', 'package.json']) {
      await copyFile(join(repositoryRoot, file), join(tree, file));
    }
    await symlink(join(repositoryRoot, 'node_modules'), join(tree, 'node_modules'));
  });
  afterEach(() => rm(tree, { recursive: true }));

  it('are refused, and named', async () => {
    const said = await cruise(tree, {
      'libs/domain/src/order.ts': `import { line } from './line.js'; export const order = [line];`,
      'libs/domain/src/line.ts': `import { order } from './order.js'; export const line = () => order;`,
    });
    expect(said).toMatch(/error no-cycle: libs\/domain\/src\/line\.ts/);
  });

  it('are refused when only types go round', async () => {
    const said = await cruise(tree, {
      'libs/domain/src/order.ts': `import type { Line } from './line.js'; export type Order = Line[];`,
      'libs/domain/src/line.ts': `import type { Order } from './order.js'; export type Line = { order: Order };`,
    });
    expect(said).toContain('no-cycle');
  });

  it('are not seen where there are none', async () => {
    const said = await cruise(tree, {
      'libs/domain/src/order.ts': `import { line } from './line.js'; export const order = [line];`,
      'libs/domain/src/line.ts': `export const line = 1;`,
    });
    expect(said).toContain('no dependency violations found (2 modules');
  });
});

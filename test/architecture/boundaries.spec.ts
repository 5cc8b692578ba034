import { beforeAll, describe, expect, it } from '@jest/globals';
import { typedLint, lintedAs, type Lint } from './lint.js';
import { matrix } from './import-matrix.js';
import { forbiddenImports, forbiddenWords, permittedImports, permittedWords, typedCode } from './planted.js';

describe('The import table', () => {
  let lint: Lint;
  beforeAll(() => {
    lint = lintedAs();
  });

  it.each(matrix)('lets $file import exactly what its row lists', async ({ file, code, targets, accepts }) => {
    const refused = new Set(
      (await lint(file, code)).filter(({ rule }) => rule === 'tandem/imports').map(({ line }) => line),
    );
    expect(targets.filter((_, index) => !refused.has(index + 1))).toEqual(accepts);
  });

  it.each(forbiddenImports)('refuses that $file imports $source', async ({ file, source }) => {
    const refusals = await lint(file, `import '${source}';`);
    expect(refusals).toContainEqual(expect.objectContaining({ rule: 'tandem/imports' }));
  });

  it.each(permittedImports)('lets $file import $source', async ({ file, source }) => {
    expect(await lint(file, `import '${source}';`)).toEqual([]);
  });

  it.each([
    `export * from 'node:fs';`,
    `export { readFile } from 'node:fs';`,
    `export const later = () => import('node:fs');`,
    `export type Files = import('node:fs').Stats;`,
    `import type { Stats } from 'node:fs'; export type Files = Stats;`,
    `import files = require('node:fs'); export { files };`,
  ])('is not escaped by writing the import as %s', async (code) => {
    expect(await lint('libs/domain/src/orders/planted.ts', code)).toContainEqual(
      expect.objectContaining({ rule: 'tandem/imports' }),
    );
  });
});

describe('The manners of a folder', () => {
  let lint: Lint;
  beforeAll(() => {
    lint = lintedAs();
  });

  it.each(forbiddenWords)('refuse in $file: $code', async ({ file, code, rule }) => {
    expect(await lint(file, code)).toContainEqual(expect.objectContaining({ rule }));
  });

  it.each(permittedWords)('accept in $file: $code', async ({ file, code }) => {
    expect(await lint(file, code)).toEqual([]);
  });
});

describe('The rules that read types', () => {
  it('refuse a forgotten case and a promise that nobody waits for, and nothing else', async () => {
    const expected = typedCode.split('\n').flatMap((text, index) => {
      const rule = text.split(' // ')[1];
      return rule === undefined ? [] : [{ line: index + 1, rule: `@typescript-eslint/${rule}` }];
    });
    const refusals = await typedLint('libs/domain/src/kernel/clock.ts', typedCode);
    expect(refusals.map(({ line, rule }) => ({ line, rule }))).toEqual(expected);
    // Reads the types of the whole project: on a busy machine that takes its time.
  }, 240_000);
});

import { describe, expect, it } from '@jest/globals';
import { sourceFiles } from './product-files.js';

const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const banned = ['util', 'helper', 'common', 'manager', 'processor', 'base', 'misc', 'impl', 'data', 'info'];

/** The words of a path: of every folder and of the name, without its suffixes. */
function wordsOf(path: string): readonly string[] {
  return path.split(/[/.-]/).slice(0, -1);
}

function isBanned(word: string): boolean {
  return banned.includes(word) || banned.includes(word.replace(/s$/, ''));
}

describe('Names of files and folders', () => {
  const files = sourceFiles();

  it('are in kebab-case, with suffixes after a dot', () => {
    const parts = (file: string) => file.split('/').flatMap((part) => part.split('.'));
    expect(files.filter((file) => !parts(file).every((part) => kebabCase.test(part)))).toEqual([]);
  });

  it('say what is inside, not that it is something', () => {
    expect(files.filter((file) => wordsOf(file).some(isBanned))).toEqual([]);
  });

  it.each(['libs/domain/src/orders/order-utils.ts', 'apps/sync-api/src/common/clock.ts', 'libs/x/src/base.ts'])(
    'would not include %s',
    (planted) => {
      expect(wordsOf(planted).some(isBanned)).toBe(true);
    },
  );

  it.each(['libs/domain/src/kernel/information.ts', 'test/support/environment/database.ts'])(
    'may include %s',
    (planted) => {
      expect(wordsOf(planted).some(isBanned)).toBe(false);
    },
  );
});

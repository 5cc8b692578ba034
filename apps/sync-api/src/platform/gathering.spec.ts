import { describe, expect, it } from '@jest/globals';
import { Gathering } from './gathering.js';

/** Work that is finished by hand, call by call. */
function workbench() {
  const calls: { readonly items: readonly string[]; finish(): void; fail(reason: Error): void }[] = [];
  const work = (items: readonly string[]) =>
    new Promise<void>((finish, fail) => {
      calls.push({ items, finish, fail });
    });
  return { calls, work };
}

const settled = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

describe('Gathering', () => {
  it('begins at once while little is under way, and takes together what came while much was', async () => {
    const { calls, work } = workbench();
    const gathering = new Gathering(work, { underWay: 2, together: 3 });
    const all = ['a', 'b', 'c', 'd', 'e', 'f'].map((item) => gathering.add(item));
    expect(calls.map(({ items }) => items)).toEqual([['a'], ['b']]);
    calls[0]?.finish();
    await all[0];
    await settled();
    expect(calls[2]?.items).toEqual(['c', 'd', 'e']);
    calls[1]?.finish();
    calls[2]?.finish();
    await settled();
    calls[3]?.finish();
    await Promise.all(all);
    expect(calls.flatMap(({ items }) => items)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  it('lets none fail for another', async () => {
    const poisonous = new Error('poison');
    const work = async (items: readonly string[]) => {
      if (items.includes('bad')) throw poisonous;
      return Promise.resolve();
    };
    const gathering = new Gathering(work, { underWay: 1, together: 10 });
    const [first, good, bad, other] = ['first', 'good', 'bad', 'other'].map((item) => gathering.add(item));
    await expect(bad).rejects.toBe(poisonous);
    await expect(Promise.all([first, good, other])).resolves.toHaveLength(3);
  });
});

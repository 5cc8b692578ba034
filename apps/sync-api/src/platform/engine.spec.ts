import { describe, expect, it } from '@jest/globals';
import { Engine } from './engine.js';

/** An engine of five lanes; notes what it does, in order. */
function engineOn(live: () => readonly number[]) {
  const done: string[] = [];
  const narrowed = Promise.withResolvers<number>();
  const note = (what: string) => async () => void done.push(what);
  const engine = new Engine({
    bus: { start: note('bus starts'), close: note('bus closes') },
    relay: { start: () => void done.push('relay starts'), stop: note('relay stops') },
    duties: { stop: note('duties end') },
    generations: { begin: async (lanes) => void done.push(`${lanes} lanes begin`), live: async () => live() },
    lanes: 5,
  });
  engine.intake(async (lanes) => {
    done.push(`${lanes} lanes are read`);
    return { close: note('closed'), narrow: async (count) => narrowed.resolve(count) };
  });
  engine.door(async () => {
    done.push('door opens');
    return { close: note('door closes') };
  });
  return { engine, done, narrowed: narrowed.promise };
}

describe('The engine', () => {
  it('makes its lanes before it sends to them, and opens its doors last and closes them first', async () => {
    const { engine, done } = engineOn(() => []);
    await engine.start();
    await engine.stop();
    expect(done).toEqual([
      ...['bus starts', '5 lanes begin', '5 lanes are read', 'relay starts', 'door opens'],
      ...['door closes', 'duties end', 'relay stops', 'bus closes'],
    ]);
  });

  it('reads the lanes of a change that is under way, and leaves them when it is over', async () => {
    let live = [5, 12];
    const { engine, done, narrowed } = engineOn(() => live);
    await engine.start();
    expect(done).toContain('12 lanes are read');
    live = [5];
    expect(await narrowed).toBe(5);
    await engine.stop();
  });
});

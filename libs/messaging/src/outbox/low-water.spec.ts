import { describe, expect, it } from '@jest/globals';
import { LowWater } from './low-water.js';

describe('The low-water mark of the outbox', () => {
  it('moves past what was seen once all who were writing then are through, and a look has passed it since', () => {
    const mark = new LowWater();
    mark.noteLook(1_000n, true);
    mark.noteWriters(['a', 'b']);
    mark.noteLook(2_000n, true);
    mark.noteWriters(['b', 'c']);
    mark.noteLook(3_000n, true);
    expect(mark.floor).toBe(0n);
    mark.noteWriters(['c']);
    expect(mark.floor).toBe(0n);
    mark.noteLook(3_500n, true);
    expect(mark.floor).toBe(1_000n);
  });

  it('stays while one of them is still writing, whoever comes and goes beside it', () => {
    const mark = new LowWater();
    mark.noteLook(1_000n, true);
    for (let round = 0; round < 5; round++) {
      mark.noteWriters(['slow', `quick-${round}`]);
      mark.noteLook(2_000n, false);
    }
    expect(mark.floor).toBe(0n);
  });

  it('waits for a look that has come so far: one that was cut off below has not seen what came late above', () => {
    const mark = new LowWater();
    mark.noteLook(1_000n, true);
    mark.noteWriters([]);
    mark.noteLook(400n, true);
    expect(mark.floor).toBe(0n);
    mark.noteLook(0n, false);
    expect(mark.floor).toBe(1_000n);
  });

  it('starts from the bottom again when something that was seen was not sent', () => {
    const mark = new LowWater();
    mark.noteLook(1_000n, true);
    mark.noteWriters([]);
    mark.noteLook(2_000n, true);
    expect(mark.floor).toBe(1_000n);
    mark.reset();
    expect(mark.floor).toBe(0n);
    expect(mark.above).toBe(2_000n);
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { VirtualClock } from './virtual-clock.js';

describe('a clock that may be advanced', () => {
  let clock: VirtualClock;
  let rung: string[];
  beforeEach(() => {
    clock = new VirtualClock();
    rung = [];
  });
  afterEach(() => clock.reset());

  const HOUR = 3_600_000;
  const at = (hours: number, name: string) => clock.later(hours * HOUR, () => rung.push(name));

  it('rings what falls due on the way, in the order of its time and not of its making', () => {
    at(3, 'c');
    at(1, 'a');
    at(2, 'b');
    at(5, 'later');
    clock.advance(4 * HOUR);
    expect(rung).toEqual(['a', 'b', 'c']);
  });

  it('rings what a ring brings about, at its own time', () => {
    const start = clock.now();
    clock.later(HOUR, () => clock.later(HOUR, () => rung.push(String(Math.round((clock.now() - start) / HOUR)))));
    clock.advance(10 * HOUR);
    expect(rung).toEqual(['2']);
    expect(Math.round((clock.now() - start) / HOUR)).toBe(10);
  });

  it('rings once, and never what was called off or reset', () => {
    at(1, 'once');
    const callOff = at(1, 'called off');
    callOff();
    clock.advance(2 * HOUR);
    at(1, 'reset');
    clock.reset();
    clock.advance(2 * HOUR);
    expect(rung).toEqual(['once']);
  });
});

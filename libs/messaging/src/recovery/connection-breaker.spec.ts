import { beforeEach, describe, expect, it } from '@jest/globals';
import { TransientFault } from '@tandem/domain';
import { ConnectionBreaker } from './connection-breaker.js';

const settings = { keysInARow: 3, firstProbeAfterMs: 1_000, lastProbeAfterMs: 4_000, waitMs: 60_000 };
const down = new TransientFault('oms.unavailable', 'The OMS does not answer.', { farSide: 'oms' });

describe('The breaker of a connection', () => {
  let now: number;
  let breaker: ConnectionBreaker;
  const fail = (...keys: string[]) => keys.forEach((key) => breaker.failed(key, down));
  const probe = (key: string) => {
    expect(breaker.waitMs(key)).toBe(0);
    breaker.letThrough(key);
  };

  beforeEach(() => {
    now = 1_000;
    breaker = new ConnectionBreaker(settings, () => now);
  });

  it('holds it to be down when several keys in a row have failed', () => {
    fail('A', 'B');
    expect(breaker.state).toBeUndefined();
    fail('C');
    expect(breaker.state).toEqual({ downForMs: 0, code: 'oms.unavailable', probes: 0, nextProbeInMs: 1_000 });
  });

  it('is not opened by one key that fails again and again', () => {
    fail('A', 'A', 'A', 'A', 'B');
    expect(breaker.state).toBeUndefined();
  });

  it('counts anew after a success', () => {
    fail('A', 'B');
    breaker.succeeded();
    fail('C', 'D');
    expect(breaker.state).toBeUndefined();
  });

  it('lets one message through when the time has come, and the next ones later and later', () => {
    fail('A', 'B', 'C');
    for (const interval of [1_000, 2_000, 4_000, 4_000]) {
      expect(breaker.waitMs('D')).toBeGreaterThan(0);
      now += interval;
      const key = `at ${now}`;
      probe(key);
      expect(breaker.waitMs('D')).toBeGreaterThan(0);
      fail(key);
    }
    expect(breaker.state?.probes).toBe(4);
  });

  it('asks only a few back for the next probe', () => {
    fail('A', 'B', 'C');
    const waits = ['D', 'E', 'F', 'G', 'H', 'I'].map((key) => breaker.waitMs(key));
    expect(waits).toEqual([1_000, 1_000, 1_000, 1_000, 60_000, 60_000]);
    now += 1_000;
    probe('D');
    expect([breaker.waitMs('E'), breaker.waitMs('F')]).toEqual([1_000, 1_000]);
  });

  it('lets another key go before one that has failed as a probe', () => {
    fail('A', 'B', 'C');
    now += 1_000;
    probe('ill');
    fail('ill');
    now += 2_000;
    expect(breaker.waitMs('ill')).toBe(1_000);
    probe('well');
    breaker.succeeded();
    expect([breaker.state, breaker.waitMs('ill')]).toEqual([undefined, 0]);
  });

  it('asks others back though those that failed as probes come again too', () => {
    fail('A', 'B', 'C');
    for (const key of ['D', 'E', 'F', 'G', 'H']) {
      now += breaker.state?.nextProbeInMs ?? 0;
      probe(key);
      fail(key);
      expect(breaker.waitMs(key)).toBe((breaker.state?.nextProbeInMs ?? 0) + 1_000);
    }
    expect(breaker.waitMs('I')).toBe(breaker.state?.nextProbeInMs);
  });

  it('lets one that failed go again where no other is there', () => {
    fail('A', 'B', 'C');
    now += 1_000;
    probe('ill');
    fail('ill');
    now += 2_000 + 1_000;
    probe('ill');
  });

  it('lets the next one go at once when a probe says nothing of the connection', () => {
    fail('A', 'B', 'C');
    now += 1_000;
    probe('D');
    breaker.probeEnded('D');
    probe('E');
  });

  it('waits no longer for a probe that never ends', () => {
    fail('A', 'B', 'C');
    now += 1_000;
    probe('D');
    now += 90_000;
    probe('E');
  });

  it('waits as long as the far side asks', () => {
    const busy = new TransientFault('oms.rate_limited', 'Slow down.', { farSide: 'oms', retryAfterMs: 20_000 });
    fail('A', 'B');
    breaker.failed('C', busy);
    expect(breaker.waitMs('D')).toBe(20_000);
  });

  it('is quicker to open again right after an outage', () => {
    fail('A', 'B', 'C');
    breaker.succeeded();
    fail('A', 'B');
    expect(breaker.state?.nextProbeInMs).toBe(2_000);
    breaker.succeeded();
    breaker.succeeded();
    fail('A', 'B');
    expect(breaker.state).toBeUndefined();
  });
});

import { describe, expect, it } from '@jest/globals';
import { epochOf, laterThan, vendorTime } from './vendor-time.js';

describe('§2.5 vendor timestamps', () => {
  const now = Date.UTC(2026, 0, 31, 12, 0, 0, 5);

  it.each([
    ['2026-01-31T12:00:00.005', now],
    ['2026-01-31T12:00:00.005Z', now],
    ['2026-01-31T12:00:00', now - 5],
    ['2026-01-31T12:00:00.1', now + 95],
    ['2026-01-31', Date.UTC(2026, 0, 31)],
  ])('reads %s as UTC', (timestamp, epoch) => {
    expect(epochOf(timestamp)).toBe(epoch);
  });

  it('is later than the last change even within its millisecond, or when the clock went back', () => {
    expect(laterThan(undefined, now)).toBe('2026-01-31T12:00:00.005');
    expect(laterThan(vendorTime(now), now)).toBe('2026-01-31T12:00:00.006');
    expect(laterThan(vendorTime(now), now - 3_600_000)).toBe('2026-01-31T12:00:00.006');
    expect(laterThan(vendorTime(now), now + 10)).toBe('2026-01-31T12:00:00.015');
  });
});

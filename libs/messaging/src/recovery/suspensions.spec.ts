import { beforeEach, describe, expect, it } from '@jest/globals';
import { Suspensions } from './suspensions.js';

describe('A suspended site', () => {
  let now: number;
  let suspensions: Suspensions;

  beforeEach(() => {
    now = 1_000;
    suspensions = new Suspensions(() => now);
    suspensions.suspend('nordwind-de', 30_000);
  });

  it('waits for the rest of its time, while other sites go on', () => {
    now += 10_000;
    expect(suspensions.waitMs('nordwind-de')).toBe(20_000);
    expect(suspensions.waitMs('suedwind-at')).toBe(0);
  });

  it('sends one probe when its time has come, and the others wait for it', () => {
    now += 30_000;
    expect(suspensions.waitMs('nordwind-de')).toBe(0);
    expect(suspensions.waitMs('nordwind-de')).toBe(2_000);
  });

  it('goes on as before once the probe has succeeded', () => {
    now += 30_000;
    suspensions.waitMs('nordwind-de');
    suspensions.resume('nordwind-de');
    expect(suspensions.waitMs('nordwind-de')).toBe(0);
    expect(suspensions.waitMs('nordwind-de')).toBe(0);
  });
});

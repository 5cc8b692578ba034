import { describe, expect, it } from '@jest/globals';
import { ConflictFault, Defect, PermanentFault, SuspendingFault, TransientFault } from '@tandem/domain';
import fc from 'fast-check';
import { defaultRecovery, recoveryAfter } from './recovery-policy.js';

const middle = () => 0.5;
const transient = new TransientFault('crm.row-locked', 'The record was locked.');

describe('After a transient fault', () => {
  it.each([
    [1, 1_000],
    [2, 5_000],
    [3, 30_000],
    [4, 120_000],
    [5, 600_000],
    [6, 3_600_000],
  ])('attempt %i is followed by another %i ms later', (attempt, afterMs) => {
    expect(recoveryAfter(transient, attempt, middle)).toEqual({ then: 'retry', afterMs });
  });

  it('the message is parked when the ladder ends', () => {
    expect(recoveryAfter(transient, 7, middle)).toEqual({ then: 'park' });
  });

  it('the delay stays within a fifth of its rung, whatever chance says', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, chance) => {
          const recovery = recoveryAfter(transient, attempt, () => chance);
          const rung = defaultRecovery.ladder[attempt - 1] ?? 0;
          expect(recovery).toMatchObject({ then: 'retry' });
          const afterMs = recovery.then === 'retry' ? recovery.afterMs : 0;
          expect(Math.abs(afterMs - rung)).toBeLessThanOrEqual(rung * 0.2 + 1);
        },
      ),
    );
  });

  it('chance shortens and lengthens it', () => {
    expect(recoveryAfter(transient, 1, () => 0)).toEqual({ then: 'retry', afterMs: 800 });
    expect(recoveryAfter(transient, 1, () => 0.9999)).toEqual({ then: 'retry', afterMs: 1_200 });
  });

  it('the far side is never asked sooner than it wished', () => {
    const busy = new TransientFault('oms.too-many-requests', 'The OMS asked us to wait.', { retryAfterMs: 20_000 });
    expect(recoveryAfter(busy, 1, () => 0)).toEqual({ then: 'retry', afterMs: 20_000 });
    expect(recoveryAfter(busy, 3, middle)).toEqual({ then: 'retry', afterMs: 30_000 });
  });
});

describe('After a conflict', () => {
  const conflict = new ConflictFault('order.stale', 'The order had changed meanwhile.');

  it.each([1, 2, 3])('attempt %i is repeated at once', (attempt) => {
    expect(recoveryAfter(conflict, attempt, middle)).toEqual({ then: 'retry', afterMs: 0 });
  });

  it('it is treated as transient from the fourth attempt on, and parked at the end', () => {
    expect(recoveryAfter(conflict, 4, middle)).toEqual({ then: 'retry', afterMs: 1_000 });
    expect(recoveryAfter(conflict, 9, middle)).toEqual({ then: 'retry', afterMs: 3_600_000 });
    expect(recoveryAfter(conflict, 10, middle)).toEqual({ then: 'park' });
  });
});

describe('After another fault', () => {
  it('a suspending one waits for somebody to act, however often it has failed', () => {
    const revoked = new SuspendingFault('crm.credentials-refused', 'The CRM refused our credentials.');
    expect(recoveryAfter(revoked, 1, middle)).toEqual({ then: 'suspend', probeAfterMs: 30_000 });
    expect(recoveryAfter(revoked, 1_000, middle)).toEqual({ then: 'suspend', probeAfterMs: 30_000 });
  });

  it('a permanent one is parked at once', () => {
    expect(recoveryAfter(new PermanentFault('message.invalid', 'A field is missing.'), 1, middle)).toEqual({
      then: 'park',
    });
  });

  it('a defect is tried once more and then parked', () => {
    expect(recoveryAfter(new Defect('Never thought of.'), 1, middle)).toEqual({ then: 'retry', afterMs: 1_000 });
    expect(recoveryAfter(new Defect('Never thought of.'), 2, middle)).toEqual({ then: 'park' });
  });
});

import { describe, expect, it } from '@jest/globals';
import { anOrderOf, aSnapshot, at } from '../../testing/index.js';
import type { TenderStanding } from '../fulfillment/order-snapshot.js';
import { snapshotPublished } from '../orders/order-progress.js';
import { trackAccepted } from '../orders/tracked-order.js';
import { tenderId } from '../kernel/ids.js';
import { minorOf, ZERO } from './minor.js';
import { checkTenders, nextExpiry } from './tender-ledger.js';

const account = (captured: number, refunded: number): TenderStanding => ({
  id: tenderId('T1'),
  authorized: minorOf(3_000),
  captured: minorOf(captured),
  refunded: minorOf(refunded),
  authorizationExpires: at(60),
});

describe('The ledger of tenders', () => {
  it('takes a refund of all that was captured, and refuses a cent more by name of the tender (F18)', () => {
    expect(() => checkTenders([account(3_000, 3_000)])).not.toThrow();
    expect(() => checkTenders([account(3_000, 3_000), account(1_000, 1_001)])).toThrow('tender 2');
  });

  it('keeps the good part true where a refund is above what was captured', () => {
    const order = anOrderOf(3);
    const arrival = { recordedAt: at(9), sourceMessage: 'm' };
    const good = snapshotPublished(trackAccepted(order), aSnapshot(order.terms, at(1), [{ shipped: 3 }]), arrival);
    const bad = aSnapshot(order.terms, at(2), [{ returned: 3 }], { tenders: [account(0, 3_000)] });
    expect(() => snapshotPublished(good.tracked, bad, arrival)).toThrow('More was refunded');
    expect(Object.values(good.tracked.wanted)[0]?.fields).toMatchObject({ status: 'shipped' });
  });

  it('warns of an authorization only while money is still to be captured on it (F22)', () => {
    const { tenders } = anOrderOf(3).terms;
    expect(nextExpiry(tenders, [account(0, 0)])).toBe(at(60));
    expect(nextExpiry(tenders, [account(3_000, 0)])).toBeNull();
    expect(nextExpiry(tenders, [{ ...account(0, 0), authorized: ZERO }])).toBeNull();
  });
});

import { describe, expect, it } from '@jest/globals';
import { anOrderOf, aSnapshot, at } from '../../testing/index.js';
import { instantOf } from '../kernel/instant.js';
import { snapshotPublished } from '../orders/order-progress.js';
import { trackAccepted } from '../orders/tracked-order.js';

const order = anOrderOf(1);
const MINUTE = 60_000;
const after = (minutes: number) => instantOf(new Date(Date.parse(at(0)) + minutes * MINUTE));
const told = (changes: Parameters<typeof aSnapshot>[3], moment = at(0)) =>
  snapshotPublished(trackAccepted(order), aSnapshot(order.terms, moment, [], changes), {
    ...{ recordedAt: at(0), sourceMessage: 'm' },
  });

describe('What the OMS publishes', () => {
  it('may be ahead of our clock by as much as clocks are, and not by a time zone', () => {
    expect(told({}, after(44)).effect).toBe('advanced');
    expect(() => told({}, after(59))).toThrow('by our clock it is');
  });

  it('tells amounts in the currency that was agreed, where it names one', () => {
    expect(told({ currency: 'USD' }).effect).toBe('advanced');
    expect(() => told({ currency: 'EUR' })).toThrow('The OMS tells amounts in EUR; the order was agreed in USD.');
  });
});

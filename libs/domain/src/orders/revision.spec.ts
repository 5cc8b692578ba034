import { describe, expect, it } from '@jest/globals';
import { aCapturedLine, aCapturedTender, anAcceptedOrder, anOrderOf, aSnapshot, at } from '../../testing/index.js';
import { omsOrderId } from '../kernel/ids.js';
import { presentOf } from '../fulfillment/order-life.js';
import { editViolations } from './edit-rules.js';
import { orderEdit } from './order-edit.js';
import { orderPlaced, orderRevised, snapshotPublished } from './order-progress.js';
import { isAtOms, revisionBegun, revisionRefused, revisionSent } from './revision.js';
import { trackAccepted, type TrackedOrder } from './tracked-order.js';

const arrival = { recordedAt: at(99), sourceMessage: 'm' };
const two = anOrderOf(2);
const wanted = anAcceptedOrder({
  lines: [aCapturedLine({ quantity: 3 })],
  tenders: [aCapturedTender({ amount: '30.00' })],
}).terms;
const pending = { changes: orderEdit(two.terms, wanted)?.changes ?? {}, terms: wanted };

function placed(): TrackedOrder & { order: { state: 'submitted' } } {
  const tracked = orderPlaced(trackAccepted(two), omsOrderId('A-1001'), at(0));
  if (!isAtOms(tracked)) throw new Error('The order is not placed.');
  return tracked;
}
const begun = () => revisionBegun(placed(), pending);
const seen = (tracked: TrackedOrder, seconds: number, open: number) =>
  snapshotPublished(tracked, aSnapshot(two.terms, at(seconds), [{ open }]), arrival).tracked;

describe('A revision', () => {
  it('goes out with the version after the last one, however often it is sent', () => {
    expect(revisionSent(begun(), pending)).toMatchObject({ version: 2, lines: [{ id: '1', quantity: 3 }] });
    const revised = orderRevised(begun(), pending, at(5));
    expect(isAtOms(revised) && revisionSent(revised, pending).version).toBe(3);
  });

  it('lets what the OMS tells of the lines wait until it is answered', () => {
    expect(() => seen(begun(), 6, 3)).toThrow('being revised');
    expect(() => seen(revisionRefused(begun()), 6, 2)).not.toThrow();
  });

  it('measures what was told before by what was ordered before, and accounts for every unit (I3)', () => {
    const revised = orderRevised(begun(), pending, at(5));
    const late = seen(seen(revised, 6, 3), 2, 2);
    expect(late.life.observations.map(({ lines }) => lines['1'])).toMatchObject([
      { open: 2, cancelled: 0 },
      { open: 3, cancelled: 0 },
    ]);
    expect(presentOf(late.life)?.lines['1']?.open).toBe(3);
  });

  it('comes too late by stage and site, with the reason', () => {
    const released = snapshotPublished(placed(), aSnapshot(two.terms, at(3), [{ released: 2 }]), arrival).tracked;
    const wish = { kind: 'quantity', field: 'lines[0].quantity', line: '1' } as const;
    expect(editViolations(placed(), [wish])).toEqual([]);
    expect(editViolations(released, [wish])[0]?.sentence).toBe(
      'lines[0].quantity may be edited until units are released; some are released.',
    );
    expect(editViolations(released, [wish], { quantity: 'shipped' })).toEqual([]);
    expect(editViolations(placed(), [wish], { quantity: 'never' })[0]?.rule).toBe('edit.quantity_too_late');
    expect(editViolations(released, [{ kind: 'price', field: 'lines[0].unitPrice', line: '1' }])).toEqual([]);
  });
});

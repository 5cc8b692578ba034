import { describe, expect, it } from '@jest/globals';
import { anOrderOf, aSite, aSnapshot, at, type Units } from '../../testing/index.js';
import { crmOrderId, crmRecordId, lineId, omsOrderId } from '../kernel/ids.js';
import type { OrderSnapshot } from '../fulfillment/order-snapshot.js';
import type { AgentTerms } from '../sites/site-profile.js';
import type { AgentAsk } from './agent-request.js';
import { answerOf, isAnswered, requestBegun } from './agent-requests.js';
import { decideRequest } from './decide-request.js';
import { orderPlaced, requestAnswered, snapshotPublished } from './order-progress.js';
import { isAtOms, revisionBegun, type PlacedOrder } from './revision.js';
import { trackAccepted, type TrackedOrder } from './tracked-order.js';

const two = anOrderOf(2, 1);
const id = crmRecordId('a00000000000001AAA');
const firstLine = `aurora-us:${two.terms.number}:1`;

function atOms(tracked: TrackedOrder): PlacedOrder {
  if (!isAtOms(tracked)) throw new Error('The order is not placed.');
  return tracked;
}
const placed = () => atOms(orderPlaced(trackAccepted(two), omsOrderId('A-1001'), at(0)));
const seen = (tracked: PlacedOrder, seconds: number, units: readonly Units[], changes: Partial<OrderSnapshot> = {}) =>
  atOms(
    snapshotPublished(tracked, aSnapshot(two.terms, at(seconds), units, changes), {
      ...{ recordedAt: at(seconds), sourceMessage: 'm' },
    }).tracked,
  );
const asked = (changes: Partial<AgentAsk> = {}): AgentAsk => ({
  ...{ id, order: two.terms.crmOrderId, action: 'cancel' },
  ...changes,
});
const decided = (tracked: PlacedOrder, changes: Partial<AgentAsk> = {}, agents?: AgentTerms) => {
  const decision = decideRequest(tracked, asked(changes), aSite(agents && { agents }));
  return decision.kind === 'refuse' ? decision.violations.map(({ rule }) => rule) : decision.action;
};
const begun = { id, action: { kind: 'cancel', reason: '1000.000', lines: [{ id: lineId('1') }] } } as const;

describe('What an agent asks for', () => {
  it('is told the OMS in the words of the site', () => {
    expect(decided(placed(), { comment: 'Too late' })).toEqual({
      ...{ kind: 'cancel', reason: '1000.000', comment: 'Too late' },
    });
    expect(decided(placed(), { lineKey: firstLine, quantity: 1 }, { cancelReason: '7' })).toEqual({
      ...{ kind: 'cancel', reason: '7', lines: [{ id: '1', quantity: 1 }] },
    });
    expect(decided(placed(), { action: 'hold', lineKey: firstLine }, { hold: 'AgentHold' })).toEqual({
      ...{ kind: 'hold', type: 'AgentHold', line: '1' },
    });
    expect(decided(placed(), { action: 'release-hold' })).toEqual({ kind: 'release-hold', type: 'CustomerFraudCheck' });
  });

  it('is refused where it cannot be, with the rule', () => {
    const other = crmOrderId('801000000000009AAA');
    expect(decided(placed(), { order: other })).toEqual(['request.of_another_order']);
    expect(decided(placed(), { action: undefined })).toEqual(['request.not_permitted']);
    expect(decided(placed(), { action: 'reroute' })).toEqual(['request.not_permitted']);
    expect(decided(placed(), { action: 'hold' }, { may: ['cancel'] })).toEqual(['request.not_permitted']);
    expect(decided(placed(), { lineKey: 'aurora-us:other:1' })).toEqual(['request.line_unknown']);
    expect(decided(placed(), { lineKey: firstLine, quantity: 3 })).toEqual(['request.quantity_too_high']);
    expect(decided(placed(), { quantity: 1 })).toEqual(['request.quantity_too_high']);
  });

  it('is refused where nothing is left to cancel, and not while something is', () => {
    const partly = seen(placed(), 2, [{ shipped: 1, packed: 1 }, { shipped: 1 }]);
    expect(decided(partly)).toMatchObject({ kind: 'cancel' });
    expect(decided(partly, { lineKey: firstLine, quantity: 2 })).toEqual(['request.quantity_too_high']);
    expect(decided(seen(partly, 3, [{ shipped: 2 }, { delivered: 1 }]))).toEqual(['request.shipped_already']);
    expect(decided(seen(placed(), 2, [{ cancelled: 2 }, { cancelled: 1 }]))).toEqual(['request.cancelled_already']);
  });

  it('goes alone: while one change is with the OMS another one waits', () => {
    const pending = { changes: {}, terms: two.terms };
    expect(() => requestBegun(revisionBegun(placed(), pending), begun)).toThrow('another change');
    expect(() => revisionBegun(requestBegun(placed(), begun), pending)).toThrow('another change');
    expect(() => requestBegun(requestBegun(placed(), begun), begun)).toThrow('another change');
  });

  it('uses up a version once the OMS was told, and none where it was refused before', () => {
    const refused = { kind: 'refused', violations: [] } as const;
    const told = requestBegun(placed(), begun);
    expect(requestAnswered(told, answerOf(told, begun, refused, at(5))).order.omsVersion).toBe(2);
    expect(requestAnswered(placed(), answerOf(told, begun, refused, at(5))).order.omsVersion).toBeUndefined();
  });
});

describe('What became of what an agent asked for', () => {
  const passedOn = () => {
    const told = requestBegun(placed(), begun);
    return requestAnswered(told, answerOf(told, begun, { kind: 'requested' }, at(5)));
  };
  const late = (state: 'requested' | 'cancelled' | 'failed', units: Units) => {
    const { lines } = aSnapshot(two.terms, at(7), [units, { released: 1 }]);
    const asked = lines.map((line) => (line.id === '1' ? { ...line, cancelRequest: state } : line));
    return seen(passedOn(), 7, [], { lines: asked });
  };
  const shown = ({ wanted }: PlacedOrder) => wanted[`request:${id}`]?.fields;

  it('is kept, so that a repeat is known', () => {
    expect(isAnswered(placed(), id)).toBe(false);
    expect(isAnswered(passedOn(), id)).toBe(true);
    expect(passedOn().order.begun).toBeUndefined();
  });

  it('is shown as accepted while the warehouse has not answered', () => {
    expect(shown(passedOn())).toMatchObject({ status: 'Accepted', answeredAt: at(5), confirmedAt: null });
    expect(shown(late('requested', { released: 2 }))).toMatchObject({ status: 'Accepted', confirmedAt: null });
  });

  it('is shown as confirmed or refused by what the OMS tells of the lines', () => {
    const agreed = late('cancelled', { cancelled: 2 });
    expect(shown(agreed)).toMatchObject({ status: 'Confirmed', confirmedAt: at(7) });
    expect(shown(late('failed', { released: 2 }))).toMatchObject({ status: 'Refused', confirmedAt: null });
    const later = seen(agreed, 9, [{ cancelled: 2 }, { shipped: 1 }]);
    expect(shown(later)).toMatchObject({ status: 'Confirmed', confirmedAt: at(7) });
  });
});

import { describe, expect, it } from '@jest/globals';
import { lineId, orderNumber, type Shortage } from '@tandem/domain';
import { anOmsLine, anOmsOrder } from '../../testing/oms-orders.js';
import type { Sample } from '../../testing/samples.js';
import { Fields } from '../feed/fields.js';
import { heldOrder } from './held-order.js';
import { shortPlan } from './short-plan.js';

const row = (Quantity: number, done: Sample = {}) => ({ ReleaseLineId: '1', OrderLineId: '1', Quantity, ...done });
const Release = [
  { ReleaseId: 'A-10011', ReleaseLine: [row(2, { FulfilledQuantity: '1.0' })] },
  { ReleaseId: 'A-10012', ReleaseLine: [row(2), { ...row(9), OrderLineId: '2' }] },
  { ReleaseId: 'A-10013', ReleaseLine: [row(2, { CancelledQuantity: 2 })] },
];
const held = (order: Sample = {}, line: Sample = {}) =>
  heldOrder(Fields.of(anOmsOrder({ OrderLine: [anOmsLine('1', 4, '3000', { UOM: 'EA', ...line })], ...order }), ''));
const shortage = (changes: Partial<Shortage> = {}): Shortage => ({
  number: orderNumber('A-1001'),
  version: 5,
  line: lineId('1'),
  reason: '500.000',
  ...changes,
});
const plan = (changes: Partial<Shortage> = {}, order: Sample = { Release }, line: Sample = {}) =>
  shortPlan(shortage(changes), {}).plan(held(order, line));
const taken = {
  path: '/order/api/order/order/save',
  body: { OrderId: 'A-1001', OrderActions: { VersionTimestamp: 5 } },
};
const event = (ReleaseId: string, Quantity: number, place: number) => ({
  ExternalMessageId: `A-1001:5:${place}`,
  EventTypeId: 'Short',
  OrderId: 'A-1001',
  OrderLineId: '1',
  ReleaseId,
  ReleaseLineId: '1',
  Item: 'SKU-1',
  Quantity,
  UOM: 'EA',
  ShortReasonId: '500.000',
});
const events = (...OrderEvent: readonly object[]) => ({
  path: '/order/api/order/orderevent/receive',
  body: { ExternalMessageId: 'A-1001:5', OrderEvent },
});

describe('Units that are missing (§4.3)', () => {
  it.each([
    ['all that the releases still have to send', undefined, [event('A-10011', 1, 1), event('A-10012', 2, 2)]],
    ['some of them, release by release', 1.5, [event('A-10011', 1, 1), event('A-10012', 0.5, 2)]],
    ['those of one release', 1, [event('A-10011', 1, 1)]],
  ])('are told as %s, and then the version is taken', (_, quantity, told) => {
    expect(plan(quantity === undefined ? {} : { quantity })).toEqual({ kind: 'send', calls: [events(...told), taken] });
  });

  it('are told by the other path where the tenant has that (§13)', () => {
    const { calls } = shortPlan(shortage(), { eventsBy: 'fulfillmentevent' }).plan(held({ Release })) as never;
    expect(calls).toMatchObject([{ path: '/order/api/order/fulfillmentevent/receive' }, {}]);
  });

  it('are not told again where only the version was never taken', () => {
    const QuantityDetail = [
      { StatusId: 2000, Quantity: 4 },
      { StatusId: 1500, Quantity: 0, Reason: { ReasonId: '500.000' } },
    ];
    expect(plan({}, { Release: Release.slice(2) }, { QuantityDetail })).toEqual({ kind: 'send', calls: [taken] });
  });

  it.each([
    ['more than are released', { quantity: 3.1 }, { Release }, 'quantity.exceeds_released'],
    ['none', { quantity: 0 }, { Release }, 'quantity.exceeds_released'],
    ['what is not released', {}, { Release: null }, 'short.not_released'],
    ['a line that is not there', { line: lineId('9') }, { Release }, 'line.unknown'],
  ])('are refused without a call where they are %s', (_, changes, order, rule) => {
    expect(plan(changes, order)).toMatchObject({ kind: 'refuse', violations: [{ rule }] });
  });

  it('cannot be another host\u2019s version where the line counts a short, and are where it counts none (§2.6)', () => {
    const plans = shortPlan(shortage(), {});
    const counts = [0, '1', undefined].map((LineShortCount) => held({}, { LineShortCount }));
    expect(counts.map((order) => plans.lacks(order))).toEqual([true, false, false]);
  });
});

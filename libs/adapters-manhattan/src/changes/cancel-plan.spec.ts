import { describe, expect, it } from '@jest/globals';
import { lineId, orderNumber, type Cancellation } from '@tandem/domain';
import { anOmsLine, anOmsOrder } from '../../testing/oms-orders.js';
import type { Sample } from '../../testing/samples.js';
import { Fields } from '../feed/fields.js';
import { cancelPlan, type CancelStrategy } from './cancel-plan.js';
import { heldOrder } from './held-order.js';

const SAVE = '/order/api/order/order/save';
const whole = { number: orderNumber('A-1001'), version: 5, reason: '1000.000', comment: 'Changed mind' };
const reason = { CancelReason: { ReasonId: '1000.000' }, CancelComments: 'Changed mind' };
const versioned = { OrderId: 'A-1001', OrderActions: { VersionTimestamp: 5 } };
const lines = (...ids: readonly (readonly [string, number?])[]): Cancellation => ({
  ...whole,
  lines: ids.map(([id, quantity]) => ({ id: lineId(id), ...(quantity !== undefined && { quantity }) })),
});

const held = (changes: Sample = {}) => heldOrder(Fields.of(anOmsOrder(changes), ''));
const plan = (cancellation: Cancellation, changes: Sample = {}, strategy: CancelStrategy = {}) =>
  cancelPlan(cancellation, strategy).plan(held(changes));
const released = { OrderLine: [anOmsLine('1', 3, '3000.500'), anOmsLine('2', 2, '1000')] };

describe('Cancelling by flags of the save (§3.6)', () => {
  it('cancels the whole order on its header', () => {
    expect(plan(whole)).toEqual({
      kind: 'send',
      calls: [{ path: SAVE, body: { ...versioned, IsCancelled: true, ...reason } }],
    });
  });

  it('cancels a whole line by flag and units of it by a lower quantity, in one save', () => {
    const OrderLine = [
      { OrderLineId: '1', Quantity: 1.8, ...reason },
      { OrderLineId: '2', IsCancelled: true, ...reason },
    ];
    expect(plan(lines(['1', 1.2], ['2']))).toEqual({
      kind: 'send',
      calls: [{ path: SAVE, body: { ...versioned, OrderLine } }],
    });
  });

  it('takes all units of a line for the line', () => {
    expect(plan(lines(['2', 2]))).toMatchObject({
      calls: [{ body: { OrderLine: [{ OrderLineId: '2', IsCancelled: true }] } }],
    });
  });

  it('leaves the line out of a save that is cancelled already, since it would refuse the others (§10.4)', () => {
    const OrderLine = [anOmsLine('1', 0, '9000', { IsCancelled: true, QuantityDetail: [] }), anOmsLine('2', 2, '1000')];
    expect(plan(lines(['1'], ['2']), { OrderLine })).toMatchObject({
      calls: [{ body: { OrderLine: [{ OrderLineId: '2' }] } }],
    });
    expect(plan(lines(['1']), { OrderLine })).toEqual({ kind: 'send', calls: [] });
  });

  it.each([
    ['the order', { MaxFulfillmentStatusId: '9000.000' }],
    ['each line', { OrderLine: [anOmsLine('1', 0, '9000'), anOmsLine('2', 0, '9000.000')] }],
  ])('knows by the highest status of %s that it is cancelled, where the flag is left out (§3.2)', (_, changes) => {
    expect(plan(whole, changes)).toEqual({ kind: 'send', calls: [] });
    expect(plan(whole, { MaxFulfillmentStatusId: '8500' })).not.toEqual({ kind: 'send', calls: [] });
  });

  it('sends the cancel of an order whose template leaves the lines out', () => {
    expect(plan(whole, { OrderLine: null })).toMatchObject({ calls: [{ body: { IsCancelled: true } }] });
  });

  it.each([
    ['an unknown line', lines(['9']), 'lines[0].id', 'line.unknown'],
    ['more units than the line has', lines(['2'], ['1', 4]), 'lines[1].quantity', 'quantity.exceeds_line'],
  ])('refuses %s without a call', (_, cancellation, field, rule) => {
    expect(plan(cancellation)).toMatchObject({ kind: 'refuse', violations: [{ field, rule }] });
  });
});

describe('Cancelling by the cancel endpoints (§3.1)', () => {
  const strategy = { cancelBy: 'endpoint' } as const;

  it('cancels the order, or whole lines with their quantity', () => {
    const body = { OrderId: 'A-1001', ...reason };
    expect(plan(whole, {}, strategy)).toMatchObject({
      calls: [{ path: '/order/api/order/order/orderId/A-1001/cancel', body }],
    });
    expect(plan(lines(['2']), {}, strategy)).toEqual({
      kind: 'send',
      calls: [
        {
          path: '/order/api/order/order/orderId/A-1001/orderLine/cancel',
          body: { ...body, OrderLine: [{ OrderLineId: '2', Quantity: 2 }] },
        },
      ],
    });
  });

  it('leaves units to the save, which knows versions', () => {
    expect(plan(lines(['1', 1]), {}, strategy)).toMatchObject({ calls: [{ path: SAVE }] });
  });

  it('sends nothing to an order that is cancelled already', () => {
    expect(plan(whole, { IsCancelled: true }, strategy)).toEqual({ kind: 'send', calls: [] });
  });
});

describe('Cancelling after release (§3.6)', () => {
  const strategy = { lateCancels: 'line-by-line' } as const;

  it('goes line by line, with the version on the last, and tries each', () => {
    expect(plan(whole, released, strategy)).toEqual({
      kind: 'send',
      refusals: 'each',
      calls: [
        { path: SAVE, body: { OrderId: 'A-1001', OrderLine: [{ OrderLineId: '1', IsCancelled: true, ...reason }] } },
        { path: SAVE, body: { ...versioned, OrderLine: [{ OrderLineId: '2', IsCancelled: true, ...reason }] } },
      ],
    });
  });

  it('is one cancel of the order while nothing is released, or where the tenant has no late cancels', () => {
    expect(plan(whole, {}, strategy)).toMatchObject({ calls: [{ body: { IsCancelled: true } }] });
    expect(plan(whole, released)).toMatchObject({ calls: [{ body: { IsCancelled: true } }] });
  });

  it.each([
    ['Requested', [], true],
    ['Success', [], true],
    ['Failure', ['1'], true],
    ['Partial Cancellation', ['1'], true],
    [null, ['1'], false],
  ])('with a request that is %p asks again for %j', (CancellationRequestStatus, asked, pending) => {
    const changes = { OrderLine: [anOmsLine('1', 3, '3000', { CancellationRequestStatus })] };
    const cancellation = lines(['1']);
    const planned = plan(cancellation, changes, strategy);
    const sent = planned.kind === 'send' ? planned.calls.map(({ body }) => body['OrderLine']) : [];
    expect(sent).toMatchObject(asked.map((OrderLineId) => [{ OrderLineId }]));
    expect(cancelPlan(cancellation, strategy).pending(held(changes))).toBe(pending);
    expect(cancelPlan(cancellation, strategy).shows(held(changes))).toBe(asked.length === 0);
  });

  it('asks for units all the same while a request for their line is open, and has then no request of its own', () => {
    const changes = { OrderLine: [anOmsLine('1', 3, '3000', { CancellationRequestStatus: 'Requested' })] };
    const units = lines(['1', 1]);
    expect(plan(units, changes, strategy)).toMatchObject({
      calls: [{ body: { OrderLine: [{ OrderLineId: '1', Quantity: 2 }] } }],
    });
    expect(cancelPlan(units, strategy).pending(held(changes))).toBe(false);
  });

  it('cannot tell afterwards whose units are missing', () => {
    expect(cancelPlan(lines(['1', 1]), {}).shows(held())).toBe(false);
  });
});

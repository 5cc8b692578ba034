import { describe, expect, it } from '@jest/globals';
import { lineId, orderNumber } from '@tandem/domain';
import { anOmsLine, anOmsOrder } from '../../testing/oms-orders.js';
import { Fields } from '../feed/fields.js';
import { confirmPlan } from './confirm-plan.js';
import { heldOrder } from './held-order.js';
import { applyHoldPlan, resolveHoldPlan } from './hold-plan.js';

const change = { number: orderNumber('A-1001'), version: 5 };
const fraud = { ...change, type: 'PaymentFraud', comment: 'Seen by hand' };
const OrderLine = [anOmsLine('2', 2, '1000', { OrderLineHold: [{ HoldTypeId: 'PaymentFraud', StatusId: 1000 }] })];
const order = (changes = {}) => heldOrder(Fields.of(anOmsOrder(changes), ''));
const head = { OrderId: 'A-1001', OrderActions: { VersionTimestamp: 5 } };

describe('A hold at the OMS (§3.8)', () => {
  it('is applied as 1000 and resolved as 2000, each with its own comment', () => {
    expect(applyHoldPlan(fraud).plan(order())).toMatchObject({
      calls: [
        {
          body: {
            ...head,
            OrderHold: [{ HoldTypeId: 'PaymentFraud', StatusId: '1000', ApplyReasonComments: 'Seen by hand' }],
          },
        },
      ],
    });
    expect(resolveHoldPlan(fraud).plan(order())).toMatchObject({
      calls: [
        {
          body: {
            ...head,
            OrderHold: [{ HoldTypeId: 'PaymentFraud', StatusId: '2000', ResolveReasonComments: 'Seen by hand' }],
          },
        },
      ],
    });
  });

  it('stands on the line that is named', () => {
    const hold = { ...change, type: 'PaymentFraud', line: lineId('2') };
    expect(resolveHoldPlan(hold).plan(order({ OrderLine }))).toEqual({
      kind: 'send',
      calls: [
        {
          path: '/order/api/order/order/save',
          body: {
            ...head,
            OrderLine: [{ OrderLineId: '2', OrderLineHold: [{ HoldTypeId: 'PaymentFraud', StatusId: '2000' }] }],
          },
        },
      ],
    });
  });

  it.each([
    ['applied on a line that is not there', applyHoldPlan({ ...fraud, line: lineId('9') }), 'line.unknown'],
    ['resolved on a line that is not there', resolveHoldPlan({ ...fraud, line: lineId('9') }), 'line.unknown'],
    ['resolved where it never was', resolveHoldPlan({ ...fraud, type: 'BillingWarning' }), 'hold.unknown'],
  ])('is not %s: the save would invent it (§2.5)', (_, plans, rule) => {
    expect(plans.plan(order())).toMatchObject({ kind: 'refuse', violations: [{ rule }] });
  });

  it('shows by its status, 1000 or 2000 in any spelling (§3.2)', () => {
    const resolved = { ...change, type: 'AddressVerification' };
    expect([applyHoldPlan(fraud), applyHoldPlan(resolved)].map((one) => one.shows(order()))).toEqual([true, false]);
    expect([resolveHoldPlan(fraud), resolveHoldPlan(resolved)].map((one) => one.shows(order()))).toEqual([false, true]);
  });
});

describe('Confirming (§3.1)', () => {
  it('is a save of the flag, and shows by it', () => {
    const plans = confirmPlan(change);
    expect(plans.plan(order())).toMatchObject({ calls: [{ body: { ...head, IsConfirmed: true } }] });
    expect([order(), order({ IsConfirmed: 'true' })].map((one) => plans.shows(one))).toEqual([false, true]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { lineId, locationId, orderNumber } from '@tandem/domain';
import { anOrderOf, aSite } from '@tandem/domain/testing';
import { anOmsLine, anOmsOrder } from '../../testing/oms-orders.js';
import type { Sample } from '../../testing/samples.js';
import { Fields } from '../feed/fields.js';
import { DEFAULT_VOCABULARY } from '../orders/order-vocabulary.js';
import { cancelPlan } from './cancel-plan.js';
import type { ChangePlan } from './change-plan.js';
import { confirmPlan } from './confirm-plan.js';
import { heldOrder } from './held-order.js';
import { applyHoldPlan, resolveHoldPlan } from './hold-plan.js';
import { reroutePlan } from './reroute-plan.js';
import { revisePlan } from './revise-plan.js';

const change = { number: orderNumber('A-1001'), version: 5 };
const one = lineId('1');
const order = (changes: Sample = {}) => heldOrder(Fields.of(anOmsOrder(changes), ''));
const withLine = (changes: Sample, status = '2000', quantity = 3) =>
  order({ OrderLine: [anOmsLine('1', quantity, status, changes)] });
const revision = (parts: object) => revisePlan(aSite(), DEFAULT_VOCABULARY, { ...change, ...parts });
const cancel = (lines?: readonly { readonly id: typeof one; readonly quantity?: number }[]) =>
  cancelPlan({ ...change, reason: '1', ...(lines && { lines }) }, {});
const reroute = reroutePlan({ ...change, lines: [one], shipFrom: locationId('STORE-7') }, {});
const [added] = anOrderOf(1, 1, 2).terms.lines.slice(2);
const pickUp = { kind: 'pick-up', method: 'PICKUP', store: locationId('STORE-7') };
const revised = (part: object) => revision({ lines: [{ id: one, ...part }] });
const history = (CancelQuantity: number) => ({ OrderLineCancelHistory: [{ CancelQuantity }] });
const wish = (ShipFromLocationId: string) => ({ OrderLinePromisingInfo: { ShipFromLocationId } });

/** Which order shows that the change is another host's, which one that it may be ours. */
const CASES: readonly (readonly [
  what: string,
  plans: ChangePlan,
  lacking: ReturnType<typeof order>,
  fitting: ReturnType<typeof order>,
])[] = [
  ['a confirmation', confirmPlan(change), order(), order({ IsConfirmed: true })],
  [
    'a hold',
    applyHoldPlan({ ...change, type: 'BillingWarning' }),
    order(),
    order({ OrderHold: [{ HoldTypeId: 'BillingWarning', StatusId: 1000 }] }),
  ],
  [
    'the end of a hold',
    resolveHoldPlan({ ...change, type: 'PaymentFraud' }),
    order(),
    order({ OrderHold: [{ HoldTypeId: 'PaymentFraud', StatusId: 2000 }] }),
  ],
  ['a cancel of all', cancel(), order(), order({ IsCancelled: true })],
  ['a cancel of a line', cancel([{ id: one }]), order(), withLine({ IsCancelled: true })],
  [
    'a cancel of a line that was asked for',
    cancel([{ id: one }]),
    order(),
    withLine({ CancellationRequestStatus: 'Failure' }),
  ],
  ['a cancel of units', cancel([{ id: one, quantity: 1 }]), withLine(history(2)), withLine(history(1))],
  [
    'a cancel of units whose history is not told',
    cancel([{ id: one, quantity: 1 }]),
    withLine({ OrderLineCancelHistory: [] }),
    order(),
  ],
  ['another place to ship from', reroute, withLine(wish('STORE-8')), withLine(wish('STORE-7'))],
  ['a place to ship from that is not told', reroute, withLine(wish('STORE-8')), order()],
  ['fewer units', revised({ quantity: 2 }), order(), withLine({}, '2000', 2)],
  ['more units, of which some came up short since', revised({ quantity: 4 }), order(), withLine({}, '3000', 3)],
  [
    'another delivery',
    revised({ delivery: pickUp }),
    order(),
    withLine({ DeliveryMethod: { DeliveryMethodId: 'PickUpAtStore' } }),
  ],
  [
    'a discount',
    revised({ discounts: [{ id: 'D-2', name: '', amount: 1 }] }),
    order(),
    withLine({ OrderLineChargeDetail: [{ ChargeDetailId: 'D-2', ChargeType: { ChargeTypeId: 'Discount' } }] }),
  ],
  [
    'a line more',
    revision({ addedLines: [added] }),
    order(),
    order({ OrderLine: [anOmsLine(added?.id ?? '', 1, '1000')] }),
  ],
  [
    'an instruction',
    revision({ instructions: 'Ring' }),
    order({ OrderNote: [] }),
    order({ OrderNote: [{ NoteId: 'instructions', NoteText: 'Ring' }] }),
  ],
  ['an instruction whose notes are not told', revision({ instructions: 'Ring' }), order({ OrderNote: [] }), order()],
];

describe('An order in the version of a change (§2.6)', () => {
  it.each(CASES)('is another host\u2019s where it lacks %s', (_, plans, lacking, fitting) => {
    expect([lacking, fitting].map((held) => plans.lacks(held))).toEqual([true, false]);
  });
});

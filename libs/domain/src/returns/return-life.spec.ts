import { describe, expect, it } from '@jest/globals';
import { anOrderOf, at } from '../../testing/index.js';
import { UNSEEN } from '../fulfillment/order-life.js';
import { lineId, orderNumber, sku } from '../kernel/ids.js';
import { returnPublished } from '../orders/order-progress.js';
import { trackAccepted } from '../orders/tracked-order.js';
import type { ReturnSnapshot } from './oms-returns.js';
import { exchangeStatusOf, observeReturn, returnStatusOf } from './return-life.js';
import type { ReturnStage } from './return-stage.js';

const { terms } = anOrderOf(3);
const line = (parentLine: string, stage: ReturnStage, quantity = 1) => ({
  id: lineId('1'),
  parent: terms.number,
  parentLine: lineId(parentLine),
  sku: sku('LAMP-01'),
  units: [{ stage, quantity }],
});
const aReturn = (seconds: number, stage: ReturnStage, parentLine = '1'): ReturnSnapshot => ({
  number: orderNumber('R-1'),
  at: at(seconds),
  kind: 'refund',
  holds: [],
  lines: [line(parentLine, stage)],
  refunded: false,
});

describe('The returns of an order', () => {
  it('never go back for a late snapshot, and are not changed by a repeat (F6, F7)', () => {
    const received = observeReturn(UNSEEN, terms, aReturn(2, 'received'));
    expect(observeReturn(received, terms, aReturn(1, 'pending-return'))).toBe(received);
    expect(observeReturn(received, terms, aReturn(2, 'received'))).toBe(received);
    expect(observeReturn(received, terms, aReturn(3, 'returned')).returns).toMatchObject([{ at: at(3) }]);
  });

  it('are refused for a line that the order does not have, in a sentence that names it', () => {
    expect(() => returnPublished(trackAccepted(anOrderOf(3)), aReturn(1, 'received', '9'), at(1))).toThrow(
      'takes back line 9, which the order does not have',
    );
  });

  it('pass over lines of another order, which has its own part of an exchange', () => {
    const foreign = { ...line('9', 'received'), parent: orderNumber('OTHER') };
    const both = { ...aReturn(1, 'received'), lines: [line('1', 'received'), foreign] };
    expect(observeReturn(UNSEEN, terms, both).returns?.[0]?.lines).toHaveLength(1);
  });

  it.each([
    [undefined, null],
    [[], null],
    [[[{ stage: 'open', quantity: 2 }]], 'open'],
    [[[{ stage: 'shipped', quantity: 2 }], [{ stage: 'released', quantity: 1 }]], 'partially-shipped'],
    [[[{ stage: 'shipped', quantity: 1 }], []], 'shipped'],
  ] as const)('whose exchange is %j have sent %s of it', (lines, status) => {
    const exchange = lines?.map((units, index) => ({ id: lineId(`X${index}`), sku: sku('LAMP-01'), units }));
    expect(exchangeStatusOf({ ...aReturn(1, 'returned'), ...(exchange && { exchange }) })).toBe(status);
  });

  it.each([
    [['received'], 'received'],
    [['received', 'returned'], 'partially-returned'],
    [['cancelled', 'received'], 'received'],
    [['cancelled'], 'cancelled'],
  ] as const)('of which units are %j stand at %s', (stages, status) => {
    expect(returnStatusOf({ lines: stages.map((stage) => line('1', stage)) })).toBe(status);
  });
});

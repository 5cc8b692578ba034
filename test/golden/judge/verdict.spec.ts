import { describe, expect, it } from '@jest/globals';
import type { CrmWrite } from '../../support/stack/crm-twin.js';
import type { OmsOrder, OmsWrite } from '../../support/stack/oms-shapes.js';
import { goldenOrders } from '../orders/index.js';
import { goldenSites } from '../sites.js';
import type { OrderEvidence } from './evidence.js';
import { rightWorld } from './right-world.js';
import { judge } from './verdict.js';

const catalogue = { idOf: (name: string) => name };
const placed = goldenSites.flatMap((site) =>
  goldenOrders
    .filter((order) => order.sold(site))
    .map((order) => order.place({ site, suffix: 'J1', turn: 1, catalogue, paceMs: 1, now: 0 })),
);
const worldOf = (shape: string): OrderEvidence => {
  const expected = placed.find((order) => order.shape === shape);
  if (expected === undefined) throw new Error(`No golden order ${shape}.`);
  return rightWorld(expected);
};
const omsOrderOf = ({ oms }: OrderEvidence): OmsOrder => {
  if (oms.order === undefined) throw new Error('The world has no OMS order.');
  return oms.order;
};
const withOms = (world: OrderEvidence, change: Partial<OmsOrder>): OrderEvidence => ({
  ...world,
  oms: { ...world.oms, order: { ...omsOrderOf(world), ...change } },
});
const withCrm = (world: OrderEvidence, change: Partial<OrderEvidence['crm']>): OrderEvidence => ({
  ...world,
  crm: { ...world.crm, ...change },
});
const withWrites = (world: OrderEvidence, ...more: Partial<CrmWrite>[]): OrderEvidence => {
  const [first] = world.crm.writes;
  if (first === undefined) throw new Error('The world has no CRM writes.');
  return withCrm(world, { writes: [...world.crm.writes, ...more.map((write) => ({ ...first, ...write }))] });
};
const withOmsWrite = (world: OrderEvidence, write: Partial<OmsWrite>): OrderEvidence => {
  const last = world.oms.writes.find(({ entity }) => entity === 'order');
  if (last === undefined) throw new Error('The world has no OMS writes.');
  return { ...world, oms: { ...world.oms, writes: [...world.oms.writes, { ...last, ...write }] } };
};

describe('The judge, of a world in which all went well', () => {
  it.each(placed.map((order) => [`${order.shape} at ${order.site.id}`, order] as const))(
    'has nothing to say of %s',
    (_, order) => {
      const { converged, differences, duplicateEffects, lost } = judge(rightWorld(order));
      expect({ converged, differences, duplicateEffects, lost }).toEqual({
        converged: true,
        differences: [],
        duplicateEffects: [],
        lost: [],
      });
    },
  );
});

const g05 = worldOf('G05');
const g07 = worldOf('G07');
const g02 = worldOf('G02');
const g19 = worldOf('G19');
const [anyEntry] = g05.crm.history;

const wrongWorlds: readonly (readonly [string, OrderEvidence, string])[] = [
  [
    'a status that the OMS has left',
    withCrm(g05, { order: { ...g05.crm.order, OMS_Status__c: 'released' } }),
    'status of the order',
  ],
  ['a parcel that was overwritten', withCrm(g05, { parcels: g05.crm.parcels.slice(1) }), 'is missing'],
  [
    'a parcel that is shown twice',
    withCrm(g05, { parcels: [...g05.crm.parcels, ...g05.crm.parcels.slice(0, 1)] }),
    'is too much',
  ],
  [
    'a unit that is nowhere',
    withCrm(g05, { lines: g05.crm.lines.map((line) => ({ ...line, OMS_Qty_Shipped__c: 2 })) }),
    '2 units of line 1',
  ],
  [
    'a step missing from the history',
    withCrm(g05, { history: g05.crm.history.filter(({ To_Status__c }) => To_Status__c !== 'allocated') }),
    'history of the order',
  ],
  [
    'a step told twice',
    withCrm(g05, { history: [...g05.crm.history, ...(anyEntry ? [anyEntry] : [])] }),
    'hangs in the air',
  ],
  [
    'a history that runs backwards',
    withCrm(g05, {
      history: g05.crm.history.map((entry) => ({
        ...entry,
        OMS_Time__c: entry['To_Status__c'] === 'allocated' ? '2027-01-01T00:00:00.000Z' : entry['OMS_Time__c'],
      })),
    }),
    'before it was',
  ],
  ['a cent too much at the OMS', withOms(g19, { OrderTotal: Number(omsOrderOf(g19).OrderTotal) + 0.01 }), 'The total'],
  ['an order that the OMS charges no shipping for', withOms(g02, { TotalCharges: 0 }), 'The charges'],
  ['a tender of another sum', withCrm(g19, { tenders: [{ Amount__c: 1 }] }), 'were tendered'],
  [
    'a cancelled order whose worth was forgotten',
    withCrm(g07, { order: { ...g07.crm.order, OMS_Cancelled_Total__c: null } }),
    'cancelled total',
  ],
  [
    'a cancelled order that is shown as zero',
    withCrm(g07, { order: { ...g07.crm.order, OMS_Order_Total__c: 0 } }),
    'The total of the order',
  ],
  ['a guest with a customer id', withOms(g05, { CustomerId: 'C-1' }), 'customer id'],
  ['an order in the organization of another site', withOms(g05, { OrgId: 'BOREAL' }), 'organization'],
  ['an order on hold', withOms(g02, { IsOnHold: true }), 'On hold'],
  [
    'a discount whose penny went to another line',
    withOms(g19, { OrderLine: swappedDiscounts(omsOrderOf(g19)) }),
    'discounts of line 1',
  ],
  [
    'a customer who came after his order',
    { ...g02, oms: { ...g02.oms, writes: g02.oms.writes.map((write) => ({ ...write, sequence: -write.sequence })) } },
    'came after',
  ],
  ['a life that is not over', { ...g05, oms: { ...g05.oms, life: { done: 1, pending: 2, failed: [] } } }, 'not done'],
  [
    'a life that failed',
    { ...g05, oms: { ...g05.oms, life: { done: 5, pending: 0, failed: ['ship'] } } },
    'could not do',
  ],
];

function swappedDiscounts(order: OmsOrder): NonNullable<OmsOrder['OrderLine']> {
  const lines = order.OrderLine ?? [];
  return lines.map((line, index) => ({
    ...line,
    OrderLineChargeDetail: lines[(index + 1) % lines.length]?.OrderLineChargeDetail ?? [],
  }));
}

describe('The judge, of a world in which something is wrong', () => {
  it.each(wrongWorlds)('sees %s', (_, world, sentence) => {
    const { converged, differences } = judge(world);
    expect(converged).toBe(false);
    expect(differences.join('\n')).toContain(sentence);
  });
});

const shippedAgain = { changes: { OMS_Status__c: { from: 'shipped', to: 'released' } } };
const doubled: readonly (readonly [string, OrderEvidence, string])[] = [
  ['an order that was created twice at the OMS', withOmsWrite(g05, { kind: 'create' }), '2 times'],
  [
    'an order that was saved once more with a change',
    withOmsWrite(g05, { kind: 'update', changed: ['OrderLocale'], traceparent: '00-1-2-01' }),
    'unasked: OrderLocale',
  ],
  [
    'a customer that was changed unasked',
    withOmsWrite(g02, { entity: 'customer', kind: 'update', changed: ['Phone'], traceparent: '00-1-2-01' }),
    'unasked: Phone',
  ],
  ['a status that flapped', withWrites(g05, shippedAgain), 'went back to a state'],
  [
    'a parcel that was created twice for one key',
    withWrites(
      g05,
      {
        object: 'OMS_Shipment__c',
        recordId: 'a01',
        externalId: 'k1',
        kind: 'create',
        changes: { Package__c: { to: 'P1' } },
      },
      {
        object: 'OMS_Shipment__c',
        recordId: 'a02',
        externalId: 'k1',
        kind: 'create',
        changes: { Package__c: { to: 'P1' } },
      },
    ),
    'created 2 times',
  ],
  [
    'the same change made twice',
    withWrites(
      g05,
      { recordId: '802', changes: { A: { from: 1, to: 2 } } },
      { recordId: '802', changes: { A: { from: 1, to: 2 } } },
    ),
    'same change 2 times',
  ],
  [
    'a write of what was already so',
    withWrites(g05, { recordId: '802', changes: { A: { from: 2, to: 2 } } }),
    'held already',
  ],
  [
    'a record that is touched again and again',
    withWrites(
      g05,
      ...Array.from({ length: 8 }, (_, index) => ({
        changes: { OMS_Version__c: { from: index + 90, to: index + 91 } },
      })),
    ),
    'changes at the OMS',
  ],
];

describe('The judge, of effects', () => {
  it.each(doubled)('counts %s', (_, world, sentence) => {
    expect(judge(world).duplicateEffects.join('\n')).toContain(sentence);
  });

  it('lets a quantity go from nothing to three and back to nothing', () => {
    const moves = [
      { OMS_Qty_Open__c: { from: null, to: 3 }, OMS_Qty_Allocated__c: { from: null, to: 0 } },
      { OMS_Qty_Open__c: { from: 3, to: 0 }, OMS_Qty_Allocated__c: { from: 0, to: 3 } },
      { OMS_Qty_Allocated__c: { from: 3, to: 0 }, OMS_Qty_Shipped__c: { from: 0, to: 3 } },
    ];
    const world = withWrites(g05, ...moves.map((changes) => ({ object: 'OrderItem', recordId: '802', changes })));
    expect(judge(world).duplicateEffects).toEqual([]);
  });

  it('calls an accepted order lost that the OMS never got, and one whose history has a gap', () => {
    const { order: _, ...rest } = g05.oms;
    expect(judge({ ...g05, oms: { ...rest, order: undefined } }).lost).toEqual([
      `${g05.expected.number} was accepted and is not at the OMS.`,
    ]);
    expect(judge(withCrm(g05, { history: [] })).lost).not.toEqual([]);
  });

  it('calls an order that was refused no loss', () => {
    const refused = { ...g05, accepted: false, oms: { ...g05.oms, order: undefined } };
    expect(judge(refused).lost).toEqual([]);
    expect(judge(refused).converged).toBe(false);
  });
});

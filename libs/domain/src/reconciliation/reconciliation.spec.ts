import { describe, expect, it } from '@jest/globals';
import { anOrderOf, aSnapshot, at, type Units } from '../../testing/index.js';
import { orderLost, orderPlaced, returnPublished, snapshotPublished } from '../orders/order-progress.js';
import { changesBetween, type FieldValue } from '../orders/projection.js';
import { trackAccepted, type TrackedOrder } from '../orders/tracked-order.js';
import { PermanentFault } from '../kernel/faults.js';
import { lineId, omsOrderId, orderNumber, sku } from '../kernel/ids.js';
import { instantOf } from '../kernel/instant.js';
import type { ShownOrder } from './crm-order-book.js';
import type { ReturnSnapshot } from '../returns/oms-returns.js';
import type { ReturnStage } from '../returns/return-stage.js';
import { isAtOms } from '../orders/revision.js';
import { unreadable } from './difference.js';
import { differencesOf, pulled } from './differences-of.js';
import { acknowledgedBy, repairOf } from './repair.js';

const order = anOrderOf(3, 1);
const snapshot = (seconds: number, units: readonly Units[], changes = {}) =>
  aSnapshot(order.terms, at(seconds), units, changes);
const allocated = snapshot(2, [{ allocated: 3 }, { allocated: 1 }]);
const shipped = snapshot(4, [{ shipped: 3 }, { shipped: 1 }]);
const kept = snapshotPublished(trackAccepted(order), allocated, { recordedAt: at(9), sourceMessage: 'm' }).tracked;
const placed = orderPlaced(trackAccepted(order), omsOrderId('O-1'), at(1));

/** What the CRM shows where all is well, amounts as the numbers that it keeps. */
function shown({ wanted }: TrackedOrder): ShownOrder & { records: Record<string, Record<string, FieldValue>> } {
  const number = (value: FieldValue): FieldValue =>
    typeof value === 'string' && /^\d+\.\d\d$/.test(value) ? Number(value) : value;
  const records = Object.entries(wanted).map(([name, { address, fields }]) => ({ name, address, fields }));
  return {
    kinds: new Set(records.map(({ address }) => address.kind)),
    records: Object.fromEntries(
      records.map(({ name, fields }) => [
        name,
        Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, number(value)])),
      ]),
    ),
  };
}

const found = (sides: Parameters<typeof differencesOf>[0]) =>
  differencesOf(sides).map((one) => [one.class, one.behind, repairOf(one, sides.ledger).kind]);

const nameOf = (kind: string) => Object.keys(kept.wanted).find((name) => name.startsWith(`${kind}:`)) ?? '';

describe('Three sides that agree', () => {
  it('have no difference, whatever form the CRM keeps amounts in', () => {
    expect(found({ oms: allocated, ledger: kept, crm: shown(kept) })).toEqual([]);
  });

  it('agree too where the search of the OMS is behind what it published', () => {
    const ahead = snapshotPublished(kept, shipped, { recordedAt: at(9), sourceMessage: 'm' }).tracked;
    expect(found({ oms: allocated, ledger: ahead, crm: shown(ahead) })).toEqual([]);
  });
});

describe('A missing order', () => {
  it('is placed again only where the OMS never told of it: an archived one may not come to life', () => {
    expect(found({ oms: undefined, ledger: placed, crm: shown(placed) })).toEqual([
      ['missing-at-oms', 'oms', 'place-again'],
    ]);
    expect(found({ oms: undefined, ledger: kept, crm: shown(kept) })).toEqual([['missing-at-oms', 'oms', 'ignore']]);
  });

  it('is left to a person where we, or the CRM, do not have it', () => {
    expect(found({ oms: allocated, ledger: undefined, crm: undefined })).toEqual([
      ['missing-here', 'ledger', 'ignore'],
    ]);
    expect(found({ oms: allocated, ledger: kept, crm: undefined })).toEqual([['missing-in-crm', 'crm', 'ignore']]);
  });
});

describe('A publish that never came', () => {
  it('is seen by what it changes, and pulled', () => {
    const classes = found({ oms: shipped, ledger: kept, crm: shown(kept) });
    expect(new Set(classes.map(([what]) => what))).toEqual(new Set(['status', 'quantities']));
    expect(new Set(classes.map(([, behind, repair]) => `${behind} ${repair}`))).toEqual(new Set(['ledger pull']));
  });

  it('is seen where it tells of a hold alone', () => {
    const held = snapshot(4, [{ allocated: 3 }, { allocated: 1 }], { holds: ['fraud'] });
    expect(found({ oms: held, ledger: kept, crm: shown(kept) })).toEqual([['holds', 'ledger', 'pull']]);
  });
});

describe('What comes back', () => {
  const returned = (seconds: number, stage: ReturnStage): ReturnSnapshot => ({
    ...{ number: orderNumber('R-1'), at: at(seconds), kind: 'refund', holds: [], refunded: false },
    lines: [
      {
        ...{ id: lineId('1'), parent: order.terms.number, parentLine: lineId('1'), sku: sku('LAMP-01') },
        units: [{ stage, quantity: 1 }],
      },
    ],
  });
  const taken = returnPublished(kept, returned(5, 'pending-return'), at(5));

  it('and was never told of is pulled as a whole', () => {
    const classes = found({ oms: allocated, ledger: kept, crm: shown(kept), returns: [returned(5, 'received')] });
    expect(new Set(classes.map((one) => one.join(' ')))).toEqual(new Set(['returns ledger pull']));
  });

  it('is seen to have gone on, and nothing is said of an older state', () => {
    const classes = found({ oms: allocated, ledger: taken, crm: shown(taken), returns: [returned(6, 'received')] });
    expect(new Set(classes.map(([what]) => what))).toEqual(new Set(['returns']));
    expect(found({ oms: allocated, ledger: taken, crm: shown(taken), returns: [returned(4, 'received')] })).toEqual([]);
  });

  it('is in the ledger once it is pulled', () => {
    const learnt = { recordedAt: at(9), sourceMessage: 'r', oms: allocated, returns: [returned(6, 'received')] };
    const after = pulled(taken, learnt);
    expect(found({ oms: allocated, ledger: after, crm: shown(after), returns: learnt.returns })).toEqual([]);
    expect(pulled(after, learnt)).toBe(after);
  });
});

describe('What nobody may repair', () => {
  it('is an order whose state at the OMS cannot be taken: the sentence says why', () => {
    const fault = new PermanentFault('oms.unreadable_message', 'OrderLine is missing.');
    expect(repairOf(unreadable(fault), kept)).toEqual({
      kind: 'ignore',
      reason: 'What the OMS holds cannot be taken: OrderLine is missing.',
    });
  });

  it('is a line that the CRM has no more, since only the CRM makes lines', () => {
    const crm = shown(kept);
    const { [nameOf('line')]: gone, ...records } = crm.records;
    expect(gone).toBeDefined();
    expect(found({ oms: allocated, ledger: kept, crm: { ...crm, records } })).toEqual([
      ['record-missing', 'crm', 'ignore'],
    ]);
  });
});

describe('An order that the OMS lost', () => {
  it('is to be placed again as it was agreed last, and is shown again by the answer', () => {
    if (!isAtOms(placed)) throw new Error('The order was not placed.');
    const lost = orderLost(placed);
    expect(lost).toMatchObject({ order: { state: 'accepted', terms: placed.order.terms }, wanted: {} });
    const again = orderPlaced(lost, omsOrderId('O-2'), at(8));
    expect(Object.keys(again.wanted)).toEqual(Object.keys(placed.wanted));
  });
});

describe('A CRM that shows something else', () => {
  const planted: readonly (readonly [string, string, string, FieldValue])[] = [
    ['status', 'order', 'status', 'delivered'],
    ['quantities', 'line', 'allocated', 2],
    ['amounts', 'order', 'total', 41],
    ['history', 'history', 'to', 'shipped'],
    ['identity', 'order', 'omsOrderId', null],
  ];

  it.each(planted)('in its %s is told so, and sent just that again', (what, kind, field, value) => {
    const crm = shown(kept);
    const name = nameOf(kind);
    crm.records[name] = { ...crm.records[name], [field]: value };
    expect(found({ oms: allocated, ledger: kept, crm })).toEqual([[what, 'crm', 're-send']]);
    const sent = changesBetween(acknowledgedBy(kept, crm), kept.wanted);
    expect(sent.map(({ fields, isNew }) => [Object.keys(fields), isNew])).toEqual([[[field], false]]);
  });

  it('agrees where it keeps moments to the second', () => {
    const crm = shown(kept);
    const name = nameOf('history');
    crm.records[name] = { ...crm.records[name], recordedAt: at(9).replace(/\.\d{3}Z$/, '.000Z') };
    const finer = snapshotPublished(trackAccepted(order), allocated, {
      recordedAt: instantOf(new Date(Date.parse(at(9)) + 123)),
      sourceMessage: 'm',
    }).tracked;
    expect(found({ oms: allocated, ledger: finer, crm })).toEqual([]);
  });

  it('without a record is sent the whole of it, as new', () => {
    const crm = shown(kept);
    const { [nameOf('history')]: gone, ...records } = crm.records;
    expect(gone).toBeDefined();
    expect(found({ oms: allocated, ledger: kept, crm: { ...crm, records } })).toEqual([
      ['record-missing', 'crm', 're-send'],
    ]);
    expect(changesBetween(acknowledgedBy(kept, { ...crm, records }), kept.wanted)).toMatchObject([{ isNew: true }]);
  });

  it('is not blamed for a field or an object that the org does not have', () => {
    const crm = shown(kept);
    const { holds: _, ...order } = crm.records[nameOf('order')] ?? {};
    crm.records[nameOf('order')] = order;
    const { [nameOf('history')]: gone, ...records } = crm.records;
    const kinds = new Set([...crm.kinds].filter((kind) => kind !== 'history'));
    expect(gone).toBeDefined();
    expect(found({ oms: allocated, ledger: kept, crm: { records, kinds } })).toEqual([]);
  });
});

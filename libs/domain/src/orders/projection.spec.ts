import { describe, expect, it } from '@jest/globals';
import { crmOrderId, crmRecordId } from '../kernel/ids.js';
import {
  acknowledge,
  changesBetween,
  inDoubt,
  recordName,
  type ProjectedFields,
  type ProjectedRecord,
  type Projection,
} from './projection.js';

const order = crmOrderId('801000000000001AAA');
const line = (fields: Partial<ProjectedFields['line']>): ProjectedRecord => ({
  address: { kind: 'line', id: crmRecordId('802000000000001AAA'), order },
  fields: {
    key: 'north:N-1:1',
    status: 'open',
    open: 0,
    backOrdered: 0,
    allocated: 0,
    released: 0,
    shipped: 0,
    delivered: 0,
    cancelled: 0,
    returned: 0,
    promisedDelivery: null,
    reason: null,
    cancelRequest: null,
    pickUp: null,
    pickUpExpires: null,
    substitutes: null,
    ...fields,
  },
});
const parcel: ProjectedRecord = {
  address: { kind: 'shipment', key: 'north:N-1:P1', order },
  fields: { packageId: 'P1', carrier: null, trackingNumber: null, shipFrom: null, shippedAt: null },
};
const wanting = (...records: ProjectedRecord[]): Projection =>
  Object.fromEntries(records.map((record) => [recordName(record.address), record]));

const allocated = wanting(line({ status: 'allocated', allocated: 1 }));
const released = wanting(line({ status: 'released', released: 1 }), parcel);
const known = acknowledge({}, changesBetween({}, wanting(line({ open: 1 }))));

describe('What the CRM acknowledged, while a write is on its way', () => {
  it('is sure of the fields that the write does not touch, and of no other', () => {
    const sure = inDoubt(known, changesBetween(known, allocated));

    expect(Object.values(sure)).toEqual([expect.not.objectContaining({ status: expect.anything() })]);
    expect(Object.values(sure)).toEqual([expect.objectContaining({ key: 'north:N-1:1', shipped: 0 })]);
  });

  it('has a field written again that went and came back while nobody heard the answer', () => {
    const sure = inDoubt(known, changesBetween(known, allocated));

    // The CRM may hold allocated 1 by now: measured against what it acknowledged last, that field would be left alone.
    expect(changesBetween(known, released)[0]?.fields).not.toHaveProperty('allocated');
    expect(changesBetween(sure, released)[0]).toMatchObject({ isNew: false, fields: { allocated: 0, released: 1 } });
  });

  it('leaves a record new that the CRM never acknowledged', () => {
    const sure = inDoubt(known, changesBetween(known, released));

    expect(changesBetween(sure, released).map(({ isNew }) => isNew)).toEqual([false, true]);
  });
});

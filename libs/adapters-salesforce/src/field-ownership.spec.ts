import { describe, expect, it } from '@jest/globals';
import { fieldOwnership } from './field-ownership.js';

describe('Each field of the org', () => {
  const all = fieldOwnership();

  it('has one master: none that we write is taken for what the CRM says', () => {
    const masters = Map.groupBy(all, ({ object, field }) => `${object}.${field}`);
    expect([...masters].filter(([, own]) => own.length > 1).map(([name]) => name)).toEqual([]);
  });

  it('that we write is of our package, so that nobody else has it', () => {
    expect(all.filter(({ master, field }) => master === 'OMS' && !field.endsWith('__c'))).toEqual([]);
  });

  it('is named with its way', () => {
    expect(all).toContainEqual({
      ...{ object: 'Order', field: 'OMS_Status__c', master: 'OMS', travels: 'shown: order, status' },
    });
    expect(all).toContainEqual({
      ...{ object: 'OrderDeliveryGroup', field: 'DeliverToCity', master: 'CRM' },
      travels: 'read when an order is submitted or edited, or an agent asks',
    });
  });
});

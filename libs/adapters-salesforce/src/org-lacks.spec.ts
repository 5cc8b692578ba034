import { describe, expect, it } from '@jest/globals';
import { READ_OBJECT_OF } from './mapping/order-fields.js';
import { SHAPES } from './mapping/projected-fields.js';
import { lacksOf, SELECTIONS } from './org-lacks.js';
import type { Described } from './org-schema.js';

const writable: Described = { type: 'string', length: 80, createable: true, updateable: true };

/** An org with all that we read and write. */
function wholeOrg(): Map<string, Described> {
  const read = SELECTIONS.flatMap(({ object, fields }) =>
    fields.map((path) => {
      const [field = '', relationship] = path.split('.').toReversed();
      return `${relationship === undefined ? object : READ_OBJECT_OF[relationship]}.${field}`;
    }),
  );
  const written = Object.values(SHAPES).flatMap(({ object, externalId, fields }) => [
    object,
    `${object}.${externalId ?? 'Id'}`,
    ...Object.values<string>(fields).map((field) => `${object}.${field}`),
  ]);
  return new Map([...read, ...written].map((name) => [name, writable]));
}

const lacksWithout = (name: string) => {
  const org = wholeOrg();
  org.delete(name);
  return lacksOf(org);
};

describe('What we miss in an org', () => {
  it('is nothing where it has all that we read and write', () => {
    expect(lacksOf(wholeOrg())).toEqual([]);
  });

  it('is every field that we need to read an order, with who can give it', () => {
    expect(lacksWithout('Account.OMS_Customer_Key__c')).toEqual([
      {
        subject: 'Account.OMS_Customer_Key__c',
        need: 'read',
        effect: 'stops',
        remedy:
          'Install the package of this version, and assign its permission set OMS_Integration to the integration user.',
      },
    ]);
    expect(lacksWithout('Product2.StockKeepingUnit')).toMatchObject([
      { effect: 'stops', remedy: expect.stringContaining("not the package's to give") },
    ]);
  });

  it('is no field that an org may do without', () => {
    expect(lacksWithout('Order.BillingCountryCode')).toEqual([]);
  });

  it('is what cannot be written, though it is there: that is withheld, and the rest is shown', () => {
    const org = wholeOrg();
    org.set('OrderItem.OMS_Reason__c', { ...writable, updateable: false });

    expect(lacksOf(org)).toEqual([
      {
        subject: 'OrderItem.OMS_Reason__c',
        need: 'write',
        effect: 'withheld',
        remedy: 'Assign the permission set OMS_Integration of the package to the integration user.',
      },
    ]);
  });

  it.each(['OMS_Shipment__c', 'OMS_Shipment__c.OMS_Shipment_Key__c'])(
    'is %s, without which nothing is written',
    (name) => {
      expect(lacksWithout(name)).toMatchObject([{ subject: name, need: 'write', effect: 'stops' }]);
    },
  );
});

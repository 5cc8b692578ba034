import { describe, expect, it } from '@jest/globals';
import * as accountFields from './account-fields.js';
import * as orderFields from './order-fields.js';

const address = (prefix: string) =>
  ['Street', 'City', 'State', 'StateCode', 'PostalCode', 'Country', 'CountryCode'].map((part) => `${prefix}${part}`);
const id = ['Id', 'CreatedDate'];
const person = ['FirstName', 'LastName', 'Email', 'Phone', 'MobilePhone', 'AccountId', ...address('Mailing')];

/**
 * Fields that an org has without our package (§4.2), by object or relationship. What is neither here nor in the package is a
 * mistake until somebody has looked it up.
 */
const STANDARD: Readonly<Record<string, readonly string[]>> = {
  Account: [
    ...[...id, 'Name', 'Phone', 'FirstName', 'LastName', 'PersonEmail', 'PersonMobilePhone'],
    ...[...address('Billing'), ...address('Shipping'), ...address('PersonMailing')],
  ],
  Contact: [...id, ...person],
  BillToContact: person,
  Order: [
    ...[...id, 'OrderNumber', 'OrderReferenceNumber', 'OrderedDate', 'CurrencyIsoCode', 'TaxLocaleType', 'PoNumber'],
    ...['BillingEmailAddress', 'BillingPhoneNumber', ...address('Billing')],
  ],
  OrderItem: [
    ...[...id, 'OrderItemNumber', 'LineNumber', 'Type', 'Description', 'Quantity', 'UnitPrice', 'TotalLineAmount'],
  ],
  Product2: ['Name', 'StockKeepingUnit', 'ProductCode'],
  OrderDeliveryGroup: [
    ...['DeliverToName', ...address('DeliverTo'), 'EmailAddress', 'PhoneNumber', 'IsGift', 'GiftMessage'],
  ],
  OrderDeliveryMethod: ['Name'],
  OrderItemAdjustmentLineItem: [...id, 'OrderItemId', 'OrderAdjustmentGroupId', 'Name', 'CouponCode', 'Amount'],
  OrderItemTaxLineItem: [...id, 'OrderItemId', 'Name', 'Rate', 'Amount'],
  OrderAdjustmentGroup: [...id, 'Name'],
  Order_Tender__c: id,
};

interface Asked {
  readonly object: string;
  readonly fields: readonly string[];
}
const isSelection = (exported: object): exported is Asked => 'object' in exported && 'fields' in exported;

describe('The standard fields that the adapter asks for', () => {
  const exported: readonly object[] = [...Object.values(orderFields), ...Object.values(accountFields)];
  const selections = exported.filter(isSelection);
  const asked = selections.flatMap(({ object, fields }) =>
    fields.map((path) => path.split('.')).map((path) => ({ of: path.at(-2) ?? object, field: path.at(-1) ?? '' })),
  );

  it('have all been looked up', () => {
    expect(selections.length).toBeGreaterThanOrEqual(10);
    const unknown = asked.filter(({ of, field }) => STANDARD[of]?.includes(field) !== true);
    expect(unknown.filter(({ field }) => !field.endsWith('__c'))).toEqual([]);
  });
});

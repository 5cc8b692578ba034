/**
 * Fields that an org has without our package, as far as the adapter reads them: §4.2 of Salesforce's object reference.
 * What is neither here nor in the package is a mistake until somebody has looked it up.
 */
const address = (prefix: string) =>
  ['Street', 'City', 'State', 'StateCode', 'PostalCode', 'Country', 'CountryCode'].map((part) => `${prefix}${part}`);

export const standardFields: Readonly<Record<string, readonly string[]>> = {
  Order: [
    ...['Id', 'OrderNumber', 'OrderReferenceNumber', 'OrderedDate', 'CurrencyIsoCode', 'TaxLocaleType', 'PoNumber'],
    ...['BillingEmailAddress', 'BillingPhoneNumber', ...address('Billing')],
  ],
  Account: ['Name', 'FirstName', 'LastName'],
  BillToContact: ['FirstName', 'LastName'],
  OrderItem: [
    ...['Id', 'OrderItemNumber', 'LineNumber', 'Type', 'Description', 'Quantity', 'UnitPrice', 'TotalLineAmount'],
  ],
  Product2: ['Name', 'StockKeepingUnit', 'ProductCode'],
  OrderDeliveryGroup: [
    ...['DeliverToName', ...address('DeliverTo'), 'EmailAddress', 'PhoneNumber', 'IsGift', 'GiftMessage'],
  ],
  OrderDeliveryMethod: ['Name'],
  OrderItemAdjustmentLineItem: ['Id', 'OrderItemId', 'OrderAdjustmentGroupId', 'Name', 'CouponCode', 'Amount'],
  OrderItemTaxLineItem: ['Id', 'OrderItemId', 'Name', 'Rate', 'Amount'],
  OrderAdjustmentGroup: ['Id', 'Name'],
  Order_Tender__c: ['Id'],
};

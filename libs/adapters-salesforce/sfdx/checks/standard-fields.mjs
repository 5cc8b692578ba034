/**
 * Fields that an org has without the package, as far as the package uses them: Salesforce's object reference, v67.0.
 * A name that is not here and not in the package is a mistake until somebody has looked it up.
 */
const object = (fields, relationships = {}) => ({ fields, relationships });

export const standardFields = {
  everywhere: ['Id', 'CreatedDate', 'CreatedById', 'LastModifiedDate', 'SystemModstamp'],
  Order: object(
    ['AccountId', 'EffectiveDate', 'OrderNumber', 'OrderReferenceNumber', 'OwnerId', 'Pricebook2Id', 'Status'],
    {
      Account: 'Account',
    },
  ),
  OrderItem: object(
    ['LineNumber', 'OrderId', 'OrderItemNumber', 'PricebookEntryId', 'Product2Id', 'Quantity', 'Type', 'UnitPrice'],
    { Order: 'Order', Product2: 'Product2' },
  ),
  Account: object(['Name']),
  Product2: object(['IsActive', 'Name', 'ProductCode', 'StockKeepingUnit']),
  PricebookEntry: object(['IsActive', 'Pricebook2Id', 'Product2Id', 'UnitPrice']),
  Profile: object(['Name']),
  PermissionSet: object(['Name']),
  PermissionSetAssignment: object(['AssigneeId', 'PermissionSetId']),
  User: object(
    [
      ...['Alias', 'Email', 'EmailEncodingKey', 'LanguageLocaleKey', 'LastName', 'LocaleSidKey', 'ProfileId'],
      ...['TimeZoneSidKey', 'Username'],
    ],
    {},
  ),
};

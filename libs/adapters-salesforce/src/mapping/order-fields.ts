/** What is asked of one kind of record: fields by path, and where an org must be asked first whether it has them. */
export interface Selection<Field extends string = string> {
  readonly object: string;
  readonly fields: readonly Field[];
  /** From a field's path to the `Object.Name` (field or relationship) that must exist for it (§4.6: features add fields). */
  readonly optional: Readonly<Partial<Record<Field, string>>>;
}

/** `optional` names for a field what the org must have for it. */
export const selection = <Field extends string>(
  object: string,
  fields: readonly Field[],
  optional: Readonly<Partial<Record<NoInfer<Field>, string>>>,
): Selection<Field> => ({ object, fields, optional });

/** The order with its account and bill-to contact. */
export const ORDER = selection(
  'Order',
  [
    'Id',
    'OrderNumber',
    'OrderReferenceNumber',
    'OrderedDate',
    'CurrencyIsoCode',
    'TaxLocaleType',
    'PoNumber',
    'OMS_Instructions__c',
    'OMS_Do_Not_Release_Before__c',
    'BillingStreet',
    'BillingCity',
    'BillingState',
    'BillingStateCode',
    'BillingPostalCode',
    'BillingCountry',
    'BillingCountryCode',
    'BillingEmailAddress',
    'BillingPhoneNumber',
    'BillToContact.FirstName',
    'BillToContact.LastName',
    'Account.Name',
    'Account.FirstName',
    'Account.LastName',
    'Account.OMS_Customer_Key__c',
    'Account.OMS_Tax_Exempt_Id__c',
  ],
  {
    CurrencyIsoCode: 'Order.CurrencyIsoCode',
    BillingStateCode: 'Order.BillingStateCode',
    BillingCountryCode: 'Order.BillingCountryCode',
    'BillToContact.FirstName': 'Order.BillToContact',
    'BillToContact.LastName': 'Order.BillToContact',
    'Account.FirstName': 'Account.FirstName',
    'Account.LastName': 'Account.LastName',
  },
);

export const ORDER_TENDER = selection(
  'Order_Tender__c',
  [
    'Id',
    'Tender_Key__c',
    'Type__c',
    'Amount__c',
    'Authorized_Amount__c',
    'Captured_Amount__c',
    'Card_Brand__c',
    'Token__c',
    'Display_Number__c',
    'Gateway__c',
    'Authorization_Id__c',
    'Authorization_Expires__c',
  ],
  {},
);

/** The item with its product and the group that it is delivered in. */
export const ORDER_ITEM = selection(
  'OrderItem',
  [
    'Id',
    'OrderItemNumber',
    'LineNumber',
    'Type',
    'Description',
    'Quantity',
    'UnitPrice',
    'TotalLineAmount',
    'Product2.Name',
    'Product2.StockKeepingUnit',
    'Product2.ProductCode',
    'OrderDeliveryGroup.DeliverToName',
    'OrderDeliveryGroup.DeliverToStreet',
    'OrderDeliveryGroup.DeliverToCity',
    'OrderDeliveryGroup.DeliverToState',
    'OrderDeliveryGroup.DeliverToStateCode',
    'OrderDeliveryGroup.DeliverToPostalCode',
    'OrderDeliveryGroup.DeliverToCountry',
    'OrderDeliveryGroup.DeliverToCountryCode',
    'OrderDeliveryGroup.EmailAddress',
    'OrderDeliveryGroup.PhoneNumber',
    'OrderDeliveryGroup.IsGift',
    'OrderDeliveryGroup.GiftMessage',
    'OrderDeliveryGroup.OMS_Store__c',
    'OrderDeliveryGroup.OrderDeliveryMethod.Name',
  ],
  {
    'OrderDeliveryGroup.DeliverToStateCode': 'OrderDeliveryGroup.DeliverToStateCode',
    'OrderDeliveryGroup.DeliverToCountryCode': 'OrderDeliveryGroup.DeliverToCountryCode',
    'OrderDeliveryGroup.OMS_Store__c': 'OrderDeliveryGroup.OMS_Store__c',
  },
);

export const ITEM_ADJUSTMENT = selection(
  'OrderItemAdjustmentLineItem',
  ['Id', 'OrderItemId', 'OrderAdjustmentGroupId', 'Name', 'CouponCode', 'Amount'],
  { CouponCode: 'OrderItemAdjustmentLineItem.CouponCode' },
);

export const ITEM_TAX = selection('OrderItemTaxLineItem', ['Id', 'OrderItemId', 'Name', 'Rate', 'Amount'], {
  Name: 'OrderItemTaxLineItem.Name',
});

/** A discount on the order as a whole, where it has an amount of its own. */
export const ADJUSTMENT_GROUP = selection('OrderAdjustmentGroup', ['Id', 'Name', 'OMS_Amount__c'], {});

/** What an agent asks for. */
export const ACTION_REQUEST = selection(
  'OMS_Action_Request__c',
  ['Order__c', 'Action__c', 'Order_Line_Key__c', 'Quantity__c', 'Reason__c'],
  {},
);

/** All that orders are read by. */
export const ORDER_SELECTIONS: readonly Selection[] = [
  ORDER,
  ORDER_TENDER,
  ORDER_ITEM,
  ITEM_ADJUSTMENT,
  ITEM_TAX,
  ADJUSTMENT_GROUP,
  ACTION_REQUEST,
];

/** The object at the end of a relationship that a path goes through. */
export const READ_OBJECT_OF: Readonly<Record<string, string>> = {
  Account: 'Account',
  BillToContact: 'Contact',
  Product2: 'Product2',
  OrderDeliveryGroup: 'OrderDeliveryGroup',
  OrderDeliveryMethod: 'OrderDeliveryMethod',
};

/** The objects that the org is asked about: all that we read or write, and those that tell of a feature. */
export const DESCRIBED_OBJECTS = [
  'Order',
  'Account',
  'Contact',
  'Product2',
  'OrderItem',
  'OrderDeliveryGroup',
  'OrderDeliveryMethod',
  'OrderItemAdjustmentLineItem',
  'OrderItemTaxLineItem',
  'OrderAdjustmentGroup',
  'Order_Tender__c',
  'OMS_Shipment__c',
  'OMS_Shipment_Line__c',
  'OMS_Return__c',
  'OMS_Return_Line__c',
  'Order_Status_History__c',
  'OMS_Action_Request__c',
  'OrderSummary',
  'Shipment',
  'ShipmentItem',
  'ReturnOrder',
  'ReturnOrderLineItem',
] as const;

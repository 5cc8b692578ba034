/** §4.2. OrderReferenceNumber is plain text: not a key to upsert by. */
export const orders = {
  Order: {
    prefix: '801',
    fields: `
      AccountId reference->Account/Orders CUN
      EffectiveDate date CU
      EndDate date CUN
      Status picklist@OrderStatus.ApiName CUR
      StatusCode picklist[Draft|Activated|Superseded] -
      Name string(80) CUN
      OrderNumber string(30) LA
      OrderReferenceNumber string(80) CUN
      OrderedDate datetime CUN
      Pricebook2Id reference->Pricebook2 CUN
      CurrencyIsoCode picklist(3)@CurrencyType.IsoCode CUNR #multiCurrency
      BillingEmailAddress email(80) CUN
      BillingPhoneNumber phone(40) CUN
      BillToContactId reference->Contact CUN
      ShipToContactId reference->Contact CUN
      SalesChannelId reference->SalesChannel CUN
      SalesStoreId string(18) CUN
      ExternalCustomerReference string(255) CUN
      OrderManagementReferenceIdentifier string(255) CUN
      PoNumber string(80) CUN
      PoDate date CUN
      TaxLocaleType picklist[Gross|Net] CUNR
      Type picklist CUN
      Description textarea(32000) CUN
      OwnerId reference->User CUN
      RecordTypeId string(18) CUN
      OriginalOrderId reference->Order/Orders CN
      IsReductionOrder boolean C
      ActivatedDate datetime -
      TotalAmount currency -
      TotalTaxAmount currency -
      GrandTotalAmount currency -
      TotalAdjustedProductAmount currency -
      TotalAdjustedDeliveryAmount currency -
      TotalProductTaxAmount currency -
      TotalDeliveryTaxAmount currency -
      @address Billing CUN
      @address Shipping CUN`,
  },
  OrderDeliveryGroup: {
    prefix: '0ag',
    fields: `
      OrderDeliveryGroupNumber string(255) LA
      OrderId reference=>Order/OrderDeliveryGroups C
      OrderDeliveryMethodId reference->OrderDeliveryMethod CUN
      DeliverToName string(255) CUN
      @address DeliverTo CUN
      EmailAddress email(80) CUN
      PhoneNumber phone(40) CUN
      DesiredDeliveryDate datetime CUN
      PromisedDeliveryDate datetime CUN
      DeliveryInstructions string(255) CUN
      IsGift boolean CU
      GiftMessage textarea(255) CUN
      CurrencyIsoCode picklist(3)@CurrencyType.IsoCode - #multiCurrency
      TotalAmount currency -
      GrandTotalAmount currency -`,
  },
  OrderItem: {
    prefix: '802',
    fields: `
      OrderItemNumber string(30) LA
      OrderId reference=>Order/OrderItems C
      PricebookEntryId reference->PricebookEntry C
      Product2Id reference->Product2 CN
      OrderDeliveryGroupId reference->OrderDeliveryGroup/OrderItems CUN
      OriginalOrderItemId reference->OrderItem CN
      RelatedOrderItemId reference->OrderItem CUN
      Quantity double CU
      UnitPrice currency CU
      ListPrice currency CN
      TotalLineAmount currency CUN
      GrossUnitPrice currency CUN
      NetUnitPrice currency CUN
      Type picklist[Order Product|Delivery Charge|Fee] CUNR
      TypeCode picklist[Product|Charge] -
      LineNumber int CN
      Description string(255) CUN
      ServiceDate date CUN
      EndDate date CUN
      EarliestEstimatedDeliveryDate datetime CUN
      LastEstimatedDeliveryDate datetime CUN
      CurrencyIsoCode picklist(3)@CurrencyType.IsoCode - #multiCurrency
      TotalPrice currency -
      TotalTaxAmount currency -
      TotalAdjustmentAmount currency -
      GrandTotalAmount currency -`,
  },
};

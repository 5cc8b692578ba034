/** Objects of the Order Management licence (§4.3). Prefixes but that of OrderItemSummary are this twin's invention (§2.10). */
export const orderManagement = {
  OrderSummary: {
    prefix: '1Os',
    fields: `
      OrderNumber string(255) CUL
      OriginalOrderId reference->Order/OrderSummaries -
      AccountId reference->Account/OrderSummaries -
      Status picklist CUN
      OrderLifeCycleType picklist[MANAGED|UNMANAGED] -
      OrderedDate datetime -
      BillingEmailAddress email(80) CUN
      BillingPhoneNumber phone(40) CUN
      BillToContactId reference->Contact CN
      SalesChannelId reference->SalesChannel -
      Description string(1175) CUN
      BusinessModel picklist[B2B|B2C] -
      ExternalReferenceIdentifier string(80) CUN
      SourceProcess picklist[Standard|Exchange|OrderOnBehalf] -
      IsSuspended boolean CU
      RoutingAttempts int -
      TotalAmount currency -
      TotalTaxAmount currency -
      GrandTotalAmount currency -
      CurrencyIsoCode picklist(3)@CurrencyType.IsoCode - #multiCurrency
      @address Billing CUN`,
  },
  OrderDeliveryGroupSummary: {
    prefix: '1dg',
    fields: `
      OrderSummaryId reference=>OrderSummary/OrderDeliveryGroupSummaries -
      OriginalOrderDeliveryGroupId reference->OrderDeliveryGroup -
      OrderDeliveryMethodId reference->OrderDeliveryMethod CUN
      DeliverToName string(255) CUN
      EmailAddress email(80) CUN
      PhoneNumber phone(40) CUN
      CurrencyIsoCode picklist(3)@CurrencyType.IsoCode - #multiCurrency
      @address DeliverTo CUN`,
  },
  OrderItemSummary: {
    prefix: '10u',
    fields: `
      OrderSummaryId reference=>OrderSummary/OrderItemSummaries -
      OriginalOrderItemId reference->OrderItem/OrderItemSummaries -
      OrderDeliveryGroupSummaryId reference->OrderDeliveryGroupSummary -
      Product2Id reference->Product2 -
      ProductCode string(255) -
      StockKeepingUnit string(180) -
      Status picklist -
      Quantity double -
      QuantityOrdered double -
      QuantityAllocated double -
      QuantityFulfilled double -
      QuantityCanceled double -
      QuantityReturnInitiated double -
      QuantityReturned double -
      QuantityReshipped double -
      QuantityNetOrdered double -
      QuantityShipped double CUN
      UnitPrice currency -
      TotalLineAmount currency -
      ReservedAtLocationId reference->Location CUN
      CurrencyIsoCode picklist(3)@CurrencyType.IsoCode - #multiCurrency`,
  },
  FulfillmentOrder: {
    prefix: '0a3',
    fields: `
      FulfillmentOrderNumber string(30) LA
      OrderSummaryId reference->OrderSummary/FulfillmentOrders CN
      OrderId reference->Order CN
      AccountId reference->Account CN
      Status picklist[Draft|Allocated|Assigned|Pickpack|Pick Complete|Printed|Pack Complete|Fulfilled|Cancelled|Rejected] CU
      StatusCategory picklist[DRAFT|ACTIVATED|FULFILLING|CLOSED|CANCELLED|REJECTED] -
      Type picklist[Warehouse|Retail Store|In Store Pickup|Supplier|Email|Download] CUN
      DeliveryMethodId reference->OrderDeliveryMethod CU
      FulfilledFromLocationId reference->Location CU
      FulfilledToName string(255) CU
      FulfilledToEmailAddress email(80) CU
      FulfilledToPhone phone(40) CU
      FulfilledToStreet textarea(255) CU
      FulfilledToCity string(40) CU
      FulfilledToState string(80) CU
      FulfilledToPostalCode string(20) CU
      FulfilledToCountry string(80) CU
      FulfilledToLatitude double CU
      FulfilledToLongitude double CU
      FulfilledToStateCode picklist(10) CUN #stateCountryPicklists
      FulfilledToCountryCode picklist(10) CUN #stateCountryPicklists
      IsSuspended boolean CU
      IsReship boolean C
      ItemCount double -
      CurrencyIsoCode picklist(3)@CurrencyType.IsoCode CNR #multiCurrency`,
  },
  FulfillmentOrderLineItem: {
    prefix: '0a4',
    fields: `
      FulfillmentOrderId reference=>FulfillmentOrder/FulfillmentOrderLineItems C
      OrderItemSummaryId reference->OrderItemSummary/FulfillmentOrderLineItems C
      OriginalQuantity double C
      Quantity double CU
      RejectedQuantity double CUN
      RejectReason picklist[Damaged|Just Sold|Out of Packing Supplies|Out of Stock|Other] CUN
      Type picklist[Order Product|Delivery Charge|Fee] CN
      TypeCode picklist[Charge|Product] CN
      UnitPrice currency CUN
      TotalLineAmount currency CUN
      CurrencyIsoCode picklist(3)@CurrencyType.IsoCode - #multiCurrency`,
  },
};

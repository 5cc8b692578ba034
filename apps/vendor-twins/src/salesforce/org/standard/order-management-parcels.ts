/** Parcels and returns under the Order Management licence (§4.3). */
export const orderManagementParcels = {
  ReturnOrder: {
    prefix: '0zR',
    fields: `
      ReturnOrderNumber string(30) LA
      OrderSummaryId reference->OrderSummary/ReturnOrders CN
      OrderId reference->Order CUN
      AccountId reference->Account CUN
      ContactId reference->Contact CUN
      Status picklist[Draft|Submitted|Approved|Canceled|Closed] CU
      StatusCategory picklist[Draft|Activated|Pending|Canceled|Closed] -
      LifeCycleType picklist[MANAGED|UNMANAGED] -
      ShipmentType picklist CUN
      Description textarea(32000) CUN
      TotalAmount currency -
      CurrencyIsoCode picklist(3)@CurrencyType.IsoCode CNR #multiCurrency`,
  },
  ReturnOrderLineItem: {
    prefix: '0zL',
    fields: `
      ReturnOrderId reference=>ReturnOrder/ReturnOrderLineItems C
      OrderItemSummaryId reference->OrderItemSummary/ReturnOrderLineItems CN
      Product2Id reference->Product2 CUN
      QuantityReturned double CU
      QuantityExpected double CUN
      QuantityReceived double CUN
      QuantityRejected double CUN
      ReasonForReturn picklist[Damaged|Defective|Duplicate Order|Wrong Item|Wrong Quantity|Not Satisfied|Outdated|Other] CUN
      ReasonForRejection picklist CUN
      ProcessingPlan picklist[Repair|Discard|Salvage|Restock] CUN
      RepaymentMethod picklist[Replace|Refund|Credit|Return] CUN
      Type picklist[Order Product|Delivery Charge|Fee] CN
      TypeCode picklist[Charge|Product] CN
      CurrencyIsoCode picklist(3)@CurrencyType.IsoCode - #multiCurrency`,
  },
  Shipment: {
    prefix: '0OB',
    fields: `
      ShipmentNumber string(30) LA
      TrackingNumber string(255) CUN
      TrackingUrl url(255) CUN
      Provider picklist CUN
      Status picklist[Created|Shipped|In Transit|Delivered|Voided] CUN
      OrderSummaryId reference->OrderSummary/Shipments CUN
      FulfillmentOrderId reference->FulfillmentOrder/Shipments CUN
      ReturnOrderId reference->ReturnOrder/Shipments CUN
      ShipToName string(255) CU
      @address ShipTo CUN
      @address ShipFrom CUN
      SourceLocationId reference->Location CUN
      DestinationLocationId reference->Location CUN
      DeliveryMethodId reference->OrderDeliveryMethod CUN
      ExpectedDeliveryDate datetime CUN
      ActualDeliveryDate datetime CUN
      TotalItemsQuantity double -
      CurrencyIsoCode picklist(3)@CurrencyType.IsoCode CNR #multiCurrency`,
  },
  ShipmentItem: {
    prefix: '0OC',
    fields: `
      ShipmentId reference=>Shipment/ShipmentItems C
      Quantity double CU
      Product2Id reference->Product2 CUN
      FulfillmentOrderLineItemId reference->FulfillmentOrderLineItem CUN
      OrderItemSummaryId reference->OrderItemSummary/ShipmentItems CUN
      ReturnOrderLineItemId reference->ReturnOrderLineItem CUN`,
  },
};

/** Discounts and taxes of an order (§4.2). */
export const orderMoney = {
  OrderAdjustmentGroup: {
    prefix: '0aa',
    fields: `
      Name string(255) CU
      OrderId reference=>Order/OrderAdjustmentGroups C
      Type picklist[Header|SplitLine] CUNR
      Description string(255) CUN
      CurrencyIsoCode picklist(3)@CurrencyType.IsoCode - #multiCurrency
      TotalAmount currency -
      GrandTotalAmount currency -`,
  },
  OrderItemAdjustmentLineItem: {
    prefix: '0ai',
    fields: `
      Name string(255) CU
      OrderItemId reference=>OrderItem/OrderItemAdjustmentLineItems C
      OrderAdjustmentGroupId reference->OrderAdjustmentGroup/OrderItemAdjustmentLineItems CN
      Amount currency CU
      CouponCode string(255) CUN
      Description string(255) CUN
      AdjustmentType string(40) CUN
      CurrencyIsoCode picklist(3)@CurrencyType.IsoCode - #multiCurrency
      TotalTaxAmount currency -`,
  },
  OrderItemTaxLineItem: {
    prefix: '0at',
    fields: `
      Name string(255) CUN
      OrderItemId reference=>OrderItem/OrderItemTaxLineItems C
      OrderItemAdjustmentLineItemId reference->OrderItemAdjustmentLineItem CN
      Amount currency CU
      Type picklist[Estimated|Actual] CUR
      Rate double CUN
      TaxEffectiveDate date CU
      Description string(255) CUN
      CurrencyIsoCode picklist(3)@CurrencyType.IsoCode - #multiCurrency`,
  },
};

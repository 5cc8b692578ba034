/** A minimal sale line: two pieces at 10.00, shipped home. */
export function aLine(orderLineId = '1', changes: object = {}): object {
  return {
    OrderLineId: orderLineId,
    ItemId: `SKU-${orderLineId}`,
    Quantity: 2,
    UOM: 'EA',
    UnitPrice: 10,
    DeliveryMethod: { DeliveryMethodId: 'ShipToAddress' },
    ShippingMethodId: 'STANDARD',
    ShipToAddress: { Address: { Address1: '1 Example Street', City: 'Sampleton', PostalCode: '00001', Country: 'US' } },
    ...changes,
  };
}

/** A minimal order of one line; not confirmed unless asked for. */
export function anOrder(orderId: string, changes: object = {}): object {
  return {
    OrderId: orderId,
    OrderType: { OrderTypeId: 'Web' },
    DocType: { DocTypeId: 'CustomerOrder' },
    CurrencyCode: 'USD',
    OrderLine: [aLine()],
    ...changes,
  };
}

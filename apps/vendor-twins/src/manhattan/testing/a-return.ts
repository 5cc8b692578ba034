import { aLine, anOrder } from './an-order.js';
import { eventually } from '../../testing/eventually.js';
import type { Answer, TwinClient } from './twin-client.js';

/** Three pieces at 10.00 less 1.00, paid by one card, shipped, and delivered if asked for. */
export async function aShippedOrder(twin: TwinClient, orderId: string, delivered = false): Promise<void> {
  const names = ['allocate', 'release', 'ship', ...(delivered ? ['deliver'] : [])];
  await twin.live(orderId, ...names.map((name) => ({ after: 0, do: name })));
  const line = aLine('1', {
    Quantity: 3,
    OrderLineChargeDetail: [{ ChargeDetailId: 'D1', ChargeType: { ChargeTypeId: 'Discount' }, ChargeTotal: -1 }],
    OrderLineTaxDetail: [{ TaxDetailId: 'T1', TaxAmount: 0 }],
  });
  const method = { PaymentMethodId: 'PM1', PaymentType: { PaymentTypeId: 'Credit Card' }, Amount: 29 };
  const Payment = [{ PaymentMethod: [{ ...method, CurrentAuthAmount: 29, CurrentSettledAmount: 29 }] }];
  await twin.save(anOrder(orderId, { IsConfirmed: true, OrderLine: [line], Payment }));
  await eventually(`${orderId} is ${delivered ? 'delivered' : 'shipped'}`, async () => {
    const { MinFulfillmentStatusId } = await twin.stored(orderId);
    return MinFulfillmentStatusId === (delivered ? '7500' : '7000');
  });
}

/** One unit of the parent's first line, sent to the return center, receipt expected. */
export function aReturnLine(parentOrderId: string, changes: object = {}): object {
  return {
    OrderLineId: '1',
    ItemId: 'SKU-1',
    IsReturn: true,
    Quantity: 1,
    UOM: 'EA',
    ParentOrderId: parentOrderId,
    ParentOrderLineId: '1',
    DeliveryMethod: { DeliveryMethodId: 'ShipToReturnCenter' },
    ShippingMethodId: 'STANDARD',
    IsReceiptExpected: true,
    OrderLineAdditional: { ReturnReason: 'Damaged', ItemCondition: { ItemConditionId: 'New' } },
    ...changes,
  };
}

/** A confirmed return order of that line. */
export function aReturn(orderId: string, parentOrderId: string, changes: object = {}): object {
  return anOrder(orderId, { IsConfirmed: true, OrderLine: [aReturnLine(parentOrderId)], ...changes });
}

/** One `ReturnOrderEvent` about the first line of a return. */
export function returnEvent(
  twin: TwinClient,
  EventTypeId: string,
  ReturnOrderId: string,
  changes: object = {},
): Promise<Answer> {
  return twin.post('/order/api/order/returnOrderEvent/receive', {
    ReturnOrderEvent: [{ EventTypeId, ReturnOrderId, ReturnOrderLineId: '1', ItemId: 'SKU-1', ...changes }],
  });
}

import { given, type OrderLine, type ReturnRequest, type ReturnRequestLine, type SiteProfile } from '@tandem/domain';
import type { JsonObject } from '../json.js';
import { lineOf } from '../orders/order-save-line.js';
import { FIRST_VERSION } from '../orders/order-save.js';
import { someOf } from '../orders/order-save-parts.js';
import type { OrderVocabulary } from '../orders/order-vocabulary.js';

export interface ReturnContext {
  readonly site: SiteProfile;
  readonly words: OrderVocabulary;
  /** Not sent unless the tenant has one for parcels that come back. */
  readonly shippingMethod: string | undefined;
}

/**
 * The save of a return: an order of its own, whose lines point at those that come back (§5.1). It carries no prices for them: the OMS
 * takes them from the parent, prorated and negative.
 */
export function returnSave(context: ReturnContext, request: ReturnRequest): JsonObject {
  const { site } = context;
  const { tracking } = request;
  return given({
    OrderId: request.number,
    OrgId: site.oms.organization,
    OrderType: { OrderTypeId: site.oms.orderType },
    DocType: { DocTypeId: site.oms.docType },
    SellingChannel: { SellingChannelId: site.oms.sellingChannel },
    CurrencyCode: request.currency,
    IsConfirmed: true,
    OrderActions: { VersionTimestamp: FIRST_VERSION },
    ReturnTrackingDetail: tracking && [
      { ReturnTrackingNumber: tracking.trackingNumber, CarrierCode: tracking.carrier },
    ],
    OrderLine: someOf([
      ...request.lines.map((line) => returnLineOf(context, request, line)),
      ...(request.exchange ?? []).map((line) => exchangeLineOf(context, request, line)),
    ]),
  });
}

function returnLineOf({ site, shippingMethod }: ReturnContext, request: ReturnRequest, line: ReturnRequestLine) {
  const byParcel = line.by === 'parcel';
  return given({
    OrderLineId: line.id,
    ItemId: line.sku,
    IsReturn: true,
    Quantity: line.quantity,
    UOM: site.oms.unitOfMeasure,
    ParentOrderId: request.parent,
    ParentOrderLineId: line.parentLine,
    DeliveryMethod: { DeliveryMethodId: byParcel ? 'ShipToReturnCenter' : 'StoreReturn' },
    ShippingMethodId: byParcel ? shippingMethod : undefined,
    ShipToLocationId: line.to,
    IsReceiptExpected: line.receiptExpected,
    OrderLineAdditional: { ReturnReason: line.reason, ItemCondition: { ItemConditionId: line.condition } },
  });
}

/** A sale line with the price that we agreed; it waits on the hold `ReturnItemsPending` (§5.1). */
function exchangeLineOf({ site, words }: ReturnContext, request: ReturnRequest, line: OrderLine): JsonObject {
  const swapped = request.lines.find((back) => back.sku === line.sku && back.quantity === line.quantity);
  const order = {
    currency: request.currency,
    pricesIncludeTax: site.pricesIncludeTax,
    customer: { kind: 'guest', lastName: '' },
  } as const;
  return given({
    ...lineOf({ site, words, order }, line),
    ParentOrderId: request.parent,
    ParentOrderLineId: swapped?.parentLine,
    IsEvenExchange: swapped !== undefined,
  });
}

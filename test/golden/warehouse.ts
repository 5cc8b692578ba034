import type { Act } from './golden-order.js';
import { products, type ProductName } from './catalogue.js';

/** What a warehouse or a store reports of one line of the first release (§4.3). Lines of a release are numbered as in the order. */
export function reports(
  number: string,
  when: string,
  event: {
    readonly type: 'Ship' | 'PickUp' | 'Short';
    readonly line: string;
    readonly product: ProductName;
    readonly quantity: number;
    readonly reason?: string;
    readonly release?: number;
    readonly parcel?: { packageId: string; trackingNumber: string; carrierCode: string };
  },
): Act {
  const { type, line, product, quantity, reason, release = 1, parcel } = event;
  const label =
    parcel === undefined
      ? {}
      : { PackageId: parcel.packageId, TrackingNumber: parcel.trackingNumber, CarrierCode: parcel.carrierCode };
  const units = { OrderId: number, OrderLineId: line, ReleaseId: `${number}${release}`, ReleaseLineId: line };
  return {
    when,
    oms: {
      path: '/order/api/order/orderevent/receive',
      body: {
        OrderEvent: [
          {
            EventTypeId: type,
            ...units,
            Item: products[product].sku,
            Quantity: quantity,
            UOM: 'EA',
            ...(reason === undefined ? {} : { ShortReasonId: reason }),
            FulfillmentInfo: label,
          },
        ],
      },
    },
  };
}

/** What somebody else saves on the order at the OMS (§3.1). */
export const saves = (number: string, when: string, changes: Readonly<Record<string, unknown>>): Act => ({
  when,
  oms: { path: '/order/api/order/order/save', body: { OrderId: number, ...changes } },
});

/** A store takes a unit of the order back and knows no number of a return: the OMS makes one (§5.1, §5.2). */
export const takesBack = (number: string, when: string, product: ProductName): Act => ({
  when,
  oms: {
    path: '/order/api/order/returnOrderEvent/receive',
    body: {
      ReturnOrderEvent: [
        {
          EventTypeId: 'Verification',
          ParentOrderId: number,
          ItemId: products[product].sku,
          Quantity: '1',
          UOM: 'EA',
        },
      ],
    },
  },
});

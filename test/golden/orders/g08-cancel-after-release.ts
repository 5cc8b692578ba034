import { goldenOrder } from '../place-order.js';
import { reports, saves } from '../warehouse.js';

/** After release a cancel is a request: shown as one until the warehouse has answered, and never as cancelled before. */
export const g08 = goldenOrder({
  id: 'G08',
  title: 'cancel after release: requested first, cancelled when the warehouse agrees',
  registered: true,
  basket: {
    items: [
      { product: 'kettle', quantity: 2 },
      { product: 'candle', quantity: 1 },
    ],
    taxExempt: true,
  },
  life: () => [{ do: 'allocate' }, { do: 'release' }],
  acts: ({ number, parcel }) => [
    saves(number, 'OMS_Status__c is released', {
      OrderLine: [{ OrderLineId: '1', IsCancelled: true, CancelReason: { ReasonId: '1000.000' } }],
    }),
    reports(number, 'OMS_Cancel_Request__c is cancelled', {
      ...{ type: 'Ship', line: '2', product: 'candle', quantity: 1, parcel: parcel(1) },
    }),
  ],
  ending: ({ parcel, total }) => ({
    status: 'shipped',
    lines: { 1: { cancelled: 2 }, 2: { shipped: 1 } },
    parcels: [{ carrier: parcel(1).carrierCode, trackingNumber: parcel(1).trackingNumber, lines: { 2: 1 } }],
    orderHistory: ['open', 'allocated', 'released', 'shipped'],
    lineHistory: {
      1: ['2 open', '2 allocated', '2 released', '2 cancelled'],
      2: ['1 open', '1 allocated', '1 released', '1 shipped'],
    },
    cancelledTotal: null,
    omsTotal: total - 2 * 4_990,
    lineFields: { 1: { OMS_Cancel_Request__c: 'cancelled', OMS_Reason__c: '1000.000' } },
    beside: [{ track: 'cancel-request', line: '1', steps: ['cancel requested', 'cancel cancelled'] }],
  }),
});

import type { Act } from '../golden-order.js';
import { goldenOrder } from '../place-order.js';
import { reports, saves } from '../warehouse.js';

const promised = (day: string) => ({ OrderLine: [{ OrderLineId: '1', PromisedDeliveryDate: `${day}T00:00:00` }] });
const shows = (day: string) => `OMS_Promised_Delivery__c is ${day}T00:00:00.000+0000`;

const found = (number: string, service: 'allocate' | 'releaseOrders', when: string): Act => ({
  when,
  oms: { path: `/order/api/order/order/${service}`, body: { OrderIds: [number] } },
});

/** Each promise is a step of its own with where the goods were when it was made: nobody has to guess what was said when. */
export const g15 = goldenOrder({
  id: 'G15',
  title: 'back-order whose promise date moves twice',
  registered: true,
  basket: { items: [{ product: 'lamp', quantity: 1 }] },
  life: () => [{ do: 'backorder' }],
  acts: ({ number, parcel }) => [
    saves(number, 'OMS_Status__c is back-ordered', promised('2026-12-01')),
    saves(number, shows('2026-12-01'), promised('2026-12-08')),
    saves(number, shows('2026-12-08'), promised('2026-12-15')),
    found(number, 'allocate', shows('2026-12-15')),
    found(number, 'releaseOrders', 'OMS_Status__c is allocated'),
    reports(number, 'OMS_Status__c is released', {
      ...{ type: 'Ship', line: '1', product: 'lamp', quantity: 1, parcel: parcel(1) },
    }),
  ],
  ending: ({ parcel }) => ({
    status: 'shipped',
    lines: { 1: { shipped: 1 } },
    parcels: [{ carrier: parcel(1).carrierCode, trackingNumber: parcel(1).trackingNumber, lines: { 1: 1 } }],
    orderHistory: ['open', 'back-ordered', 'allocated', 'released', 'shipped'],
    lineHistory: { 1: ['1 open', '1 back-ordered', '1 allocated', '1 released', '1 shipped'] },
    cancelledTotal: null,
    lineFields: { 1: { OMS_Promised_Delivery__c: '2026-12-15T00:00:00Z' } },
    beside: [
      {
        track: 'promise',
        line: '1',
        steps: ['2026-12-01', '2026-12-08', '2026-12-15'].map((day) => `promised ${day}T00:00:00.000Z (back-ordered)`),
      },
    ],
  }),
});

import { goldenOrder } from '../place-order.js';
import { reports, saves } from '../warehouse.js';

/** One of two is collected; the date passes, and the other goes back on the shelf and is cancelled. */
export const g12 = goldenOrder({
  id: 'G12',
  title: 'pick-up in part, the rest expires',
  registered: true,
  groups: { home: { method: 'Store Pickup', store: true } },
  basket: { items: [{ product: 'blanket', quantity: 2 }], taxExempt: true },
  life: () => [{ do: 'allocate' }, { do: 'release' }, { do: 'pick' }],
  acts: ({ number }) => [
    saves(number, 'OMS_Pickup_Status__c is ready', {
      OrderLine: [{ OrderLineId: '1', PickupExpiryDate: '2026-11-21T18:00:00' }],
    }),
    reports(number, 'OMS_Pickup_Expires__c is 2026-11-21T18:00:00.000+0000', {
      ...{ type: 'PickUp', line: '1', product: 'blanket', quantity: 1 },
    }),
    reports(number, 'OMS_Pickup_Status__c is partly-picked-up', {
      ...{ type: 'Short', line: '1', product: 'blanket', quantity: 1, reason: 'FulfillmentSystemShorted' },
    }),
  ],
  ending: ({ total }) => ({
    status: 'shipped',
    lines: { 1: { shipped: 1, cancelled: 1 } },
    parcels: [{ carrier: '', trackingNumber: '', lines: { 1: 1 } }],
    orderHistory: ['open', 'allocated', 'released', 'picked', 'partially-shipped', 'shipped'],
    lineHistory: {
      1: [
        '2 open',
        '2 allocated',
        '2 released',
        '2 picked',
        '1 picked, 1 shipped',
        '1 back-ordered, 1 shipped',
        '1 shipped, 1 cancelled',
      ],
    },
    cancelledTotal: null,
    omsTotal: total - 8_900,
    lineFields: { 1: { OMS_Pickup_Status__c: 'rest-expired', OMS_Reason__c: 'FulfillmentSystemShorted' } },
  }),
});

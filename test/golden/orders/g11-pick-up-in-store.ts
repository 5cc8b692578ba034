import { goldenOrder } from '../place-order.js';
import { reports } from '../warehouse.js';

/** The store prepares it, has it ready, and hands it over. What is handed over has no label. */
export const g11 = goldenOrder({
  id: 'G11',
  title: 'pick up in store',
  registered: true,
  groups: { home: { method: 'Store Pickup', store: true } },
  basket: { items: [{ product: 'lamp', quantity: 1 }] },
  life: () => [{ do: 'allocate' }, { do: 'release' }, { do: 'pick' }],
  acts: ({ number }) => [
    reports(number, 'OMS_Status__c is picked', { type: 'PickUp', line: '1', product: 'lamp', quantity: 1 }),
  ],
  ending: () => ({
    status: 'shipped',
    lines: { 1: { shipped: 1 } },
    parcels: [{ carrier: '', trackingNumber: '', lines: { 1: 1 } }],
    orderHistory: ['open', 'allocated', 'released', 'picked', 'shipped'],
    lineHistory: { 1: ['1 open', '1 allocated', '1 released', '1 picked', '1 shipped'] },
    cancelledTotal: null,
    lineFields: { 1: { OMS_Pickup_Status__c: 'picked-up' } },
  }),
});

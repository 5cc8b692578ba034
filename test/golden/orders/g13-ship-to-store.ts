import { goldenOrder } from '../place-order.js';
import { reports } from '../warehouse.js';

/** While it travels to the store it stays released: the first leg moves no unit beyond that. */
export const g13 = goldenOrder({
  id: 'G13',
  title: 'ship to store: the first leg is followed up to released',
  registered: true,
  groups: { home: { method: 'Ship to Store', store: true } },
  basket: { items: [{ product: 'tray', quantity: 2 }] },
  life: () => [{ do: 'allocate' }, { do: 'release' }],
  acts: ({ number }) => [
    reports(number, 'OMS_Status__c is released', { type: 'PickUp', line: '1', product: 'tray', quantity: 2 }),
  ],
  ending: () => ({
    status: 'shipped',
    lines: { 1: { shipped: 2 } },
    parcels: [{ carrier: '', trackingNumber: '', lines: { 1: 2 } }],
    orderHistory: ['open', 'allocated', 'released', 'shipped'],
    lineHistory: { 1: ['2 open', '2 allocated', '2 released', '2 shipped'] },
    cancelledTotal: null,
  }),
});

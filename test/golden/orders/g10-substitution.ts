import { goldenOrder } from '../place-order.js';

const substitute = 'LMP-2041';

/** The brass lamp is out: the warehouse sends the steel one. What was ordered stays on the line, what was sent stands in the parcel. */
export const g10 = goldenOrder({
  id: 'G10',
  title: 'substitution',
  registered: true,
  basket: { items: [{ product: 'lamp', quantity: 2 }], shipping: 595 },
  life: ({ parcel }) => [
    { do: 'allocate' },
    { do: 'release' },
    { do: 'ship', lines: [{ orderLineId: '1', quantity: 1 }], package: parcel(1) },
    { do: 'ship', lines: [{ orderLineId: '1', quantity: 1, itemId: substitute }], package: parcel(2) },
  ],
  ending: ({ parcel }) => ({
    status: 'shipped',
    lines: { 1: { shipped: 2 } },
    parcels: [
      { carrier: parcel(1).carrierCode, trackingNumber: parcel(1).trackingNumber, lines: { 1: 1 } },
      { carrier: parcel(2).carrierCode, trackingNumber: parcel(2).trackingNumber, lines: { 1: 1 } },
    ],
    orderHistory: ['open', 'allocated', 'released', 'partially-shipped', 'shipped'],
    lineHistory: { 1: ['2 open', '2 allocated', '2 released', '1 released, 1 shipped', '2 shipped'] },
    cancelledTotal: null,
    lineFields: { 1: { OMS_Substitutes__c: substitute } },
  }),
});

import { goldenOrder } from '../place-order.js';

/** Two fulfilment groups, each with its own shipping charge and tax: each goes to its own door. */
export const g04 = goldenOrder({
  id: 'G04',
  title: 'two ship-to addresses in one order',
  registered: true,
  groups: { gift: { method: 'Standard Ground', turn: 3 } },
  basket: {
    items: [
      { product: 'kettle', quantity: 1 },
      { product: 'candle', quantity: 2, group: 'gift' },
    ],
    shipping: 595,
    shippingOf: { gift: 695 },
  },
  life: ({ parcel }) => [
    { do: 'allocate' },
    { do: 'release' },
    { do: 'ship', lines: [{ orderLineId: '1', quantity: 1 }], package: parcel(1) },
    { do: 'ship', lines: [{ orderLineId: '2', quantity: 2 }], package: parcel(2) },
  ],
  ending: ({ parcel }) => ({
    status: 'shipped',
    lines: { 1: { shipped: 1 }, 2: { shipped: 2 } },
    parcels: [
      { carrier: parcel(1).carrierCode, trackingNumber: parcel(1).trackingNumber, lines: { 1: 1 } },
      { carrier: parcel(2).carrierCode, trackingNumber: parcel(2).trackingNumber, lines: { 2: 2 } },
    ],
    orderHistory: ['open', 'allocated', 'released', 'partially-shipped', 'shipped'],
    lineHistory: {
      1: ['1 open', '1 allocated', '1 released', '1 shipped'],
      2: ['2 open', '2 allocated', '2 released', '2 shipped'],
    },
    cancelledTotal: null,
  }),
});

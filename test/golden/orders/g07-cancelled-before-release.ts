import { goldenOrder } from '../place-order.js';

/** A full cancel takes the amounts to zero at the OMS; the CRM keeps what the order was worth. */
export const g07 = goldenOrder({
  id: 'G07',
  title: 'cancelled at the OMS before release',
  registered: true,
  basket: {
    items: [
      { product: 'blanket', quantity: 2 },
      { product: 'candle', quantity: 1 },
    ],
    shipping: 595,
  },
  life: () => [{ do: 'allocate' }, { do: 'cancel', reasonId: '1000.000' }],
  ending: ({ total }) => ({
    status: 'cancelled',
    lines: { 1: { cancelled: 2 }, 2: { cancelled: 1 } },
    parcels: [],
    orderHistory: ['open', 'allocated', 'cancelled'],
    lineHistory: {
      1: ['2 open', '2 allocated', '2 cancelled'],
      2: ['1 open', '1 allocated', '1 cancelled'],
    },
    cancelledTotal: total,
  }),
});

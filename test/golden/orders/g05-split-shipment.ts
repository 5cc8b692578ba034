import { goldenOrder } from '../place-order.js';

/** Tracking is a set: the second parcel of a line does not overwrite the first. */
export const g05 = goldenOrder({
  id: 'G05',
  title: 'one line of three from two nodes, three parcels',
  registered: false,
  basket: { items: [{ product: 'lamp', quantity: 3 }], shipping: 595 },
  life: ({ parcel, placement }) => {
    const [near, far] = placement.site.nodes;
    const one = (shipFromLocationId: string) => [{ orderLineId: '1', quantity: 1, shipFromLocationId }];
    return [
      {
        do: 'allocate',
        lines: [
          { orderLineId: '1', quantity: 2, shipFromLocationId: near },
          { orderLineId: '1', quantity: 1, shipFromLocationId: far },
        ],
      },
      { do: 'release' },
      { do: 'ship', lines: one(near), package: parcel(1) },
      { do: 'ship', lines: one(far), package: parcel(2) },
      { do: 'ship', lines: one(near), package: parcel(3) },
    ];
  },
  ending: ({ parcel }) => ({
    status: 'shipped',
    lines: { 1: { shipped: 3 } },
    parcels: [1, 2, 3].map((index) => {
      const { carrierCode, trackingNumber } = parcel(index);
      return { carrier: carrierCode, trackingNumber, lines: { 1: 1 } };
    }),
    orderHistory: ['open', 'allocated', 'released', 'partially-shipped', 'shipped'],
    lineHistory: {
      1: ['3 open', '3 allocated', '3 released', '2 released, 1 shipped', '1 released, 2 shipped', '3 shipped'],
    },
    cancelledTotal: null,
  }),
});

import { goldenOrder, shippedInOneParcel } from '../place-order.js';

/** The customer and its addresses are at the OMS before the order is. */
export const g02 = goldenOrder({
  id: 'G02',
  title: 'registered customer, three lines, shipping charge, line discount',
  registered: true,
  basket: {
    items: [
      { product: 'kettle', quantity: 1 },
      { product: 'mug', quantity: 4, discount: { name: 'Four for less', coupon: 'MUGS4', amount: 180 } },
      { product: 'blanket', quantity: 1 },
    ],
    shipping: 595,
  },
  life: ({ parcel }) => [{ do: 'allocate' }, { do: 'release' }, { do: 'ship', package: parcel(1) }],
  ending: shippedInOneParcel({ 1: 1, 2: 4, 3: 1 }),
});

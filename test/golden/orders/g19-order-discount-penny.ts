import { goldenOrder, shippedInOneParcel } from '../place-order.js';

/** Ten off three equal lines leaves a penny over: it goes to the first line, and to the same one every time. */
export const g19 = goldenOrder({
  id: 'G19',
  title: 'order discount over three lines with a penny left over',
  registered: true,
  basket: {
    items: [
      { product: 'lamp', quantity: 1, shareOfOrderDiscount: 334 },
      { product: 'tray', quantity: 1, shareOfOrderDiscount: 333 },
      { product: 'candle', quantity: 1, shareOfOrderDiscount: 333 },
    ],
    orderDiscount: { name: 'Ten off your order', amount: 1_000 },
  },
  life: ({ parcel }) => [{ do: 'allocate' }, { do: 'release' }, { do: 'ship', package: parcel(1) }],
  ending: shippedInOneParcel({ 1: 1, 2: 1, 3: 1 }),
});

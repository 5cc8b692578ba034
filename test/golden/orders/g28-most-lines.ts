import { goldenOrder, shippedInOneParcel } from '../place-order.js';

/** As many lines as the OMS takes; that one more is refused before sending is proven with the bad input. */
const LINES = 250;

export const g28 = goldenOrder({
  id: 'G28',
  title: '250 lines',
  registered: true,
  basket: { items: Array.from({ length: LINES }, () => ({ product: 'mug' as const, quantity: 1 })) },
  life: ({ parcel }) => [{ do: 'allocate' }, { do: 'release' }, { do: 'ship', package: parcel(1) }],
  ending: shippedInOneParcel(Object.fromEntries(Array.from({ length: LINES }, (_, index) => [index + 1, 1]))),
});

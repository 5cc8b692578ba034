import { goldenOrder, shippedInOneParcel } from '../place-order.js';

/** No customer id at the OMS; all guests share one account of the CRM, which nobody locks. */
export const g01 = goldenOrder({
  id: 'G01',
  title: 'guest checkout, one line, ship to home',
  registered: false,
  basket: { items: [{ product: 'kettle', quantity: 1 }] },
  life: ({ parcel }) => [{ do: 'allocate' }, { do: 'release' }, { do: 'ship', package: parcel(1) }],
  ending: shippedInOneParcel({ 1: 1 }),
});

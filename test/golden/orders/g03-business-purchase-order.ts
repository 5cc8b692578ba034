import { goldenOrder, shippedInOneParcel } from '../place-order.js';

/** A business orders by a purchase order number and has its bill sent elsewhere; its exemption travels with the customer. */
export const g03 = goldenOrder({
  id: 'G03',
  title: 'business with purchase order, bill-to other than ship-to',
  registered: true,
  business: true,
  groups: { home: { method: 'Standard Ground', turn: 2 } },
  basket: { items: [{ product: 'lamp', quantity: 12 }], shipping: 595, taxExempt: true },
  life: ({ parcel }) => [{ do: 'allocate' }, { do: 'release' }, { do: 'ship', package: parcel(1) }],
  ending: shippedInOneParcel({ 1: 12 }),
});

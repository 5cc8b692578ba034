import { goldenOrder, shippedInOneParcel } from '../place-order.js';

/** The certificate's id goes with the order, and no tax is reckoned. */
export const g21 = goldenOrder({
  id: 'G21',
  title: 'tax-exempt customer, certificate id carried',
  registered: true,
  business: true,
  basket: { items: [{ product: 'mug', quantity: 3 }], taxExempt: true },
  life: ({ parcel }) => [{ do: 'allocate' }, { do: 'release' }, { do: 'ship', package: parcel(1) }],
  ending: (placed) => ({ ...shippedInOneParcel({ 1: 3 })(placed), order: { OMS_Tax_Total__c: 0 } }),
});

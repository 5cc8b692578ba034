import { goldenOrder, shippedInOneParcel } from '../place-order.js';

/** Amounts in whole yen, consumption tax in the price, an address without state, and names as they are written. */
export const g22 = goldenOrder({
  id: 'G22',
  title: 'currency without decimals, address without state, names in other scripts',
  registered: true,
  only: 'aurora-jp',
  basket: {
    items: [
      { product: 'kettle', quantity: 1 },
      { product: 'candle', quantity: 3, discount: { name: '秋の値引き', amount: 33_300 } },
    ],
    shipping: 59_500,
  },
  life: ({ parcel }) => [{ do: 'allocate' }, { do: 'release' }, { do: 'ship', package: parcel(1) }],
  ending: (placed) => ({
    ...shippedInOneParcel({ 1: 1, 2: 3 })(placed),
    order: { OMS_Order_Total__c: placed.total / 100, OMS_Tax_Included__c: true },
  }),
});

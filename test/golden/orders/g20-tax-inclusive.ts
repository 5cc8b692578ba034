import { goldenOrder, shippedInOneParcel } from '../place-order.js';

/** The tax is in the price: shown, and in no total twice. */
export const g20 = goldenOrder({
  id: 'G20',
  title: 'tax-inclusive prices: display and ledger agree',
  registered: true,
  only: 'boreal-eu',
  basket: {
    items: [
      { product: 'kettle', quantity: 2 },
      { product: 'mug', quantity: 3, discount: { name: 'Three for less', amount: 285 } },
    ],
    shipping: 595,
  },
  life: ({ parcel }) => [{ do: 'allocate' }, { do: 'release' }, { do: 'ship', package: parcel(1) }],
  ending: (placed) => ({
    ...shippedInOneParcel({ 1: 2, 2: 3 })(placed),
    // 19/119 of 99.80, 36.00 and 5.95, each rounded to the cent.
    order: { OMS_Tax_Total__c: 22.63, OMS_Tax_Included__c: true },
  }),
});

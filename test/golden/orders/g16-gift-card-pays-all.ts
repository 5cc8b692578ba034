import { goldenOrder, shippedInOneParcel } from '../place-order.js';

/** The card has nothing to pay and is there all the same. */
export const g16 = goldenOrder({
  id: 'G16',
  title: 'gift card pays all, a card with zero to pay beside it',
  registered: true,
  tenders: (total) => [
    { type: 'Gift Card', amount: total, captured: total },
    { type: 'Credit Card', amount: 0 },
  ],
  basket: { items: [{ product: 'candle', quantity: 2 }] },
  life: ({ parcel }) => [{ do: 'allocate' }, { do: 'release' }, { do: 'ship', package: parcel(1) }],
  ending: (placed) => ({
    ...shippedInOneParcel({ 1: 2 })(placed),
    tenders: [
      { OMS_Captured__c: placed.total / 100, OMS_Refunded__c: 0 },
      { OMS_Authorized__c: 0, OMS_Captured__c: 0, OMS_Refunded__c: 0 },
    ],
  }),
});

import { goldenOrder, shippedInOneParcel } from '../place-order.js';

/** Two tenders, each with its own account of what was authorized, captured and refunded. */
export const g17 = goldenOrder({
  id: 'G17',
  title: 'gift card and credit card',
  registered: true,
  tenders: (total) => [
    { type: 'Gift Card', amount: 2_000, captured: 2_000 },
    { type: 'Credit Card', amount: total - 2_000 },
  ],
  basket: { items: [{ product: 'kettle', quantity: 1 }], shipping: 595 },
  life: ({ parcel }) => [{ do: 'allocate' }, { do: 'release' }, { do: 'ship', package: parcel(1) }],
  ending: (placed) => ({
    ...shippedInOneParcel({ 1: 1 })(placed),
    tenders: [
      { OMS_Captured__c: 20, OMS_Refunded__c: 0 },
      { OMS_Authorized__c: (placed.total - 2_000) / 100, OMS_Captured__c: 0, OMS_Refunded__c: 0 },
    ],
  }),
});

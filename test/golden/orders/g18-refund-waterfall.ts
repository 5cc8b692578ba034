import { oneOfTwoBack } from '../exchange.js';
import { goldenOrder, shippedInOneParcel } from '../place-order.js';
import { takesBack } from '../warehouse.js';

/** One of two comes back: the money goes to the tenders in the order that the tenant has chosen, to none more than it paid. */
export const g18 = goldenOrder({
  id: 'G18',
  title: 'three tenders, refund by waterfall',
  registered: true,
  basket: { items: [{ product: 'blanket', quantity: 2 }], taxExempt: true },
  tenders: (total) => [
    { type: 'Gift Card', amount: 2_000, captured: 2_000 },
    { type: 'PayPal', amount: 3_000, captured: 3_000 },
    { type: 'Credit Card', amount: total - 5_000, captured: total - 5_000 },
  ],
  life: ({ parcel }) => [{ do: 'allocate' }, { do: 'release' }, { do: 'ship', package: parcel(1) }],
  acts: ({ number }) => [takesBack(number, 'OMS_Status__c is shipped', 'blanket')],
  ending: (placed) => ({
    ...shippedInOneParcel({ 1: 2 })(placed),
    ...oneOfTwoBack,
    tenders: [
      { OMS_Captured__c: 20, OMS_Refunded__c: 20 },
      { OMS_Captured__c: 30, OMS_Refunded__c: 30 },
      { OMS_Captured__c: 128, OMS_Refunded__c: 39 },
    ],
    returns: [{ Type__c: 'Return', Status__c: 'returned', OMS_Credit__c: 89, OMS_Refunded__c: true }],
  }),
});

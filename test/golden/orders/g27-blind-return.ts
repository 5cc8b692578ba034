import { oneOfTwoBack } from '../exchange.js';
import { goldenOrder, shippedInOneParcel } from '../place-order.js';
import { takesBack } from '../warehouse.js';

/** A store takes one of two back and knows no number: the OMS makes the return, and it is found by the order it is of. */
export const g27 = goldenOrder({
  id: 'G27',
  title: 'blind return in a store, first seen at the OMS',
  registered: true,
  basket: { items: [{ product: 'blanket', quantity: 2 }], taxExempt: true },
  tenders: (total) => [{ type: 'Credit Card', amount: total, captured: total }],
  life: ({ parcel }) => [{ do: 'allocate' }, { do: 'release' }, { do: 'ship', package: parcel(1) }],
  acts: ({ number }) => [takesBack(number, 'OMS_Status__c is shipped', 'blanket')],
  ending: (placed) => ({
    ...shippedInOneParcel({ 1: 2 })(placed),
    ...oneOfTwoBack,
    tenders: [{ OMS_Captured__c: 178, OMS_Refunded__c: 89 }],
    returns: [{ Type__c: 'Return', Status__c: 'returned', OMS_Credit__c: 89, OMS_Refunded__c: true }],
  }),
});

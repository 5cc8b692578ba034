import { exchanges, oneOfTwoBack } from '../exchange.js';
import { goldenOrder, shippedInOneParcel } from '../place-order.js';

/** A damaged blanket for a whole one: nothing to pay, and the new one leaves when the old one is back. */
export const g25 = goldenOrder({
  id: 'G25',
  title: 'even exchange',
  registered: true,
  basket: { items: [{ product: 'blanket', quantity: 2 }], taxExempt: true },
  tenders: (total) => [{ type: 'Credit Card', amount: total, captured: total }],
  life: ({ parcel }) => [{ do: 'allocate' }, { do: 'release' }, { do: 'ship', package: parcel(1) }],
  acts: ({ number, placement: { site } }) => exchanges({ number, site, back: 'blanket', out: 'blanket', quantity: 1 }),
  ending: (placed) => ({
    ...shippedInOneParcel({ 1: 2 })(placed),
    ...oneOfTwoBack,
    returns: [
      {
        ...{ Type__c: 'Exchange', Status__c: 'returned', Exchange_Status__c: 'shipped', OMS_Holds__c: null },
        Exchange_Order_Key__c: `${placed.placement.site.id}:${placed.number}-X`,
      },
    ],
  }),
});

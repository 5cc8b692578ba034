import { exchanges, oneOfTwoBack } from '../exchange.js';
import { goldenOrder, shippedInOneParcel } from '../place-order.js';

/** A blanket at 89.00 for two kettles at 99.80: the customer pays the difference, and nothing is given back. */
export const g26 = goldenOrder({
  id: 'G26',
  title: 'uneven exchange, with the difference paid',
  registered: true,
  basket: { items: [{ product: 'blanket', quantity: 2 }], taxExempt: true },
  tenders: (total) => [{ type: 'Credit Card', amount: total, captured: total }],
  life: ({ parcel }) => [{ do: 'allocate' }, { do: 'release' }, { do: 'ship', package: parcel(1) }],
  acts: ({ number, placement: { site } }) =>
    exchanges({ number, site, back: 'blanket', out: 'kettle', quantity: 2, extra: 2 * 4_990 - 8_900 }),
  ending: (placed) => ({
    ...shippedInOneParcel({ 1: 2 })(placed),
    ...oneOfTwoBack,
    tenders: [{ OMS_Captured__c: 178 }],
    returns: [
      {
        ...{ Type__c: 'Exchange', Status__c: 'returned', Exchange_Status__c: 'shipped', OMS_Credit__c: 89 },
        Exchange_Order_Key__c: `${placed.placement.site.id}:${placed.number}-X`,
      },
    ],
  }),
});

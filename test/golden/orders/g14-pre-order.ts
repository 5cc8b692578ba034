import { goldenOrder, shippedInOneParcel } from '../place-order.js';

/** Nothing leaves before its day, and whoever looks at the order sees how long the authorization holds. */
export const g14 = goldenOrder({
  id: 'G14',
  title: 'pre-order with release date, authorization expiry visible',
  registered: true,
  releaseAfterMs: 5_000,
  basket: { items: [{ product: 'blanket', quantity: 1 }] },
  life: ({ parcel }) => [{ do: 'allocate' }, { do: 'release' }, { do: 'ship', package: parcel(1) }],
  ending: (placed) => ({
    ...shippedInOneParcel({ 1: 1 })(placed),
    tenders: [{ OMS_Authorization_Expires__c: '2026-12-20T09:30:00Z', OMS_Captured__c: 0, OMS_Refunded__c: 0 }],
    // Once everything is on its way, nothing is left that an authorization could run out for.
    order: { OMS_Authorization_Expires__c: null },
  }),
});

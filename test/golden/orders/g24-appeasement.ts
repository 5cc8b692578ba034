import { goldenOrder, shippedInOneParcel } from '../place-order.js';
import { saves } from '../warehouse.js';

/** The contact centre gives 7.50 back for a late parcel, and sends it twice: it counts once on both sides. */
export const g24 = goldenOrder({
  id: 'G24',
  title: 'appeasement, given twice and counted once',
  registered: true,
  basket: { items: [{ product: 'blanket', quantity: 1 }], taxExempt: true },
  tenders: (total) => [{ type: 'Credit Card', amount: total, captured: total }],
  life: ({ parcel }) => [{ do: 'allocate' }, { do: 'release' }, { do: 'ship', package: parcel(1) }],
  acts: ({ number, total }) => {
    const goodwill = {
      OrderChargeDetail: [
        { ChargeDetailId: 'GOODWILL', ChargeType: { ChargeTypeId: 'Appeasement' }, ChargeTotal: -7.5 },
      ],
    };
    return [
      saves(number, 'OMS_Status__c is shipped', goodwill),
      saves(number, `OMS_Order_Total__c is ${(total - 750) / 100}`, goodwill),
    ];
  },
  ending: (placed) => ({
    ...shippedInOneParcel({ 1: 1 })(placed),
    omsTotal: placed.total - 750,
    order: { OMS_Order_Total__c: (placed.total - 750) / 100 },
  }),
});

import { goldenOrder } from '../place-order.js';

/** The OMS lowers five to three: the ledger still accounts for five, and the total for three. */
export const g06 = goldenOrder({
  id: 'G06',
  title: 'partial cancel of a line, five to three',
  registered: true,
  basket: { items: [{ product: 'mug', quantity: 5 }], shipping: 595, taxExempt: true },
  life: ({ parcel }) => [
    { do: 'allocate' },
    { do: 'cancel', lines: [{ orderLineId: '1', quantity: 2 }], reasonId: '1000.000' },
    { do: 'release' },
    { do: 'ship', package: parcel(1) },
  ],
  ending: ({ parcel, total }) => ({
    status: 'shipped',
    lines: { 1: { shipped: 3, cancelled: 2 } },
    parcels: [{ carrier: parcel(1).carrierCode, trackingNumber: parcel(1).trackingNumber, lines: { 1: 3 } }],
    orderHistory: ['open', 'allocated', 'released', 'shipped'],
    lineHistory: {
      1: ['5 open', '5 allocated', '3 allocated, 2 cancelled', '3 released, 2 cancelled', '3 shipped, 2 cancelled'],
    },
    cancelledTotal: null,
    omsTotal: total - 2 * 1_295,
    lineFields: { 1: { OMS_Reason__c: '1000.000', OMS_Line_Status__c: 'shipped' } },
  }),
});

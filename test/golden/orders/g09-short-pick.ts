import { goldenOrder } from '../place-order.js';

/** The warehouse finds two of four: one is found elsewhere, one is cancelled, each with the reason of the short. */
export const g09 = goldenOrder({
  id: 'G09',
  title: 'short pick: one unit reallocated, one cancelled by reason',
  registered: true,
  basket: { items: [{ product: 'tray', quantity: 4 }], taxExempt: true },
  life: ({ parcel, placement: { site } }) => [
    { do: 'allocate' },
    { do: 'release' },
    { do: 'pick' },
    { do: 'short', lines: [{ orderLineId: '1', quantity: 2 }], reasonId: 'FulfillmentSystemShorted' },
    { do: 'ship', lines: [{ orderLineId: '1', quantity: 2 }], package: parcel(1) },
    { do: 'cancel', lines: [{ orderLineId: '1', quantity: 1 }], reasonId: 'FulfillmentSystemShorted' },
    { do: 'allocate', lines: [{ orderLineId: '1', quantity: 1, shipFromLocationId: site.nodes[1] }] },
    { do: 'release' },
    { do: 'ship', package: parcel(2) },
  ],
  ending: ({ parcel, total }) => ({
    status: 'shipped',
    lines: { 1: { shipped: 3, cancelled: 1 } },
    parcels: [
      { carrier: parcel(1).carrierCode, trackingNumber: parcel(1).trackingNumber, lines: { 1: 2 } },
      { carrier: parcel(2).carrierCode, trackingNumber: parcel(2).trackingNumber, lines: { 1: 1 } },
    ],
    orderHistory: ['open', 'allocated', 'released', 'picked', 'partially-picked', 'partially-shipped', 'shipped'],
    lineHistory: {
      1: [
        '4 open',
        '4 allocated',
        '4 released',
        '4 picked',
        '2 back-ordered, 2 picked',
        '2 back-ordered, 2 shipped',
        '1 back-ordered, 2 shipped, 1 cancelled',
        '1 allocated, 2 shipped, 1 cancelled',
        '1 released, 2 shipped, 1 cancelled',
        '3 shipped, 1 cancelled',
      ],
    },
    cancelledTotal: null,
    omsTotal: total - 2_490,
    lineFields: { 1: { OMS_Reason__c: 'FulfillmentSystemShorted' } },
  }),
});

import { goldenOrder } from '../place-order.js';
import { reports } from '../warehouse.js';

/** The agent takes 5.00 off a line while the order waits for its release: the OMS is told that one charge, and what is still to be paid. */
export const g23 = goldenOrder({
  id: 'G23',
  title: 'line price adjusted after placing',
  registered: true,
  basket: {
    items: [
      { product: 'kettle', quantity: 1 },
      { product: 'mug', quantity: 2 },
    ],
    taxExempt: true,
  },
  becomes: {
    items: [
      { product: 'kettle', quantity: 1, discount: { name: 'Scratched lid', amount: 500 } },
      { product: 'mug', quantity: 2 },
    ],
    taxExempt: true,
  },
  life: () => [{ do: 'allocate' }],
  acts: ({ number, parcel, total, final }) => [
    {
      when: 'OMS_Status__c is allocated',
      // Lines of an activated order are locked: it goes back to draft for the edit (§4.2).
      crm: [
        { object: 'Order', id: '@order', fields: { Status: 'Draft' } },
        {
          object: 'OrderItemAdjustmentLineItem',
          fields: { OrderItemId: '@line-1', Name: 'Scratched lid', Amount: -5 },
        },
        { object: 'Order_Tender__c', id: '@tender-1', fields: { Amount__c: (total - 500) / 100 } },
        { object: 'Order', id: '@order', fields: { Status: 'Activated' } },
      ],
      syncApi: { path: '/submit', body: {} },
    },
    {
      when: `OMS_Order_Total__c is ${final / 100}`,
      oms: { path: '/order/api/order/order/releaseOrders', body: { OrderIds: [number] } },
    },
    reports(number, 'OMS_Status__c is released', {
      ...{ type: 'Ship', line: '1', product: 'kettle', quantity: 1, parcel: parcel(1) },
    }),
    reports(number, 'OMS_Status__c is partially-shipped', {
      ...{ type: 'Ship', line: '2', product: 'mug', quantity: 2, parcel: parcel(2) },
    }),
  ],
  ending: ({ parcel, final, number, placement }) => ({
    status: 'shipped',
    lines: { 1: { shipped: 1 }, 2: { shipped: 2 } },
    parcels: [
      { carrier: parcel(1).carrierCode, trackingNumber: parcel(1).trackingNumber, lines: { 1: 1 } },
      { carrier: parcel(2).carrierCode, trackingNumber: parcel(2).trackingNumber, lines: { 2: 2 } },
    ],
    orderHistory: ['open', 'allocated', 'released', 'partially-shipped', 'shipped'],
    lineHistory: {
      1: ['1 open', '1 allocated', '1 released', '1 shipped'],
      2: ['2 open', '2 allocated', '2 released', '2 shipped'],
    },
    cancelledTotal: null,
    order: { OMS_Order_Total__c: final / 100 },
    edits: [
      ['OrderLine[1].OrderLineChargeDetail', `Payment[0].PaymentMethod[${placement.site.id}:${number}:1].Amount`],
    ],
  }),
});

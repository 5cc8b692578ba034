import type { FieldValue, ProjectedFields, ProjectedKind, RecordAddress } from '@tandem/domain';
import type { ShownRecord } from '@tandem/domain/testing';
import type { Fields, OrgApi } from './org-api.js';

interface Kept<Kind extends ProjectedKind> {
  readonly object: string;
  /** The external id; records without one are found by their id. */
  readonly key?: string;
  readonly parent?: string;
  readonly fields: Readonly<Record<keyof ProjectedFields[Kind], string>>;
}

/** Where agents find what is projected: labels and names of the package, written down here a second time on purpose. */
const KEPT: { readonly [Kind in ProjectedKind]: Kept<Kind> } = {
  order: {
    object: 'Order',
    fields: {
      key: 'OMS_Order_Key__c',
      omsOrderId: 'OMS_Order_Ref__c',
      status: 'OMS_Status__c',
      statusLabel: 'OMS_Status_Label__c',
      omsTime: 'OMS_Event_Time__c',
      version: 'OMS_Version__c',
      total: 'OMS_Order_Total__c',
      cancelledTotal: 'OMS_Cancelled_Total__c',
      taxes: 'OMS_Tax_Total__c',
      taxIncluded: 'OMS_Tax_Included__c',
      holds: 'OMS_Holds__c',
      authorizationExpires: 'OMS_Authorization_Expires__c',
    },
  },
  line: {
    object: 'OrderItem',
    parent: 'OrderId',
    fields: {
      key: 'OMS_Order_Line_Key__c',
      status: 'OMS_Line_Status__c',
      open: 'OMS_Qty_Open__c',
      backOrdered: 'OMS_Qty_Back_Ordered__c',
      allocated: 'OMS_Qty_Allocated__c',
      released: 'OMS_Qty_Released__c',
      shipped: 'OMS_Qty_Shipped__c',
      delivered: 'OMS_Qty_Delivered__c',
      cancelled: 'OMS_Qty_Cancelled__c',
      returned: 'OMS_Qty_Returned__c',
      promisedDelivery: 'OMS_Promised_Delivery__c',
      reason: 'OMS_Reason__c',
      cancelRequest: 'OMS_Cancel_Request__c',
      pickUp: 'OMS_Pickup_Status__c',
      pickUpExpires: 'OMS_Pickup_Expires__c',
      substitutes: 'OMS_Substitutes__c',
    },
  },
  tender: {
    object: 'Order_Tender__c',
    key: 'Tender_Key__c',
    parent: 'Order__c',
    fields: {
      authorized: 'OMS_Authorized__c',
      captured: 'OMS_Captured__c',
      refunded: 'OMS_Refunded__c',
      authorizationExpires: 'OMS_Authorization_Expires__c',
    },
  },
  shipment: {
    object: 'OMS_Shipment__c',
    key: 'OMS_Shipment_Key__c',
    parent: 'Order__c',
    fields: {
      packageId: 'Package__c',
      carrier: 'Carrier__c',
      trackingNumber: 'Tracking_Number__c',
      shipFrom: 'Ship_From__c',
      shippedAt: 'Shipped_At__c',
    },
  },
  'shipment-line': {
    object: 'OMS_Shipment_Line__c',
    key: 'OMS_Shipment_Line_Key__c',
    parent: 'Shipment__c',
    fields: { lineKey: 'Order_Line_Key__c', sku: 'Sku__c', quantity: 'Quantity__c' },
  },
  return: {
    object: 'OMS_Return__c',
    key: 'OMS_Return_Key__c',
    parent: 'Order__c',
    fields: {
      number: 'Return_Number__c',
      type: 'Type__c',
      status: 'Status__c',
      omsTime: 'OMS_Time__c',
      credit: 'OMS_Credit__c',
      refunded: 'OMS_Refunded__c',
      holds: 'OMS_Holds__c',
      exchangeOrder: 'Exchange_Order_Key__c',
      exchangeStatus: 'Exchange_Status__c',
    },
  },
  'return-line': {
    object: 'OMS_Return_Line__c',
    key: 'OMS_Return_Line_Key__c',
    parent: 'Return__c',
    fields: {
      lineKey: 'Order_Line_Key__c',
      sku: 'Sku__c',
      expected: 'Quantity_Expected__c',
      received: 'Quantity_Received__c',
    },
  },
  history: {
    object: 'Order_Status_History__c',
    key: 'OMS_Event_Id__c',
    parent: 'Order__c',
    fields: {
      track: 'Track__c',
      lineKey: 'Order_Line_Key__c',
      from: 'From_Status__c',
      to: 'To_Status__c',
      quantities: 'Quantities__c',
      reason: 'Reason__c',
      omsTime: 'OMS_Time__c',
      recordedAt: 'Recorded_At__c',
      sourceMessage: 'Source_Message__c',
      late: 'Late__c',
    },
  },
  request: {
    object: 'OMS_Action_Request__c',
    parent: 'Order__c',
    fields: {
      status: 'Status__c',
      answer: 'Answer__c',
      answeredAt: 'Answered_At__c',
      confirmedAt: 'Confirmed_At__c',
    },
  },
};

/** The record as the org answers it to anybody. */
export async function shownIn(api: OrgApi, address: RecordAddress): Promise<ShownRecord | undefined> {
  const { object, key, parent, fields }: Kept<ProjectedKind> = KEPT[address.kind];
  const path = 'key' in address && key !== undefined ? `${key}/${encodeURIComponent(address.key)}` : idOf(address);
  const record = await api.record(object, path);
  if (record === undefined) return undefined;
  const belongsTo = parent === undefined ? undefined : record[parent];
  return {
    fields: Object.fromEntries(Object.entries<string>(fields).map(([name, field]) => [name, valueOf(record, field)])),
    parent: typeof belongsTo === 'string' ? belongsTo : undefined,
  };
}

const idOf = (address: RecordAddress): string => ('id' in address ? address.id : '');

/** Moments as instants (the org writes `+0000`, §2.6), numbers as they are. */
function valueOf(record: Fields, field: string): FieldValue {
  const value = record[field];
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'string') return null;
  return /^\d{4}-\d\d-\d\dT.*\+0000$/.test(value) ? new Date(value.replace('+0000', 'Z')).toISOString() : value;
}

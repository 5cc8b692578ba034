import {
  Defect,
  recordName,
  type FieldValue,
  type ProjectedFields,
  type ProjectedKind,
  type RecordAddress,
  type RecordChange,
} from '@tandem/domain';
import type { RecordWrite } from '../writing/record-write.js';

/** How one kind of projected record is kept in the org. */
interface RecordShape<Kind extends ProjectedKind> {
  readonly object: string;
  /** The external id that it is written by; undefined where it is written by its record id. */
  readonly externalId: string | undefined;
  /** The path from the record to the id of its order. */
  readonly ofOrder: string;
  /** Records of a higher layer are children of those of a lower one. */
  readonly layer: number;
  /** Whether the org refuses an older version of it (§2.9): its rule compares `OMS_Version__c`. */
  readonly guarded: boolean;
  /** Every field of the projection: one that has no name here does not compile. */
  readonly fields: Readonly<Record<keyof ProjectedFields[Kind], string>>;
  /** Decimal text with us, a number in the org. */
  readonly amounts: readonly (keyof ProjectedFields[Kind])[];
}

/** Where each kind of record is kept. */
export type Shapes = { readonly [Kind in ProjectedKind]: RecordShape<Kind> };

export const SHAPES: Shapes = {
  order: {
    object: 'Order',
    externalId: undefined,
    ofOrder: 'Id',
    layer: 0,
    guarded: true,
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
    amounts: ['total', 'cancelledTotal', 'taxes'],
  },
  line: {
    object: 'OrderItem',
    externalId: undefined,
    ofOrder: 'OrderId',
    layer: 0,
    guarded: true,
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
    amounts: [],
  },
  tender: {
    object: 'Order_Tender__c',
    externalId: 'Tender_Key__c',
    ofOrder: 'Order__c',
    layer: 1,
    guarded: false,
    fields: {
      authorized: 'OMS_Authorized__c',
      captured: 'OMS_Captured__c',
      refunded: 'OMS_Refunded__c',
      authorizationExpires: 'OMS_Authorization_Expires__c',
    },
    amounts: ['authorized', 'captured', 'refunded'],
  },
  shipment: {
    object: 'OMS_Shipment__c',
    externalId: 'OMS_Shipment_Key__c',
    ofOrder: 'Order__c',
    layer: 1,
    guarded: true,
    fields: {
      packageId: 'Package__c',
      carrier: 'Carrier__c',
      trackingNumber: 'Tracking_Number__c',
      shipFrom: 'Ship_From__c',
      shippedAt: 'Shipped_At__c',
    },
    amounts: [],
  },
  'shipment-line': {
    object: 'OMS_Shipment_Line__c',
    externalId: 'OMS_Shipment_Line_Key__c',
    ofOrder: 'Shipment__r.Order__c',
    layer: 2,
    guarded: false,
    fields: { lineKey: 'Order_Line_Key__c', sku: 'Sku__c', quantity: 'Quantity__c' },
    amounts: [],
  },
  return: {
    object: 'OMS_Return__c',
    externalId: 'OMS_Return_Key__c',
    ofOrder: 'Order__c',
    layer: 1,
    guarded: true,
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
    amounts: ['credit'],
  },
  'return-line': {
    object: 'OMS_Return_Line__c',
    externalId: 'OMS_Return_Line_Key__c',
    ofOrder: 'Return__r.Order__c',
    layer: 2,
    guarded: false,
    fields: {
      lineKey: 'Order_Line_Key__c',
      sku: 'Sku__c',
      expected: 'Quantity_Expected__c',
      received: 'Quantity_Received__c',
    },
    amounts: [],
  },
  history: {
    object: 'Order_Status_History__c',
    externalId: 'OMS_Event_Id__c',
    ofOrder: 'Order__c',
    layer: 1,
    guarded: false,
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
    amounts: [],
  },
  request: {
    object: 'OMS_Action_Request__c',
    externalId: undefined,
    ofOrder: 'Order__c',
    layer: 0,
    guarded: false,
    fields: {
      status: 'Status__c',
      answer: 'Answer__c',
      answeredAt: 'Answered_At__c',
      confirmedAt: 'Confirmed_At__c',
    },
    amounts: [],
  },
};

/** The change in the org's terms. */
export function recordWrite({ address, isNew, fields, version }: RecordChange, shapes: Shapes = SHAPES): RecordWrite {
  const shape = shapes[address.kind];
  const names: Readonly<Record<string, string>> = shape.fields;
  const amounts: readonly string[] = shape.amounts;
  const written = Object.entries(fields).map(([field, value]): [string, FieldValue] => {
    const name = names[field];
    if (name === undefined) throw new Defect(`The projection has a field ${field} that the CRM has no name for.`);
    return [name, amounts.includes(field) ? amount(value) : value];
  });
  const { externalId, object, layer, guarded } = shape;
  const guard = guarded && version !== undefined ? { OMS_Version__c: version } : {};
  return {
    ...{ name: recordName(address), object, externalId, layer },
    identity: 'id' in address ? { id: address.id } : { [externalId ?? 'Id']: address.key },
    atCreation: isNew ? parentGiven(address) : {},
    fields: { ...guard, ...Object.fromEntries(written) },
    ...kinOf(address),
  };
}

/** What the org takes at creation only (§2.2). */
function parentGiven(address: RecordAddress): RecordWrite['atCreation'] {
  switch (address.kind) {
    case 'order':
    case 'line':
    case 'tender':
    case 'request':
      return {};
    case 'shipment':
    case 'return':
    case 'history':
      return { Order__c: address.order };
    case 'shipment-line':
      return { Shipment__r: { OMS_Shipment_Key__c: address.shipmentKey } };
    case 'return-line':
      return { Return__r: { OMS_Return_Key__c: address.returnKey } };
  }
}

function kinOf(address: RecordAddress): Pick<RecordWrite, 'parent' | 'order'> {
  switch (address.kind) {
    case 'order':
      return { parent: address.id, order: address.id };
    case 'shipment-line':
      return { parent: address.shipmentKey, order: undefined };
    case 'return-line':
      return { parent: address.returnKey, order: undefined };
    case 'line':
    case 'tender':
    case 'return':
    case 'shipment':
    case 'history':
    case 'request':
      return { parent: address.order, order: address.order };
  }
}

function amount(value: FieldValue): FieldValue {
  if (typeof value !== 'string') return value;
  const number = Number(value);
  // Not a number would travel as null, and empty the field.
  if (Number.isNaN(number)) throw new Defect('An amount of a projection is not a decimal.');
  return number;
}

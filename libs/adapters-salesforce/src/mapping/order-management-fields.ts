import type { RecordChange } from '@tandem/domain';
import type { RecordWrite } from '../writing/record-write.js';
import { recordWrite, SHAPES, type Shapes } from './projected-fields.js';

/** What the org says of one order under Order Management. */
export interface SummaryOfOrder {
  readonly id: string;
  /** Whom the goods go to: a parcel must name somebody (§4.3). */
  readonly shipToName: string;
}

export interface KnownSummaries {
  /** By the id of the order, 15 characters. */
  readonly orders: ReadonlyMap<string, SummaryOfOrder>;
  /** Ids of item summaries, by our key of the line. */
  readonly items: ReadonlyMap<string, string>;
}

/**
 * Where an org with Order Management keeps what we project, in the lifecycle UNMANAGED (§4.5): parcels and returns are the standard
 * objects, with the package's key and fields on them; what the org has no field for is withheld. The rest is as without it.
 */
export const SUMMARY_SHAPES: Shapes = {
  ...SHAPES,
  shipment: {
    ...SHAPES.shipment,
    object: 'Shipment',
    ofOrder: 'OrderSummary.OriginalOrderId',
    fields: { ...SHAPES.shipment.fields, carrier: 'Provider', trackingNumber: 'TrackingNumber' },
  },
  'shipment-line': {
    ...SHAPES['shipment-line'],
    object: 'ShipmentItem',
    ofOrder: 'Shipment.OrderSummary.OriginalOrderId',
    fields: { ...SHAPES['shipment-line'].fields, quantity: 'Quantity' },
  },
  return: { ...SHAPES.return, object: 'ReturnOrder', ofOrder: 'OrderSummary.OriginalOrderId' },
  'return-line': {
    ...SHAPES['return-line'],
    object: 'ReturnOrderLineItem',
    ofOrder: 'ReturnOrder.OrderSummary.OriginalOrderId',
    fields: { ...SHAPES['return-line'].fields, expected: 'QuantityExpected', received: 'QuantityReceived' },
  },
};

/** The order of a change, 15 characters; undefined where the change says it of its parent only. */
export const orderOf = ({ address }: RecordChange): string | undefined => {
  const order = address.kind === 'order' ? address.id : 'order' in address ? address.order : undefined;
  return order?.slice(0, 15);
};

/** A new parcel and its parts count from the moment that they are there; a return counts once it is approved (§4.3). */
const SHIPPED = 'Shipped';
const APPROVED = 'Approved';

/** The records that a change becomes. */
export function summaryWrites(change: RecordChange, known: KnownSummaries): readonly RecordWrite[] {
  const write = recordWrite(change, SUMMARY_SHAPES);
  if (change.address.kind === 'order') {
    const summary = known.orders.get(orderOf(change) ?? '');
    return summary ? [write, ofSummary(write, summary)] : [write];
  }
  return [change.isNew ? { ...write, atCreation: atCreation(change, known) } : write];
}

/** The summary shows what the order shows: both have the fields of the same names. */
const ofSummary = (write: RecordWrite, summary: SummaryOfOrder): RecordWrite => ({
  ...write,
  ...{ name: `summary:${summary.id}`, object: 'OrderSummary', identity: { id: summary.id } },
});

function atCreation(change: RecordChange, { orders, items }: KnownSummaries): RecordWrite['atCreation'] {
  const { address, fields } = change;
  const summary = orders.get(orderOf(change) ?? '');
  const item = items.get(String(fields['lineKey']));
  const ofItem = item === undefined ? {} : { OrderItemSummaryId: item };
  switch (address.kind) {
    case 'shipment':
      return { OrderSummaryId: summary?.id, ShipToName: summary?.shipToName, Status: SHIPPED };
    case 'shipment-line':
      return { Shipment: { OMS_Shipment_Key__c: address.shipmentKey }, ...ofItem };
    case 'return':
      return { OrderSummaryId: summary?.id, Status: APPROVED };
    case 'return-line':
      return {
        ...{ ReturnOrder: { OMS_Return_Key__c: address.returnKey }, ...ofItem },
        ...{ QuantityReturned: fields['expected'] },
      };
    default:
      return recordWrite(change, SUMMARY_SHAPES).atCreation;
  }
}

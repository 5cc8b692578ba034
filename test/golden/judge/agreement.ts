import { centsOf, inWords } from '../cents.js';
import type { ExpectedParcel } from '../golden-order.js';
import { differs, setsDiffer } from './differences.js';
import { numberOf, orderKeyOf, textOf, type OrderEvidence } from './evidence.js';
import { parcelInWords, readOmsOrder, statusOf, type ReadOrder, type Rung, type Units } from './oms-reading.js';

/** Which rungs of the OMS each quantity field of the CRM counts. */
const quantityFields: readonly (readonly [string, readonly Rung[]])[] = [
  ['OMS_Qty_Open__c', ['open']],
  ['OMS_Qty_Back_Ordered__c', ['back-ordered']],
  ['OMS_Qty_Allocated__c', ['allocated']],
  ['OMS_Qty_Released__c', ['released', 'in-process', 'picked', 'packed']],
  ['OMS_Qty_Shipped__c', ['shipped']],
  ['OMS_Qty_Delivered__c', ['delivered', 'pending-return']],
  ['OMS_Qty_Cancelled__c', ['cancelled']],
  ['OMS_Qty_Returned__c', ['returned']],
];

/** Whether the CRM shows exactly what the OMS holds: every difference in a sentence. */
export function disagreements(evidence: OrderEvidence): string[] {
  const { order } = evidence.oms;
  if (order === undefined) return ['The OMS has no such order.'];
  if (evidence.crm.order === undefined) return ['The CRM has no such order.'];
  const held = readOmsOrder(order, evidence.expected.terms.lines);
  return [
    ...orderDiffers(evidence, held),
    ...moneyDiffers(evidence, held),
    ...evidence.expected.terms.lines.flatMap(({ id }) => lineDiffers(evidence, id, held.lines.get(id) ?? new Map())),
    ...setsDiffer('Parcel', shownParcels(evidence).map(parcelInWords), held.parcels.map(parcelInWords)),
  ];
}

function orderDiffers(evidence: OrderEvidence, held: ReadOrder): string[] {
  const shown = evidence.crm.order;
  return [
    ...differs('The status of the order', textOf(shown, 'OMS_Status__c'), held.status),
    ...differs('The reference of the order', textOf(shown, 'OMS_Order_Ref__c'), evidence.oms.order?.OrderId ?? ''),
    ...differs('The key of the order', textOf(shown, 'OMS_Order_Key__c'), orderKeyOf(evidence)),
    ...differs(
      'The OMS time of the order',
      toTheSecond(textOf(shown, 'OMS_Event_Time__c')),
      toTheSecond(evidence.oms.order?.UpdatedTimestamp ?? ''),
    ),
  ];
}

/** Both sides write moments in UTC, the OMS without a zone; the CRM keeps no more than seconds. */
const toTheSecond = (moment: string) => moment.slice(0, 19);

/** A full cancel takes the OMS's total to zero; what it was worth stays readable on both sides. */
function moneyDiffers({ oms, crm }: OrderEvidence, held: ReadOrder): string[] {
  const cancelled = held.status === 'cancelled';
  const worth = cancelled ? oms.order?.CancelledOrderTotal : oms.order?.OrderTotal;
  const shown = textOf(crm.order, 'OMS_Cancelled_Total__c');
  return [
    ...differs(
      'The total of the order',
      inWords(centsOf(numberOf(crm.order, 'OMS_Order_Total__c'))),
      inWords(centsOf(worth)),
    ),
    ...differs(
      'The cancelled total of the order',
      shown === '' ? '' : inWords(centsOf(shown)),
      cancelled ? inWords(centsOf(oms.order?.CancelledOrderTotal)) : '',
    ),
  ];
}

function lineDiffers(evidence: OrderEvidence, id: string, held: Units): string[] {
  const shown = evidence.crm.lines.find((line) => textOf(line, 'LineNumber') === id);
  if (shown === undefined) return [`The CRM has no line ${id}.`];
  return [
    ...differs(`The key of line ${id}`, textOf(shown, 'OMS_Order_Line_Key__c'), `${orderKeyOf(evidence)}:${id}`),
    ...differs(`The status of line ${id}`, textOf(shown, 'OMS_Line_Status__c'), statusOf([held])),
    ...quantityFields.flatMap(([field, rungs]) => {
      const units = rungs.reduce((sum, rung) => sum + (held.get(rung) ?? 0), 0);
      return differs(`${field} of line ${id}`, numberOf(shown, field), units);
    }),
  ];
}

function shownParcels(evidence: OrderEvidence): ExpectedParcel[] {
  const prefix = `${orderKeyOf(evidence)}:`;
  return evidence.crm.parcels.map((parcel) => ({
    carrier: textOf(parcel, 'Carrier__c'),
    trackingNumber: textOf(parcel, 'Tracking_Number__c'),
    lines: Object.fromEntries(
      evidence.crm.parcelLines
        .filter((line) => textOf(line, 'Shipment__c') === textOf(parcel, 'Id'))
        .map((line) => [textOf(line, 'Order_Line_Key__c').replace(prefix, ''), numberOf(line, 'Quantity__c')]),
    ),
  }));
}

import { filled, labels } from 'c/omsLabels';
import { dayText, momentText } from './moments';
import { partsOf, statusText, unitsOf } from './units';

const CANCEL_REQUESTS = {
  requested: labels.cancelRequested,
  cancelled: labels.cancelCancelled,
  'partly-cancelled': labels.cancelPartlyCancelled,
  failed: labels.cancelFailed,
};
const PICK_UPS = {
  preparing: labels.pickupPreparing,
  ready: labels.pickupReady,
  'partly-picked-up': labels.pickupPartlyPickedUp,
  'picked-up': labels.pickupPickedUp,
  'rest-expired': labels.pickupRestExpired,
  expired: labels.pickupExpired,
  'called-off': labels.pickupCalledOff,
};
const CHARGES = ['Delivery Charge', 'Fee'];
const STILL_TO_CANCEL = ['open', 'back-ordered', 'allocated', 'released'];

/** What was bought: delivery charges and fees are lines of the CRM, but nothing is sent for them. */
export const goodsOf = (lines) => lines.filter(({ Type }) => !CHARGES.includes(Type));

export function lineOf(line) {
  const units = unitsOf(line);
  const name = nameOf(line);
  const parts = partsOf(units);
  return {
    id: line.Id,
    key: line.OMS_Order_Line_Key__c,
    name,
    sku: line.Product2?.StockKeepingUnit,
    ordered: line.Quantity,
    status: statusText(line.OMS_Line_Status__c),
    parts,
    promised: dayText(line.OMS_Promised_At__c ?? line.OMS_Promised_Delivery__c),
    notes: notesOf(line),
    left: STILL_TO_CANCEL.reduce((sum, stage) => sum + (units[stage] ?? 0), 0),
  };
}

/** The product by its name, else what the line has of it. */
export function nameOf(line) {
  return line.Product2?.Name ?? line.Product2?.StockKeepingUnit ?? line.OrderItemNumber ?? '';
}

function notesOf(line) {
  const notes = [
    line.OMS_Reason__c && filled(labels.reason, line.OMS_Reason__c),
    line.OMS_Cancel_Request__c && (CANCEL_REQUESTS[line.OMS_Cancel_Request__c] ?? line.OMS_Cancel_Request__c),
    line.OMS_Qty_Pending_Return__c > 0 && filled(labels.comingBack, line.OMS_Qty_Pending_Return__c),
    pickUpOf(line),
    line.OMS_Substitutes__c && filled(labels.substitutes, line.OMS_Substitutes__c),
  ];
  return notes.filter(Boolean).map((text) => ({ key: text, text }));
}

function pickUpOf(line) {
  const state = line.OMS_Pickup_Status__c;
  if (!state) return undefined;
  const text = PICK_UPS[state] ?? state;
  return line.OMS_Pickup_Expires__c ? filled(labels.pickupUntil, text, momentText(line.OMS_Pickup_Expires__c)) : text;
}

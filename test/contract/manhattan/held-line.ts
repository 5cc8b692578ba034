import type { HeldAddress, HeldCharge, HeldHold, HeldLine, HeldNote, HeldTax } from '@tandem/domain/testing';
import { flagIn, idIn, numberIn, recordOf, recordsIn, textIn, wordOf, type OmsRecord } from './record.js';

const DELIVERIES = {
  ShipToAddress: 'ship-to-home',
  ShipToStore: 'ship-to-store',
  PickUpAtStore: 'pick-up',
  Email: 'digital',
  ShipToReturnCenter: 'return-by-parcel',
  StoreReturn: 'return-to-store',
};
const CHARGES = { Discount: 'discount', Shipping: 'shipping', Charge: 'fee' };
const TAXES = { SALES: 'on-top', VAT: 'included' };
const HOLD_STATES = { 1000: 'applied', 2000: 'resolved' };

/** A line of an order, §3.4 and §3.5. */
export function heldLine(line: OmsRecord): HeldLine {
  return { ...sale(line), ...cancels(line), ...sourcing(line), ...returning(line) };
}

function sale(line: OmsRecord) {
  return {
    id: textIn(line, 'OrderLineId'),
    sku: textIn(line, 'ItemId'),
    quantity: numberIn(line, 'Quantity'),
    unitOfMeasure: textIn(line, 'UOM'),
    unitPrice: numberIn(line, 'UnitPrice'),
    originalPrice: numberIn(line, 'OriginalUnitPrice'),
    taxIncluded: flagIn(line, 'IsTaxIncluded'),
    delivery: wordOf(DELIVERIES, idIn(line, 'DeliveryMethod', 'DeliveryMethodId')),
    shippingMethod: textIn(line, 'ShippingMethodId'),
    shipToLocation: textIn(line, 'ShipToLocationId'),
    address: addressIn(line, 'ShipToAddress'),
    pickUpBy: recordsIn(line, 'OrderLinePickupDetail').map((person) => ({
      firstName: textIn(person, 'FirstName'),
      lastName: textIn(person, 'LastName'),
      email: textIn(person, 'Email'),
      phone: textIn(person, 'Phone'),
    })),
    email: textIn(recordOf(line['OrderLineAdditional']), 'Email'),
    gift: flagIn(line, 'IsGift'),
    notes: notesIn(line, 'OrderLineNote'),
    charges: chargesIn(line, 'OrderLineChargeDetail'),
    taxes: taxesIn(line, 'OrderLineTaxDetail'),
    subTotal: numberIn(line, 'OrderLineSubTotal'),
    total: numberIn(line, 'OrderLineTotal'),
    holds: holdsIn(line, 'OrderLineHold'),
  };
}

function cancels(line: OmsRecord) {
  return {
    cancelled: flagIn(line, 'IsCancelled'),
    cancelReason: idIn(line, 'CancelReason', 'ReasonId'),
    cancelComment: textIn(line, 'CancelComments'),
    cancels: recordsIn(line, 'OrderLineCancelHistory').map((entry) => ({
      quantity: numberIn(entry, 'CancelQuantity'),
      reason: idIn(entry, 'CancelReason', 'ReasonId'),
    })),
    lateCancel: textIn(line, 'CancellationRequestStatus'),
  };
}

function sourcing(line: OmsRecord) {
  const promising = recordOf(line['OrderLinePromisingInfo']);
  return {
    units: recordsIn(line, 'QuantityDetail')
      .map((row) => ({ status: numberIn(row, 'StatusId') ?? -1, quantity: numberIn(row, 'Quantity') ?? 0 }))
      .filter(({ quantity }) => quantity !== 0)
      .sort((left, right) => left.status - right.status),
    shipFromWanted: textIn(promising, 'ShipFromLocationId'),
    shipFromForced: flagIn(promising, 'IsForceAllocate'),
    allocatedFrom: recordsIn(line, 'Allocation').flatMap((row) => textIn(row, 'ShipFromLocationId') ?? []),
    shorts: numberIn(line, 'LineShortCount') ?? 0,
  };
}

function returning(line: OmsRecord) {
  const additional = recordOf(line['OrderLineAdditional']);
  return {
    isReturn: flagIn(line, 'IsReturn'),
    evenExchange: flagIn(line, 'IsEvenExchange'),
    parentOrder: textIn(line, 'ParentOrderId'),
    parentLine: textIn(line, 'ParentOrderLineId'),
    returnReason: textIn(additional, 'ReturnReason'),
    condition: idIn(additional, 'ItemCondition', 'ItemConditionId'),
    receiptExpected: line['IsReceiptExpected'] === undefined ? undefined : flagIn(line, 'IsReceiptExpected'),
  };
}

/** `{"ShipToAddress":{"Address":{…}}}`, and likewise for billing. */
export function addressIn(owner: OmsRecord, name: string): HeldAddress | undefined {
  const around = recordOf(owner[name]);
  return around['Address'] === undefined ? undefined : heldAddress(recordOf(around['Address']));
}

export function heldAddress(address: OmsRecord): HeldAddress {
  return {
    firstName: textIn(address, 'FirstName'),
    lastName: textIn(address, 'LastName'),
    lines: ['Address1', 'Address2', 'Address3'].flatMap((name) => textIn(address, name) ?? []),
    city: textIn(address, 'City'),
    state: textIn(address, 'State'),
    postalCode: textIn(address, 'PostalCode'),
    country: textIn(address, 'Country'),
    phone: textIn(address, 'Phone'),
    email: textIn(address, 'Email'),
  };
}

export const notesIn = (owner: OmsRecord, name: string): HeldNote[] =>
  recordsIn(owner, name).map((note) => ({
    text: textIn(note, 'NoteText'),
    category: idIn(note, 'NoteCategory', 'NoteCategoryId'),
    visible: flagIn(note, 'IsVisible'),
    position: numberIn(note, 'DisplaySequence'),
  }));

export const holdsIn = (owner: OmsRecord, name: string): HeldHold[] =>
  recordsIn(owner, name).map((hold) => ({
    type: textIn(hold, 'HoldTypeId'),
    state: wordOf(HOLD_STATES, String(numberIn(hold, 'StatusId'))),
    comment: textIn(hold, 'ResolveReasonComments') ?? textIn(hold, 'ApplyReasonComments'),
  }));

export const chargesIn = (owner: OmsRecord, name: string): HeldCharge[] =>
  recordsIn(owner, name).map((charge) => ({
    id: textIn(charge, 'ChargeDetailId'),
    kind: wordOf(CHARGES, idIn(charge, 'ChargeType', 'ChargeTypeId')),
    name: textIn(charge, 'ChargeDisplayName'),
    reference: textIn(charge, 'ChargeReferenceId'),
    amount: numberIn(charge, 'ChargeTotal'),
    informational: flagIn(charge, 'IsInformational'),
    taxIncluded: flagIn(charge, 'IsTaxIncluded'),
    ofLine: flagIn(charge, 'IsLineDiscount'),
  }));

export const taxesIn = (owner: OmsRecord, name: string): HeldTax[] =>
  recordsIn(owner, name).map((tax) => ({
    id: textIn(tax, 'TaxDetailId'),
    kind: wordOf(TAXES, textIn(tax, 'TaxTypeId')),
    name: textIn(tax, 'TaxCode'),
    rate: numberIn(tax, 'TaxRate'),
    amount: numberIn(tax, 'TaxAmount'),
    informational: flagIn(tax, 'IsInformational'),
  }));

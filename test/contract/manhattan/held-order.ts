import type { HeldCustomer, HeldOrder, HeldPayment, HeldRelease } from '@tandem/domain/testing';
import { addressIn, chargesIn, heldAddress, heldLine, holdsIn, notesIn, taxesIn } from './held-line.js';
import { flagIn, idIn, momentIn, numberIn, recordOf, recordsIn, textIn, wordOf, type OmsRecord } from './record.js';

/** An order as the OMS gives it, §3.4 and §3.5, in the words of the kit. */
export function heldOrder(order: OmsRecord): HeldOrder {
  return {
    ...header(order),
    customer: {
      key: textIn(order, 'CustomerId'),
      firstName: textIn(order, 'CustomerFirstName'),
      lastName: textIn(order, 'CustomerLastName'),
      email: textIn(order, 'CustomerEmail'),
      phone: textIn(order, 'CustomerPhone'),
      taxExempt: flagIn(order, 'IsTaxExempt'),
      taxExemptId: textIn(order, 'TaxExemptId'),
    },
    notes: notesIn(order, 'OrderNote'),
    attributes: Object.fromEntries(
      recordsIn(order, 'OrderAttribute').map((row) => [
        textIn(row, 'AttributeName') ?? '',
        textIn(row, 'AttributeValue') ?? '',
      ]),
    ),
    holds: holdsIn(order, 'OrderHold'),
    charges: chargesIn(order, 'OrderChargeDetail'),
    taxes: taxesIn(order, 'OrderTaxDetail'),
    lines: recordsIn(order, 'OrderLine').map(heldLine),
    payments: recordsIn(order, 'Payment').flatMap(paymentsIn),
    ...money(order),
    releases: recordsIn(order, 'Release').map(release),
    returnTracking: recordsIn(order, 'ReturnTrackingDetail').map((row) => ({
      number: textIn(row, 'ReturnTrackingNumber'),
      carrier: textIn(row, 'CarrierCode'),
    })),
  };
}

function header(order: OmsRecord) {
  return {
    organization: textIn(order, 'OrgId'),
    number: textIn(order, 'OrderId'),
    orderType: idIn(order, 'OrderType', 'OrderTypeId'),
    documentType: idIn(order, 'DocType', 'DocTypeId'),
    sellingChannel: idIn(order, 'SellingChannel', 'SellingChannelId'),
    locale: textIn(order, 'OrderLocale'),
    currency: textIn(order, 'CurrencyCode'),
    capturedAt: momentIn(order, 'CapturedDate'),
    confirmed: flagIn(order, 'IsConfirmed'),
    cancelled: flagIn(order, 'IsCancelled'),
    cancelReason: idIn(order, 'CancelReason', 'ReasonId'),
    cancelComment: textIn(order, 'CancelComments'),
    onHold: flagIn(order, 'IsOnHold'),
    version: numberIn(order, 'VersionTimestamp'),
  };
}

function money(order: OmsRecord) {
  return {
    totals: {
      goods: numberIn(order, 'OrderSubTotal'),
      charges: numberIn(order, 'TotalCharges'),
      discounts: numberIn(order, 'TotalDiscounts'),
      taxes: numberIn(order, 'TotalTaxes'),
      informationalTaxes: numberIn(order, 'TotalInformationalTaxes'),
      total: numberIn(order, 'OrderTotal'),
    },
    cancelledTotal: numberIn(order, 'CancelledOrderTotal'),
    invoices: recordsIn(order, 'Invoice').map((row) => ({
      type: idIn(row, 'InvoiceType', 'InvoiceTypeId'),
      state: idIn(row, 'Status', 'StatusId'),
      total: numberIn(row, 'InvoiceTotal'),
    })),
  };
}

function paymentsIn(payment: OmsRecord): HeldPayment[] {
  return recordsIn(payment, 'PaymentMethod').map((method) => ({
    processing: idIn(payment, 'ProcessingMode', 'ProcessingModeId'),
    id: textIn(method, 'PaymentMethodId'),
    type: idIn(method, 'PaymentType', 'PaymentTypeId'),
    card: idIn(method, 'CardType', 'CardTypeId'),
    amount: numberIn(method, 'Amount'),
    turn: numberIn(method, 'ChargeSequence'),
    authorized: numberIn(method, 'CurrentAuthAmount'),
    settled: numberIn(method, 'CurrentSettledAmount'),
    currency: textIn(method, 'CurrencyCode'),
    gateway: textIn(method, 'GatewayId'),
    token: textIn(method, 'AccountNumber'),
    displayNumber: textIn(method, 'AccountDisplayNumber'),
    billTo: addressIn(method, 'BillingAddress'),
    transactions: recordsIn(method, 'PaymentTransaction').map((row) => ({
      type: idIn(row, 'TransactionType', 'PaymentTransactionTypeId'),
      status: idIn(row, 'Status', 'PaymentTransactionStatusId'),
      response: idIn(row, 'PaymentResponseStatus', 'PaymentResponseStatusId'),
      transmission: idIn(row, 'TransmissionStatus', 'PaymentTransmissionStatusId'),
      active: flagIn(row, 'IsActive'),
      refundable: flagIn(row, 'IsValidForRefund'),
      requested: numberIn(row, 'RequestedAmount'),
      processed: numberIn(row, 'ProcessedAmount'),
      request: textIn(row, 'RequestId'),
      follows: textIn(row, 'FollowOnId'),
      expiresAt: momentIn(row, 'TransactionExpiryDate'),
    })),
  }));
}

function release(row: OmsRecord): HeldRelease {
  return {
    id: textIn(row, 'ReleaseId'),
    from: textIn(row, 'ShipFromLocationId'),
    lines: recordsIn(row, 'ReleaseLine').map((line) => ({
      id: textIn(line, 'ReleaseLineId'),
      line: textIn(line, 'OrderLineId'),
      quantity: numberIn(line, 'Quantity') ?? 0,
      fulfilled: numberIn(line, 'FulfilledQuantity') ?? 0,
      cancelled: numberIn(line, 'CancelledQuantity') ?? 0,
    })),
  };
}

const USES = { Shipping: 'shipping', Billing: 'billing', Both: 'both' };

/** §8. */
export function heldCustomer(customer: OmsRecord): HeldCustomer {
  return {
    key: textIn(customer, 'CustomerId'),
    firstName: textIn(customer, 'FirstName'),
    lastName: textIn(customer, 'LastName'),
    email: textIn(customer, 'Email'),
    phone: textIn(customer, 'Phone'),
    taxExemptId: textIn(customer, 'TaxExemptId'),
    addresses: recordsIn(customer, 'CustomerAddress').map((row) => ({
      id: textIn(row, 'AddressId'),
      use: wordOf(USES, idIn(row, 'AddressTypeId', 'AddressTypeId')),
      address: heldAddress(recordOf(row['Address'])),
    })),
  };
}

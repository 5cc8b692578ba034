import { addUnits, fromUnits, sum, units, type Units } from '../wire/decimals.js';
import { addRow, rows, text, type JsonObject } from '../wire/json.js';
import { paymentMethods } from '../orders/payment-status.js';

/** Money that is authorized or settled above what the order still costs (§3.6). */
export interface Excess {
  authorized: Units;
  settled: Units;
}

export function excessOf(order: JsonObject): Excess {
  const total = Math.max(0, units(order, 'OrderTotal'));
  const above = (name: string) => Math.max(0, sum(paymentMethods(order).map((method) => units(method, name))) - total);
  return { authorized: above('CurrentAuthAmount'), settled: above('CurrentSettledAmount') };
}

/** Refunds what is settled too much, reverses what is only authorized too much; the last methods first. */
export function giveBackExcess(order: JsonObject, requestId: string, now: string): void {
  const { authorized, settled } = excessOf(order);
  lower(order, 'CurrentSettledAmount', settled, (method, amount) =>
    addRow(method, 'PaymentTransaction', closed(`${requestId}-RF`, 'Refund', amount, now)),
  );
  let refunded = settled;
  lower(order, 'CurrentAuthAmount', authorized, (method, amount) => {
    const reversed = amount - Math.min(amount, refunded);
    refunded -= amount - reversed;
    if (reversed > 0)
      addRow(method, 'PaymentTransaction', closed(`${requestId}-AR`, 'Authorization Reversal', reversed, now));
  });
}

function lower(
  order: JsonObject,
  name: string,
  excess: Units,
  record: (method: JsonObject, amount: Units) => void,
): void {
  let left = excess;
  for (const method of paymentMethods(order).reverse()) {
    const amount = Math.min(left, units(method, name));
    if (amount <= 0) continue;
    addUnits(method, name, -amount);
    left -= amount;
    record(method, amount);
  }
}

/** A payment transaction that has been executed. */
function closed(id: string, type: string, amount: Units, now: string): JsonObject {
  return {
    PaymentTransactionId: id,
    TransactionType: { PaymentTransactionTypeId: type },
    Status: { PaymentTransactionStatusId: 'Closed' },
    PaymentResponseStatus: { PaymentResponseStatusId: 'Success' },
    RequestedAmount: fromUnits(amount),
    ProcessedAmount: fromUnits(amount),
    TransactionDate: now,
    IsActive: true,
  };
}

/** A shipment invoice has been paid: a settlement on the methods that still have room (§5.3). */
export function settleInvoice(order: JsonObject, invoice: JsonObject, now: string): void {
  let left = units(invoice, 'InvoiceTotal');
  for (const method of paymentMethods(order)) {
    const amount = Math.min(left, units(method, 'Amount') - units(method, 'CurrentSettledAmount'));
    if (amount <= 0) continue;
    addUnits(method, 'CurrentSettledAmount', amount);
    left -= amount;
    const id = `${text(invoice, 'InvoiceId') ?? ''}-ST${rows(method, 'PaymentTransaction').length + 1}`;
    addRow(method, 'PaymentTransaction', closed(id, 'Settlement', amount, now));
  }
}

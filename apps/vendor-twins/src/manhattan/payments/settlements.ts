import type { TenantConfig } from '../control/tenant-config.js';
import { addUnits, fromUnits, sum, units, type Units } from '../wire/decimals.js';
import { addRow, referenceId, rows, text, type JsonObject } from '../wire/json.js';
import { twinItself } from '../wire/caller.js';
import type { VirtualClock } from '../wire/virtual-clock.js';
import { isOpen, paymentMethods } from '../orders/payment-status.js';
import type { OrderLedger } from '../orders/order-ledger.js';
import { isProcessedOutside } from '../returns/refund.js';

/**
 * Where the vendor itself settles (§5.3): an open invoice that costs something is asked for (payment status 4000) and, a
 * moment later, paid (5000). By default nobody does, until `invoiceProcessedAmount` tells.
 */
export function settleInvoices(ledger: OrderLedger, clock: VirtualClock, config: TenantConfig): void {
  ledger.onCommit(({ after, caller, silent }) => {
    const { settlements } = config.now;
    if (silent || settlements === 'manual' || (settlements === 'internal-only' && isProcessedOutside(after))) return;
    if (due(after).length === 0) return;
    clock.later(0, () =>
      ledger.change(twinItself(caller.organization), text(after, 'OrderId') ?? '', (draft, now) => {
        for (const invoice of due(draft)) advance(draft, invoice, now);
      }),
    );
  });
}

/** Open invoices to be paid, for which there is still money. */
function due(order: JsonObject): JsonObject[] {
  return rows(order, 'Invoice').filter((invoice) => {
    const isUnpaid = referenceId(invoice, 'Status', 'StatusId') === 'Open' && units(invoice, 'InvoiceTotal') > 0;
    return isUnpaid && (asked(order, invoice).length > 0 || room(order) >= owed(order, invoice));
  });
}

function advance(order: JsonObject, invoice: JsonObject, now: string): void {
  const open = asked(order, invoice);
  if (open.length === 0 && owed(order, invoice) > 0) return ask(order, invoice, now);
  for (const { method, row } of open) {
    addUnits(method, 'CurrentSettledAmount', units(row, 'RequestedAmount'));
    row.ProcessedAmount = row.RequestedAmount ?? 0;
    row.Status = { PaymentTransactionStatusId: 'Closed' };
    row.PaymentResponseStatus = { PaymentResponseStatusId: 'Success' };
    row.TransactionDate = now;
  }
  invoice.AmountProcessed = invoice.InvoiceTotal ?? 0;
  invoice.Status = { StatusId: 'Closed' };
}

/** What an invoice still takes from the customer: in an exchange the goods that came back have paid for a part. */
function owed(order: JsonObject, invoice: JsonObject): Units {
  const settled = sum(paymentMethods(order).map((method) => units(method, 'CurrentSettledAmount')));
  return Math.max(0, Math.min(units(invoice, 'InvoiceTotal'), units(order, 'OrderTotal') - settled));
}

/** Settlements on the methods that still have room, in their order. */
function ask(order: JsonObject, invoice: JsonObject, now: string): void {
  let left = owed(order, invoice);
  for (const method of paymentMethods(order)) {
    const amount = Math.min(left, roomOf(method));
    if (amount <= 0) continue;
    left -= amount;
    addRow(method, 'PaymentTransaction', {
      PaymentTransactionId: idOf(invoice, rows(method, 'PaymentTransaction').length + 1),
      TransactionType: { PaymentTransactionTypeId: 'Settlement' },
      Status: { PaymentTransactionStatusId: 'Open' },
      RequestedAmount: fromUnits(amount),
      ProcessedAmount: 0,
      RequestedDate: now,
      IsActive: true,
    });
  }
}

function asked(order: JsonObject, invoice: JsonObject): { method: JsonObject; row: JsonObject }[] {
  return paymentMethods(order).flatMap((method) =>
    rows(method, 'PaymentTransaction')
      .filter((row) => isOpen(row) && String(row.PaymentTransactionId).startsWith(idOf(invoice, '')))
      .map((row) => ({ method, row })),
  );
}

function idOf(invoice: JsonObject, number: number | string): string {
  return `${text(invoice, 'InvoiceId') ?? ''}-ST${number}`;
}

function room(order: JsonObject): Units {
  return sum(paymentMethods(order).map(roomOf));
}

function roomOf(method: JsonObject): Units {
  return Math.max(0, units(method, 'Amount') - units(method, 'CurrentSettledAmount'));
}

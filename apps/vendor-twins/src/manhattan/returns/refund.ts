import type { TenantSwitches } from '../control/tenant-switches.js';
import { addUnits, fromUnits, setUnits, sum, units, type Units } from '../wire/decimals.js';
import { addRow, objectIn, referenceId, rows, text, type JsonObject } from '../wire/json.js';
import { isOpen, paymentMethods, transactions } from '../orders/payment-status.js';

interface Portion {
  parent: JsonObject | undefined;
  method: JsonObject;
  amount: Units;
}

/** The order in which the methods of an order get money back (§5.3, a tenant's own). */
export type RefundOrder = TenantSwitches['refundOrder'];

/**
 * Money back, in the tenant's order of the parent's methods, none above what it was charged; what no method takes goes by
 * check. Where nothing was settled, the amounts count.
 */
function portions(parent: JsonObject | undefined, amount: Units, refundOrder: RefundOrder): Portion[] {
  const found: Portion[] = [];
  let left = amount;
  const methods = parent ? inOrder(paymentMethods(parent), refundOrder) : [];
  const charged = methods.some((method) => units(method, 'CurrentSettledAmount') > 0)
    ? 'CurrentSettledAmount'
    : 'Amount';
  for (const method of methods) {
    const part = Math.min(left, Math.max(0, units(method, charged) - credited(method)));
    if (part > 0) found.push({ parent, method, amount: part });
    left -= part;
  }
  const check = { PaymentMethodId: 'REFUND-CHECK', PaymentType: { PaymentTypeId: 'Refund Check' } };
  return left > 0 ? [...found, { parent: undefined, method: check, amount: left }] : found;
}

function inOrder(methods: JsonObject[], refundOrder: RefundOrder): JsonObject[] {
  if (refundOrder === 'first-charged-first') return methods;
  if (refundOrder === 'last-charged-first') return methods.reverse();
  const sequence = (method: JsonObject) => Number(method.ChargeSequence ?? Number.MAX_SAFE_INTEGER);
  return methods.sort((left, right) => sequence(left) - sequence(right));
}

function credited(method: JsonObject): Units {
  return sum(
    rows(method, 'PaymentTransaction')
      .filter((row) => referenceId(row, 'TransactionType', 'PaymentTransactionTypeId') === 'Return Credit')
      .map((row) => units(row, 'ProcessedAmount')),
  );
}

/** The parent's side of a return invoice: a `Return Credit` on the methods that paid (§5.3). */
export function writeReturnCredit(
  parent: JsonObject,
  invoice: JsonObject,
  parentId: string,
  refundOrder: RefundOrder,
): void {
  if (text(invoice, 'ParentOrderId') !== parentId) return;
  for (const { parent: owner, method, amount } of portions(parent, -units(invoice, 'InvoiceTotal'), refundOrder))
    if (owner) addRow(method, 'PaymentTransaction', transaction('Return Credit', 'Closed', amount, invoice));
}

/**
 * Asks for the refund of a return invoice, with copies of the parent's payment methods that point at them (§5.3). What an
 * exchange takes for its own goods is not refunded.
 */
export function requestRefund(
  order: JsonObject,
  parent: JsonObject | undefined,
  invoice: JsonObject,
  refundOrder: RefundOrder,
): void {
  const requested = sum(transactions(order, 'Refund').map((row) => units(row, 'RequestedAmount')));
  const owed = Math.max(0, -units(order, 'OrderTotal') - requested);
  const amount = Math.min(owed, -units(invoice, 'InvoiceTotal'));
  for (const portion of portions(parent, amount, refundOrder)) {
    const method = copiedMethod(order, portion);
    addUnits(method, 'Amount', portion.amount);
    addRow(method, 'PaymentTransaction', {
      ...transaction('Refund', 'Open', portion.amount, invoice),
      ProcessedAmount: 0,
      PaymentTransactionDetail: [
        {
          Amount: fromUnits(portion.amount),
          ReferenceType: { TransactionReferenceTypeId: 'Invoice' },
          ReferenceId: text(invoice, 'InvoiceId') ?? null,
        },
      ],
    });
  }
}

function copiedMethod(order: JsonObject, { parent, method, amount }: Portion): JsonObject {
  const parentMethodId = text(method, 'PaymentMethodId') ?? '';
  const parentId = (parent && text(parent, 'OrderId')) ?? null;
  const payment =
    rows(order, 'Payment')[0] ??
    addRow(order, 'Payment', { ProcessingMode: processingMode(parent), PaymentMethod: [] });
  const known = rows(payment, 'PaymentMethod').find((row) => row.PaymentMethodId === `${parentMethodId}-R`);
  if (known) return known;
  return addRow(payment, 'PaymentMethod', {
    PaymentMethodId: `${parentMethodId}-R`,
    PaymentType: objectIn(method, 'PaymentType') ?? null,
    CardType: objectIn(method, 'CardType') ?? null,
    AccountNumber: text(method, 'AccountNumber') ?? null,
    AccountDisplayNumber: text(method, 'AccountDisplayNumber') ?? null,
    GatewayId: text(method, 'GatewayId') ?? null,
    CurrencyCode: text(order, 'CurrencyCode') ?? null,
    Amount: 0,
    IsCopied: true,
    ParentOrderId: parentId,
    ParentPaymentMethodId: parentId === null ? null : parentMethodId,
    ParentOrderPaymentMethod:
      parentId === null
        ? []
        : [{ Amount: fromUnits(amount), ParentOrderId: parentId, ParentPaymentMethodId: parentMethodId }],
  });
}

function processingMode(parent: JsonObject | undefined) {
  const [first] = parent ? rows(parent, 'Payment') : [];
  return (first && objectIn(first, 'ProcessingMode')) ?? null;
}

function transaction(type: string, status: string, amount: Units, invoice: JsonObject): JsonObject {
  const id = `${text(invoice, 'InvoiceId') ?? ''}-${type === 'Refund' ? 'RF' : 'RC'}`;
  return {
    PaymentTransactionId: id,
    TransactionType: { PaymentTransactionTypeId: type },
    Status: { PaymentTransactionStatusId: status },
    RequestedAmount: fromUnits(amount),
    ProcessedAmount: fromUnits(amount),
    RequestedDate: invoice.FulfillmentDate ?? null,
    IsActive: true,
  };
}

/** Money has gone back: refunds and their invoices close (§5.3). Answers whether there was anything to do. */
export function executeRefunds(order: JsonObject, now: string): boolean {
  const open = transactions(order, 'Refund').filter(isOpen);
  for (const row of open) {
    setUnits(row, 'ProcessedAmount', units(row, 'RequestedAmount'));
    row.Status = { PaymentTransactionStatusId: 'Closed' };
    row.PaymentResponseStatus = { PaymentResponseStatusId: 'Success' };
    row.TransactionDate = now;
  }
  const invoices = openReturnInvoices(order);
  for (const invoice of invoices) {
    invoice.AmountProcessed = invoice.InvoiceTotal ?? 0;
    invoice.Status = { StatusId: 'Closed' };
  }
  return open.length + invoices.length > 0;
}

export function openReturnInvoices(order: JsonObject): JsonObject[] {
  return rows(order, 'Invoice').filter(
    (row) =>
      referenceId(row, 'InvoiceType', 'InvoiceTypeId') === 'Return' &&
      referenceId(row, 'Status', 'StatusId') === 'Open',
  );
}

/** Somebody outside executes the order's payments (§5.3). */
export function isProcessedOutside(order: JsonObject): boolean {
  return rows(order, 'Payment').some(
    (row) => referenceId(row, 'ProcessingMode', 'ProcessingModeId') === 'ExternalProcessing',
  );
}

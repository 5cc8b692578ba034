import { minorOf, negated, ZERO, type Currency, type Minor } from '@tandem/domain';
import { unreadable, type Fields } from '../feed/fields.js';

const PAID = 5000;
const REFUNDED = 7000;

/** What a return has come to, of `Invoice[]` and the transactions of its payment (§5.3). */
export interface ReturnMoney {
  /** Positive; undefined while the OMS has not reckoned it. */
  readonly credit: Minor | undefined;
  readonly refunded: boolean;
}

export function returnMoneyOf(order: Fields, currency: Currency, isExchange: boolean): ReturnMoney {
  const invoices = order
    .children('Invoice')
    .filter((one) => one.reference('InvoiceType', 'InvoiceTypeId') === 'Return');
  const credit = creditOf(invoices, refundsOf(order), currency);
  return { credit, refunded: credit !== undefined && isRefunded(order, invoices, currency, credit, isExchange) };
}

/** Return invoices are negative. Without one, what was refunded tells; a total of the order is a forecast and tells nothing. */
function creditOf(invoices: readonly Fields[], refunds: readonly Fields[], currency: Currency): Minor | undefined {
  const invoiced = invoices.flatMap((invoice) => invoice.amount('InvoiceTotal', currency) ?? []);
  if (invoiced.length > 0) return negated(totalOf(invoiced));
  return refunds.length === 0 ? undefined : totalOf(refunds.map((refund) => amountOf(refund, currency)));
}

/** By the payment status, by return invoices that are all closed, or by refunds that went through and cover it (§5.3, §7.4). */
function isRefunded(
  order: Fields,
  invoices: readonly Fields[],
  currency: Currency,
  credit: Minor,
  isExchange: boolean,
): boolean {
  const payment = Number(order.reference('PaymentStatus', 'StatusId') ?? Number.NaN);
  // An exchange that is settled ends as paid.
  if (payment === REFUNDED || (isExchange && payment === PAID)) return true;
  if (invoices.length > 0 && invoices.every((one) => one.reference('Status', 'StatusId') === 'Closed')) return true;
  const settled = refundsOf(order).filter(isSettled);
  return settled.length > 0 && totalOf(settled.map((refund) => amountOf(refund, currency))) >= credit;
}

const isSettled = (refund: Fields): boolean =>
  refund.reference('Status', 'PaymentTransactionStatusId') === 'Closed' &&
  refund.reference('PaymentResponseStatus', 'PaymentResponseStatusId') === 'Success';

/** Amounts that are amounts may still come to more than there is money. */
function totalOf(amounts: readonly Minor[]): Minor {
  const total = amounts.reduce<number>((left, right) => left + right, 0);
  if (!Number.isSafeInteger(total)) throw unreadable('Invoice', 'amount.expected');
  return minorOf(total);
}

/** The sign of a refund is nowhere shown; that money goes back is its type. */
const amountOf = (refund: Fields, currency: Currency): Minor =>
  minorOf(Math.abs(refund.amount('ProcessedAmount', currency) ?? refund.amount('RequestedAmount', currency) ?? ZERO));

/** The refund stands on the return, the credit for it on the parent (§5.3). */
const refundsOf = (order: Fields): readonly Fields[] =>
  order
    .children('Payment')
    .flatMap((payment) => payment.children('PaymentMethod'))
    .flatMap((method) => method.children('PaymentTransaction'))
    .filter((one) => one.reference('TransactionType', 'PaymentTransactionTypeId') === 'Refund');

import { sum, units, type Units } from '../wire/decimals.js';
import { flag, referenceId, rows, type JsonObject } from '../wire/json.js';
import { lineStatusRange, STATUS } from './status-ladder.js';

/** The ladder of §3.2, with the three decimals that it is seen with. */
export function paymentStatus(order: JsonObject): string {
  const alive = rows(order, 'OrderLine').filter((line) => !flag(line, 'IsCancelled'));
  const returns = alive.filter((line) => flag(line, 'IsReturn'));
  if (returns.length === 0) return ofSale(order);
  if (returns.length < alive.length) return ofExchange(order, returns);
  if (units(order, 'OrderTotal') === 0) return '0.000';
  return isSettledReturn(order, returns) ? '7000.000' : '6000.000';
}

export function paymentMethods(order: JsonObject): JsonObject[] {
  return rows(order, 'Payment').flatMap((payment) => rows(payment, 'PaymentMethod'));
}

/** Transactions of one type on all payment methods. */
export function transactions(order: JsonObject, type: string): JsonObject[] {
  return paymentMethods(order)
    .flatMap((method) => rows(method, 'PaymentTransaction'))
    .filter((row) => referenceId(row, 'TransactionType', 'PaymentTransactionTypeId') === type);
}

/** An open transaction has been asked for and not yet been executed. */
export function isOpen(transaction: JsonObject): boolean {
  return referenceId(transaction, 'Status', 'PaymentTransactionStatusId') === 'Open';
}

/** Nothing to pay, awaiting information, awaiting authorization, authorized, awaiting settlement, paid. */
function ofSale(order: JsonObject): string {
  const total = units(order, 'OrderTotal');
  if (total === 0) return '0.000';
  if (paymentMethods(order).length === 0) return '1000.000';
  if (paidBy(order, 'CurrentSettledAmount') >= total) return '5000.000';
  if (transactions(order, 'Settlement').some(isOpen)) return '4000.000';
  return paidBy(order, 'CurrentAuthAmount') >= total ? '3000.000' : '2000.000';
}

/** An exchange ends as paid (§5.3), also when money goes back. */
function ofExchange(order: JsonObject, returns: JsonObject[]): string {
  const total = units(order, 'OrderTotal');
  if (total > 0 && paidBy(order, 'CurrentSettledAmount') < total) return ofSale(order);
  if (isSettledReturn(order, returns)) return '5000.000';
  return total < 0 ? '6000.000' : '4000.000';
}

function isSettledReturn(order: JsonObject, returns: JsonObject[]): boolean {
  const completed = returns.every((line) => lineStatusRange(line).min === STATUS.returnCompleted);
  return completed && !transactions(order, 'Refund').some(isOpen);
}

function paidBy(order: JsonObject, attribute: string): Units {
  return sum(paymentMethods(order).map((method) => units(method, attribute)));
}

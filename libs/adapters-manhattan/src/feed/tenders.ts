import { minorOf, tenderId, ZERO, type Currency, type Minor, type TenderStanding } from '@tandem/domain';
import type { Fields } from './fields.js';

/** What was done with each payment method (§3.4, §5.3); undefined where the template leaves payments out. */
export function tendersOf(order: Fields, currency: Currency): readonly TenderStanding[] | undefined {
  const methods = order.children('Payment').flatMap((payment) => payment.children('PaymentMethod'));
  const told = methods.filter((method) => method.text('PaymentMethodId') !== undefined && !method.flag('IsVoided'));
  return told.length === 0 ? undefined : told.map((method) => standingOf(method, currency));
}

function standingOf(method: Fields, currency: Currency): TenderStanding {
  const done = method.children('PaymentTransaction').filter(isDone);
  const of = (...types: readonly string[]) => done.filter((one) => types.includes(typeOf(one)));
  const authorized = sumOf(of('Authorization'), currency) - sumOf(of('Authorization Reversal'), currency);
  const settled = method.amount('CurrentSettledAmount', currency) ?? ZERO;
  const [expires] = of('Authorization')
    .flatMap((one) => one.moment('TransactionExpiryDate') ?? [])
    .sort();
  return {
    id: tenderId(method.requiredText('PaymentMethodId')),
    authorized:
      of('Authorization').length === 0
        ? (method.amount('CurrentAuthAmount', currency) ?? ZERO)
        : minorOf(Math.max(0, authorized)),
    captured: minorOf(Math.max(settled, sumOf(of('Settlement'), currency))),
    // The refund itself stands on the return; its parent has the credit that it was paid from (§5.3).
    refunded: sumOf(of('Refund', 'Return Credit'), currency),
    ...(expires !== undefined && { authorizationExpires: expires }),
  };
}

const typeOf = (transaction: Fields): string =>
  transaction.reference('TransactionType', 'PaymentTransactionTypeId') ?? '';

/** Said to have failed is not done; a template that leaves the answer out says nothing against it. */
const isDone = (transaction: Fields): boolean =>
  (transaction.reference('PaymentResponseStatus', 'PaymentResponseStatusId') ?? 'Success') === 'Success';

function sumOf(transactions: readonly Fields[], currency: Currency): Minor {
  return minorOf(
    transactions.reduce((sum, one) => {
      const amount = one.amount('ProcessedAmount', currency) ?? one.amount('RequestedAmount', currency) ?? ZERO;
      return sum + Math.abs(amount);
    }, 0),
  );
}

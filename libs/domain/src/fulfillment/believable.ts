import { PermanentFault } from '../kernel/faults.js';
import type { Instant } from '../kernel/instant.js';
import type { OrderTerms } from '../orders/order.js';
import type { OrderSnapshot } from './order-snapshot.js';

/** No clock of a tenant is off by so many milliseconds; a time zone that was mixed up is. */
const AHEAD_AT_MOST = 45 * 60_000;

/**
 * What a publish may not say, whatever it tells of lines and money. One from the future would make all that the OMS really tells look
 * late, until its time has come.
 */
export function assertBelievable(
  { at, currency }: Pick<OrderSnapshot, 'at' | 'currency'>,
  terms: Pick<OrderTerms, 'currency'>,
  recordedAt: Instant,
): void {
  if (Date.parse(at) - Date.parse(recordedAt) > AHEAD_AT_MOST) throw fromTheFuture(at, recordedAt);
  if (currency !== undefined && currency !== terms.currency) throw currencyDiffers(currency, terms.currency);
}

const fromTheFuture = (at: Instant, recordedAt: Instant) => {
  const sentence = `The OMS dates this state ${at}; by our clock it is ${recordedAt}.`;
  const remedy = 'Compare clocks and time zones of both sides; replay the message once its time has come.';
  return new PermanentFault('fulfillment.from_the_future', sentence, {
    context: { field: 'at', at },
    violations: [{ field: 'at', rule: 'moment.ahead', sentence, remedy }],
  });
};

const currencyDiffers = (told: string, agreed: string) => {
  const sentence = `The OMS tells amounts in ${told}; the order was agreed in ${agreed}.`;
  const remedy = 'Correct the currency of the order at the OMS; it is published again then.';
  return new PermanentFault('money.currency_differs', sentence, {
    context: { field: 'currency', value: told },
    violations: [{ field: 'currency', rule: 'currency.differs', sentence, remedy }],
  });
};

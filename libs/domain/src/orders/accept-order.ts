import type { Address } from '../customers/address.js';
import { digest } from '../kernel/digest.js';
import type { Violation } from '../kernel/faults.js';
import { given } from '../kernel/given.js';
import { crmOrderId, customerKey, orderNumber } from '../kernel/ids.js';
import { instantOf, type Instant } from '../kernel/instant.js';
import type { CustomerAddress, OrderCustomer } from '../customers/customer.js';
import { decimalsOf, formatAmount, isCurrency, type Currency } from '../money/currency.js';
import { orderTotals } from './order-totals.js';
import { sum } from '../money/minor.js';
import type { SiteProfile } from '../sites/site-profile.js';
import { acceptAddress } from './accept-address.js';
import { acceptCharges, acceptLines } from './accept-lines.js';
import { acceptTenders } from './accept-tenders.js';
import type { CapturedOrder } from './captured-order.js';
import { Complaints } from './complaints.js';
import type { AcceptedOrder, OrderLine, OrderTerms } from './order.js';

export type Acceptance =
  | { readonly kind: 'accepted'; readonly order: AcceptedOrder }
  | { readonly kind: 'refused'; readonly violations: readonly Violation[] };

/** External ids in the CRM hold site (up to 30), number and a digest of 16; they have room for 80 characters. */
const LONGEST_NUMBER = 30;

/**
 * Judges an order as the CRM holds it: takes it on, or says everything that is wrong with it. One that was placed before and costs less
 * by now may be tendered for more than it comes to.
 */
export function acceptOrder(
  captured: CapturedOrder,
  site: SiteProfile,
  at: Instant,
  tendered: 'exactly' | 'at-least' = 'exactly',
): Acceptance {
  const complaints = new Complaints();
  const currency = acceptCurrency(complaints, captured.currency, site);
  if (currency === undefined) return { kind: 'refused', violations: complaints.violations };
  const terms = readTerms(complaints, captured, site, currency);
  if (complaints.violations.length === 0) checkTenderSum(complaints, terms, tendered);
  return complaints.violations.length === 0
    ? { kind: 'accepted', order: { state: 'accepted', terms, acceptedAt: at } }
    : { kind: 'refused', violations: complaints.violations };
}

function readTerms(complaints: Complaints, captured: CapturedOrder, site: SiteProfile, currency: Currency): OrderTerms {
  const lines = acceptLines(complaints, captured, site, currency);
  const billTo = captured.billTo && acceptAddress(complaints, 'billTo', captured.billTo);
  const { releaseNotBefore: notBefore } = captured;
  const releaseNotBefore =
    notBefore === undefined ? undefined : acceptMoment(complaints, 'releaseNotBefore', notBefore);
  return {
    site: site.id,
    number: orderNumber(acceptNumber(complaints, captured.number)),
    crmOrderId: crmOrderId(captured.crmOrderId),
    capturedAt: acceptMoment(complaints, 'capturedAt', captured.capturedAt),
    currency,
    pricesIncludeTax: captured.pricesIncludeTax ?? site.pricesIncludeTax,
    customer: acceptCustomer(complaints, captured, lines),
    lines,
    charges: acceptCharges(complaints, captured, currency),
    tenders: acceptTenders(complaints, captured, site, currency),
    ...given({
      billTo,
      purchaseOrderNumber: captured.purchaseOrderNumber,
      instructions: captured.instructions,
      releaseNotBefore,
    }),
  };
}

function acceptCurrency(complaints: Complaints, code: string | undefined, site: SiteProfile): Currency | undefined {
  const given = complaints.text('currency', code);
  if (given === '') return undefined;
  if (!isCurrency(given) || decimalsOf(given) === undefined) {
    complaints.add(
      'currency',
      'currency.unknown',
      'The currency is not one of ISO 4217.',
      'Correct the currency of the order.',
    );
    return undefined;
  }
  if (!site.currencies.includes(given)) {
    const sold = site.currencies.join(', ');
    complaints.add(
      'currency',
      'currency.not_sold_in',
      `Site ${site.id} sells in ${sold}, not in ${given}.`,
      'Add the currency to the site profile, or correct the order.',
    );
  }
  return given;
}

function acceptNumber(complaints: Complaints, value: string | undefined): string {
  const number = complaints.text('number', value);
  if (number.length > LONGEST_NUMBER) {
    complaints.add(
      'number',
      'number.too_long',
      `The order number has more than ${LONGEST_NUMBER} characters.`,
      'Use a shorter order number.',
    );
  }
  return number;
}

function acceptMoment(complaints: Complaints, field: string, value: string | undefined): Instant {
  const moment = new Date(complaints.text(field, value) || 0);
  if (Number.isNaN(moment.getTime())) {
    complaints.add(
      field,
      'moment.unreadable',
      `${field} is no date and time.`,
      `Give ${field} as ISO 8601 with a zone.`,
    );
    return instantOf(new Date(0));
  }
  return instantOf(moment);
}

function acceptCustomer(complaints: Complaints, captured: CapturedOrder, lines: readonly OrderLine[]): OrderCustomer {
  const { customer, billTo } = captured;
  const person = given({ firstName: customer?.firstName, email: customer?.email, phone: customer?.phone });
  const lastName = complaints.text('customer.lastName', customer?.lastName);
  if (!customer?.key) return { kind: 'guest', lastName, ...person };
  const billing: CustomerAddress[] = billTo
    ? [namedAddress('billing', acceptAddress(new Complaints(), 'billTo', billTo))]
    : [];
  return {
    kind: 'registered',
    key: customerKey(customer.key),
    lastName,
    ...person,
    ...given({ taxExemptId: customer.taxExemptId }),
    addresses: [...shippingAddresses(lines), ...billing],
  };
}

/** Named by what it says: the same address keeps its id from one order to the next, and two never share one. */
const namedAddress = (use: CustomerAddress['use'], address: Address): CustomerAddress => ({
  id: digest(JSON.stringify(address)),
  use,
  address,
});

/** Each address that the order ships to, once. */
function shippingAddresses(lines: readonly OrderLine[]): CustomerAddress[] {
  const found = new Map<string, CustomerAddress>();
  for (const { delivery } of lines) {
    if (delivery.kind !== 'ship-to-home') continue;
    const named = namedAddress('shipping', delivery.address);
    found.set(named.id, named);
  }
  return [...found.values()];
}

function checkTenderSum(complaints: Complaints, terms: OrderTerms, how: 'exactly' | 'at-least'): void {
  const { total } = orderTotals(terms);
  const tendered = sum(terms.tenders.map((tender) => tender.amount));
  if (tendered === total || (how === 'at-least' && tendered > total)) return;
  const [due, paid] = [total, tendered].map((amount) => formatAmount(amount, terms.currency));
  complaints.add(
    'tenders',
    'tenders.sum_differs',
    `The tenders add up to ${paid} ${terms.currency}, the order to ${due}.`,
    'Correct the tenders or the prices, discounts, charges and taxes of the order.',
  );
}

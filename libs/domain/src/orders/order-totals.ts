import { priceOf } from '../kernel/quantity.js';
import type { OrderLine, OrderTerms, Tax } from './order.js';
import { minorOf, minus, plus, sum, ZERO, type Minor } from '../money/minor.js';

/** The order's money, each side positive. `total` = goods − discounts + charges + taxes, and is what the tenders must add up to. */
export interface OrderTotals {
  readonly goods: Minor;
  readonly discounts: Minor;
  readonly charges: Minor;
  /** Taxes that come on top: zero where prices include them. */
  readonly taxes: Minor;
  /** All taxes, also those that the prices hold. */
  readonly taxShown: Minor;
  readonly total: Minor;
}

export const lineGoods = (line: Pick<OrderLine, 'quantity' | 'unitPrice'>): Minor =>
  minorOf(priceOf(line.quantity, line.unitPrice));

export function orderTotals(terms: Pick<OrderTerms, 'lines' | 'charges' | 'pricesIncludeTax'>): OrderTotals {
  const goods = sum(terms.lines.map(lineGoods));
  const discounts = sum(terms.lines.flatMap((line) => line.discounts.map((discount) => discount.amount)));
  const charges = sum(terms.charges.map((charge) => charge.amount));
  const taxed: readonly { readonly taxes: readonly Tax[] }[] = [...terms.lines, ...terms.charges];
  const taxShown = sum(taxed.flatMap((item) => item.taxes.map((tax) => tax.amount)));
  const taxes = terms.pricesIncludeTax ? ZERO : taxShown;
  return { goods, discounts, charges, taxes, taxShown, total: plus(minus(goods, discounts), charges, taxes) };
}

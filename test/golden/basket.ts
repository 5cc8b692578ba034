import { products, type ProductName } from './catalogue.js';
import { sumOf, type Cents } from './cents.js';
import type { ExpectedLine } from './golden-order.js';
import type { GoldenSite } from './sites.js';

/** What is bought. Line ids are `1`, `2`, … in this order. */
export interface Basket {
  readonly items: readonly {
    readonly product: ProductName;
    readonly quantity: number;
    /** A discount on this line. */
    readonly discount?: { readonly name: string; readonly coupon?: string; readonly amount: Cents };
    /** The line's share of the order discount, written out by hand: this is what a release has to prove. */
    readonly shareOfOrderDiscount?: Cents;
  }[];
  readonly shipping?: Cents;
  /** A discount on the order as a whole, which the CRM holds as one amount. */
  readonly orderDiscount?: { readonly name: string; readonly amount: Cents };
}

export interface PricedBasket {
  readonly lines: readonly ExpectedLine[];
  readonly shipping: { readonly amount: Cents; readonly tax: Cents } | undefined;
  readonly taxes: Cents;
  readonly total: Cents;
}

/** Prices a basket by the site's tax regime. Taxes follow what a line costs after its discounts. */
export function priceBasket(site: GoldenSite, basket: Basket): PricedBasket {
  const lines = basket.items.map((item, index): ExpectedLine => {
    const { sku, price } = products[item.product];
    const discounts = (item.discount?.amount ?? 0) + (item.shareOfOrderDiscount ?? 0);
    const taxes = site.taxOf(price * item.quantity - discounts);
    return { id: String(index + 1), sku, quantity: item.quantity, unitPrice: price, discounts, taxes };
  });
  const shipping =
    basket.shipping === undefined ? undefined : { amount: basket.shipping, tax: site.taxOf(basket.shipping) };
  const taxes = sumOf(lines.map((line) => line.taxes)) + (shipping?.tax ?? 0);
  const goods = sumOf(lines.map((line) => line.unitPrice * line.quantity - line.discounts));
  const total = goods + (shipping?.amount ?? 0) + (site.pricesIncludeTax ? 0 : taxes);
  return { lines, shipping, taxes, total };
}

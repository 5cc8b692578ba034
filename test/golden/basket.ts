import { products, type ProductName } from './catalogue.js';
import { sumOf, type Cents } from './cents.js';
import type { ExpectedLine } from './golden-order.js';
import type { GoldenSite } from './sites.js';

/** What is bought. Line ids are `1`, `2`, … in this order. */
export interface Basket {
  readonly items: readonly {
    readonly product: ProductName;
    readonly quantity: number;
    /** The delivery group that it goes in: `home` where nothing is said. */
    readonly group?: string;
    /** A discount on this line. */
    readonly discount?: { readonly name: string; readonly coupon?: string; readonly amount: Cents };
    /** The line's share of the order discount, written out by hand: this is what a release has to prove. */
    readonly shareOfOrderDiscount?: Cents;
  }[];
  readonly shipping?: Cents;
  /** Charges of further delivery groups. */
  readonly shippingOf?: Readonly<Record<string, Cents>>;
  readonly taxExempt?: boolean;
  /** A discount on the order as a whole, which the CRM holds as one amount. */
  readonly orderDiscount?: { readonly name: string; readonly amount: Cents };
}

export interface PricedBasket {
  readonly lines: readonly Omit<ExpectedLine, 'to'>[];
  readonly shipping: readonly { readonly group: string; readonly amount: Cents; readonly tax: Cents }[];
  readonly taxes: Cents;
  readonly total: Cents;
}

/** Prices a basket by the site's tax regime. Taxes follow what a line costs after its discounts. */
export function priceBasket(site: GoldenSite, basket: Basket): PricedBasket {
  const taxOf = (price: Cents) => (basket.taxExempt === true ? 0 : site.taxOf(price));
  const lines = basket.items.map((item, index): PricedBasket['lines'][number] => {
    const { sku } = products[item.product];
    const price = products[item.product].price * site.priceFactor;
    const discounts = (item.discount?.amount ?? 0) + (item.shareOfOrderDiscount ?? 0);
    const taxes = taxOf(price * item.quantity - discounts);
    return { id: String(index + 1), sku, quantity: item.quantity, unitPrice: price, discounts, taxes };
  });
  const charged = { ...(basket.shipping === undefined ? {} : { home: basket.shipping }), ...basket.shippingOf };
  const shipping = Object.entries(charged).map(([group, amount]) => ({ group, amount, tax: taxOf(amount) }));
  const taxes = sumOf([...lines, ...shipping.map(({ tax }) => ({ taxes: tax }))].map((one) => one.taxes));
  const goods = sumOf(lines.map((line) => line.unitPrice * line.quantity - line.discounts));
  const total = goods + sumOf(shipping.map(({ amount }) => amount)) + (site.pricesIncludeTax ? 0 : taxes);
  return { lines, shipping, taxes, total };
}

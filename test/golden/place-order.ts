import type { Basket } from './basket.js';
import { priceBasket, type PricedBasket } from './basket.js';
import type { LifeStep } from '../support/stack/oms-shapes.js';
import { sumOf, type Cents } from './cents.js';
import type {
  Act,
  CapturedTender,
  DeliveryGroup,
  Destination,
  ExpectedEnding,
  ExpectedTerms,
  GoldenCase,
  GoldenOrder,
  Placement,
} from './golden-order.js';
import type { GoldenSite } from './sites.js';
import { orderRecords, type CapturedCase } from './order-records.js';
import { emailOf, shopperOf } from './shoppers.js';

export interface Shape {
  readonly id: string;
  readonly title: string;
  /** Whether the customer has an account. */
  readonly registered: boolean;
  readonly basket: Basket;
  /** What the basket is in the end, where somebody edits the order; line by line the same items. */
  readonly becomes?: Basket;
  /** Delivery groups by name; `home` is there anyway. */
  readonly groups?: Readonly<Record<string, DeliveryGroup>>;
  /** Orders by a purchase order number, bills elsewhere and pays no tax. */
  readonly business?: true;
  /** One card pays all where nothing is said. */
  readonly tenders?: (total: Cents) => readonly CapturedTender[];
  /** Milliseconds after placing before which nothing is released. */
  readonly releaseAfterMs?: number;
  /** Only at this site; at both of the western ones where nothing is said. */
  readonly only?: GoldenSite['id'];
  /** Steps without their pace. */
  readonly life: (order: PlacedOrder) => readonly Omit<LifeStep, 'after'>[];
  readonly acts?: (order: PlacedOrder) => readonly Act[];
  readonly ending: (order: PlacedOrder) => ExpectedEnding;
}

export interface PlacedOrder {
  readonly number: string;
  readonly placement: Placement;
  readonly total: number;
  /** What it comes to after it was edited. */
  readonly final: number;
  /** The parcel of that number of this order. */
  readonly parcel: (index: number) => { packageId: string; trackingNumber: string; carrierCode: string };
}

/** Turns a shape into a golden order that can be placed any number of times. */
export function goldenOrder(shape: Shape): GoldenOrder {
  return {
    id: shape.id,
    title: shape.title,
    sold: ({ id }) => (shape.only === undefined ? id !== 'aurora-jp' : shape.only === id),
    place: (placement) => placeOrder(shape, placement),
  };
}

function placeOrder(shape: Shape, placement: Placement): GoldenCase {
  const { site, suffix, turn } = placement;
  const number = `${shape.id}-${site.short}-${suffix}`;
  const priced = priceBasket(site, shape.basket);
  const final = priceBasket(site, shape.becomes ?? shape.basket);
  const captured: CapturedCase = {
    ...{ placement, number, priced, basket: shape.basket, shopper: shopperOf(site, turn) },
    customerKey: shape.registered ? `C-${number}` : undefined,
    groups: { home: { method: 'Standard Ground', turn }, ...shape.groups },
    tenders: (shape.tenders ?? oneCard)(priced.total),
    business:
      shape.business === undefined ? undefined : { purchaseOrder: `PO-${number}`, taxExemptId: `EX-${number}`, billTo },
    doNotReleaseBefore:
      shape.releaseAfterMs === undefined ? undefined : new Date(placement.now + shape.releaseAfterMs).toISOString(),
  };
  const placed: PlacedOrder = {
    ...{ number, placement, total: priced.total, final: final.total },
    parcel: (index) => ({
      packageId: `${number}-P${index}`,
      trackingNumber: `TRK-${number}-${index}`,
      carrierCode: site.carrier,
    }),
  };
  return {
    ...{ shape: shape.id, title: shape.title, site, number },
    records: orderRecords(captured),
    life: shape.life(placed).map((step) => ({ ...step, after: placement.paceMs })),
    acts: shape.acts?.(placed) ?? [],
    terms: termsOf(captured, final, (shape.tenders ?? oneCard)(final.total)),
    ending: shape.ending(placed),
  };
}

function termsOf(captured: CapturedCase, priced: PricedBasket, tenders: readonly CapturedTender[]): ExpectedTerms {
  const { placement, shopper, groups, basket, business, doNotReleaseBefore } = captured;
  const { site, suffix } = placement;
  return {
    currency: site.currency,
    customerId: captured.customerKey,
    lastName: shopper.lastName,
    email: emailOf(shopper, suffix),
    lines: priced.lines.map((line, index) => ({
      ...line,
      to: destinationOf(site, groups[basket.items[index]?.group ?? 'home']),
    })),
    charges: sumOf(priced.shipping.map(({ amount }) => amount)),
    taxes: priced.taxes,
    taxesAddToTotal: !site.pricesIncludeTax,
    total: priced.total,
    tenders: tenders.map(({ type, amount }) => ({ type, amount })),
    business,
    doNotReleaseBefore,
  };
}

const oneCard = (total: Cents): readonly CapturedTender[] => [{ type: 'Credit Card', amount: total }];

/** Where a business has its bills sent. */
const billTo = 'Accounts Payable 9';

function destinationOf(site: GoldenSite, group: DeliveryGroup | undefined): Destination {
  if (group === undefined) throw new Error('A line goes in a delivery group that the shape does not have.');
  if (group.store === true) {
    const method = group.method === 'Store Pickup' ? 'PickUpAtStore' : 'ShipToStore';
    return { kind: 'store', method, store: site.stores[0] };
  }
  const { street, city } = shopperOf(site, group.turn ?? 0);
  return { kind: 'home', street: street.split('\n')[0] ?? '', city, country: site.country };
}

/** The ending of an order whose lines all take the same way: allocated, released, and shipped in one parcel. */
export function shippedInOneParcel(quantities: Readonly<Record<string, number>>) {
  return ({ parcel }: PlacedOrder): ExpectedEnding => {
    const { carrierCode, trackingNumber } = parcel(1);
    const each = <T>(of: (quantity: number) => T) =>
      Object.fromEntries(Object.entries(quantities).map(([line, quantity]) => [line, of(quantity)]));
    const stations = ['open', 'allocated', 'released', 'shipped'];
    return {
      status: 'shipped',
      lines: each((quantity) => ({ shipped: quantity })),
      parcels: [{ carrier: carrierCode, trackingNumber, lines: quantities }],
      orderHistory: stations,
      lineHistory: each((quantity) => stations.map((station) => `${quantity} ${station}`)),
      cancelledTotal: null,
    };
  };
}

import type { Basket } from './basket.js';
import { priceBasket } from './basket.js';
import type { LifeStep } from '../support/stack/oms-shapes.js';
import type { ExpectedEnding, GoldenCase, GoldenOrder, Placement } from './golden-order.js';
import { orderRecords } from './order-records.js';
import { emailOf, shopperOf } from './shoppers.js';

export interface Shape {
  readonly id: string;
  readonly title: string;
  /** Whether the customer has an account. */
  readonly registered: boolean;
  readonly basket: Basket;
  /** Steps without their pace. */
  readonly life: (order: PlacedOrder) => readonly Omit<LifeStep, 'after'>[];
  readonly ending: (order: PlacedOrder) => ExpectedEnding;
}

export interface PlacedOrder {
  readonly number: string;
  readonly placement: Placement;
  readonly total: number;
  /** The parcel of that number of this order. */
  readonly parcel: (index: number) => { packageId: string; trackingNumber: string; carrierCode: string };
}

/** Turns a shape into a golden order that can be placed any number of times. */
export function goldenOrder(shape: Shape): GoldenOrder {
  return { id: shape.id, title: shape.title, place: (placement) => placeOrder(shape, placement) };
}

function placeOrder(shape: Shape, placement: Placement): GoldenCase {
  const { site, suffix, turn } = placement;
  const number = `${shape.id}-${site.short}-${suffix}`;
  const shopper = shopperOf(site, turn);
  const customerKey = shape.registered ? `C-${number}` : undefined;
  const priced = priceBasket(site, shape.basket);
  const placed: PlacedOrder = {
    number,
    placement,
    total: priced.total,
    parcel: (index) => ({
      packageId: `${number}-P${index}`,
      trackingNumber: `TRK-${number}-${index}`,
      carrierCode: site.carrier,
    }),
  };
  return {
    shape: shape.id,
    title: shape.title,
    site,
    number,
    records: orderRecords({ placement, number, shopper, customerKey, basket: shape.basket, priced }),
    life: shape.life(placed).map((step) => ({ ...step, after: placement.paceMs })),
    terms: {
      currency: site.currency,
      customerId: customerKey,
      lastName: shopper.lastName,
      email: emailOf(shopper, suffix),
      shipTo: { street: shopper.street.split('\n')[0] ?? '', city: shopper.city, country: site.country },
      lines: priced.lines,
      charges: priced.shipping?.amount ?? 0,
      taxes: priced.taxes,
      taxesAddToTotal: !site.pricesIncludeTax,
      total: priced.total,
      tender: { type: 'Credit Card', amount: priced.total },
    },
    ending: shape.ending(placed),
  };
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

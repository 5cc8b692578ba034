import {
  amountAsNumber,
  given,
  negated,
  unreachable,
  type DeliveryOption,
  type Discount,
  type OrderCustomer,
  type OrderLine,
} from '@tandem/domain';
import type { JsonObject } from '../json.js';
import { vendorAddress } from '../vendor-address.js';
import { noteOf, someOf, taxOf, type LineContext } from './order-save-parts.js';

/** One line with its delivery, discounts and taxes (§3.3, §3.4). */
export function lineOf(context: LineContext, line: OrderLine): JsonObject {
  const { order, site, words } = context;
  const price = amountAsNumber(line.unitPrice, order.currency);
  const message = line.gift?.message;
  return given({
    OrderLineId: line.id,
    ItemId: line.sku,
    Quantity: line.quantity,
    UOM: site.oms.unitOfMeasure,
    UnitPrice: price,
    OriginalUnitPrice: price,
    IsTaxIncluded: order.pricesIncludeTax,
    ShippingMethodId: line.delivery.method,
    ...deliveryOf(line.delivery, order.customer),
    IsGift: line.gift !== undefined,
    OrderLineNote: message === undefined ? undefined : [noteOf(words, 'gift-message', message)],
    OrderLineChargeDetail: someOf(line.discounts.map((discount) => discountOf(context, discount))),
    OrderLineTaxDetail: someOf(line.taxes.map((tax) => taxOf(context, tax))),
  });
}

/** Where and how a line goes. It names nothing that it does not need: what an earlier choice left there is not cleared (§2.5). */
export function deliveryOf(delivery: DeliveryOption, customer: OrderCustomer): JsonObject {
  const method = { DeliveryMethod: { DeliveryMethodId: deliveryMethodOf(delivery) } };
  switch (delivery.kind) {
    case 'ship-to-home':
      return { ...method, ShipToAddress: { Address: vendorAddress(delivery.address) } };
    case 'ship-to-store':
      return { ...method, ShipToLocationId: delivery.store };
    case 'pick-up':
      return {
        ...method,
        ShipToLocationId: delivery.store,
        OrderLinePickupDetail: [collectorOf(customer)],
      };
    case 'digital':
      return { ...method, OrderLineAdditional: { Email: delivery.email } };
    default:
      return unreachable(delivery);
  }
}

const METHODS = {
  'ship-to-home': 'ShipToAddress',
  'ship-to-store': 'ShipToStore',
  'pick-up': 'PickUpAtStore',
  digital: 'Email',
} as const;

/** What the OMS calls it (§3.3). */
export const deliveryMethodOf = ({ kind }: DeliveryOption): string => METHODS[kind];

const collectorOf = (customer: OrderCustomer): JsonObject =>
  given({
    FirstName: customer.firstName,
    LastName: customer.lastName,
    Email: customer.email,
    Phone: customer.phone,
  });

/**
 * What a discount takes off is negative (§3.4). A share of an order discount names the whole by reference only: a
 * `HeaderChargeDetailId` would point at a header charge that would take the same money off once more.
 */
export const discountOf = ({ order, words }: LineContext, discount: Discount): JsonObject =>
  given({
    ChargeDetailId: discount.id,
    ChargeType: { ChargeTypeId: words.discountChargeType },
    ChargeDisplayName: discount.name,
    ChargeReferenceId: discount.coupon ?? discount.shareOf,
    ChargeTotal: amountAsNumber(negated(discount.amount), order.currency),
    IsLineDiscount: discount.shareOf === undefined,
  });

import { addQuantities, given, type PromisedOption, type PromiseQuestion } from '@tandem/domain';
import type { Fields } from '../feed/fields.js';
import type { JsonObject } from '../json.js';

/** What a tenant has settled for its promises; none of it has a default (§6.5, §12). */
export interface PromisingOptions {
  readonly configName: string;
  /** Such as `Allocation`. */
  readonly demandType: string;
  /** Not sent where absent. */
  readonly source?: string;
}

/** The body of `product/atp` and `cart/atp`, which are the same (§6.5). */
export function promiseRequest(question: PromiseQuestion, options: PromisingOptions): JsonObject {
  const { cart, lines, shippingMethods, pickUpAt, destination } = question;
  const byShipping = shippingMethods.length > 0;
  return given({
    RequestId: cart,
    PromisingConfigName: options.configName,
    DemandType: options.demandType,
    Source: options.source,
    FulfillmentOptions: given({
      Shipping: byShipping ? { ShippingMethodIds: shippingMethods } : undefined,
      Pickup: pickUpAt === undefined ? undefined : { PickupLocationIds: [pickUpAt] },
    }),
    Address: destination && { PostalCode: destination.postalCode, Country: destination.country },
    RequestDetails: lines.map(({ id, sku, quantity }) => ({
      DetailId: id,
      ItemId: sku,
      Quantity: quantity,
      EvaluateShipping: byShipping,
      EvaluatePickup: pickUpAt !== undefined,
      EvaluatePickupWithShipTo: false,
    })),
  });
}

/** The options of each line. What the header lists holds for all lines at once and leaves out what is not to be had (§6.5). */
export function promisedOptionsOf(answer: Fields): readonly PromisedOption[] {
  return answer.requiredChildren('ResponseDetails').flatMap((detail) => {
    const line = detail.requiredText('DetailId');
    return [
      ...detail.children('ShippingOptions').map((option) => shippingOf(line, option)),
      ...detail.children('PickupOptions').map((option) => pickUpOf(line, option)),
    ];
  });
}

const shippingOf = (line: string, option: Fields): PromisedOption =>
  given({
    line,
    by: 'shipping' as const,
    name: option.requiredText('ShippingMethodId'),
    quantity: unitsOf(option),
    earliestShip: option.moment('EarliestShipDate'),
    earliestDelivery: option.moment('EarliestDeliveryDate'),
  });

/** What is fetched is delivered when it can be fetched. */
const pickUpOf = (line: string, option: Fields): PromisedOption =>
  given({
    line,
    by: 'pick-up' as const,
    name: option.requiredText('PickupLocationId'),
    quantity: unitsOf(option),
    earliestShip: option.moment('EarliestShipDate'),
    earliestDelivery: option.moment('EarliestPickupDate') ?? option.moment('EarliestDeliveryDate'),
  });

/** Nothing to be had is 0 with no supply behind it (§6.5). */
const unitsOf = (option: Fields): number =>
  option.quantity('Quantity') ??
  addQuantities(option.children('SupplyDetailsInfo').flatMap((supply) => supply.quantity('Quantity') ?? []));

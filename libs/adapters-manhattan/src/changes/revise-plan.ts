import {
  amountAsNumber,
  given,
  type DeliveryOption,
  type OrderCustomer,
  type OrderRevision,
  type OrderTerms,
  type SiteProfile,
  ZERO,
} from '@tandem/domain';
import type { Fields } from '../feed/fields.js';
import { unreadable } from '../feed/fields.js';
import type { JsonObject } from '../json.js';
import { deliveryOf, discountOf, lineOf } from '../orders/order-save-line.js';
import { INSTRUCTIONS, noteOf, someOf, taxOf, type LineContext } from '../orders/order-save-parts.js';
import { PRICED_BY_US } from '../orders/order-save.js';
import type { OrderVocabulary } from '../orders/order-vocabulary.js';
import { replacingAddress } from '../vendor-address.js';
import { lacksRevision } from './revise-evidence.js';
import { send, versionedSave, type ChangePlan } from './change-plan.js';
import type { HeldOrder } from './held-order.js';
import { revisionViolations } from './revise-rules.js';

type RevisedLine = NonNullable<OrderRevision['lines']>[number];

/** Carries what changes and nothing else: what is not sent stays as it is, and children merge by key (§2.5). */
export const revisePlan = (site: SiteProfile, words: OrderVocabulary, revision: OrderRevision): ChangePlan => ({
  plan: (held) => {
    const violations = revisionViolations(site, revision, held);
    if (violations.length > 0) return { kind: 'refuse', violations };
    return send(
      versionedSave(revision, revisionOf({ site, words, order: termsOf(site, held) }, revision, held), PRICED_BY_US),
    );
  },
  // A later change may have gone over any part of it.
  shows: () => false,
  lacks: (held) => lacksRevision(words, revision, held),
  pending: () => false,
});

function revisionOf(context: LineContext, revision: OrderRevision, held: HeldOrder): JsonObject {
  const { lines = [], addedLines = [], instructions, billTo, tenders = [] } = revision;
  return given({
    OrderNote: instructions === undefined ? undefined : [noteOf(context.words, INSTRUCTIONS, instructions)],
    OrderLine: someOf([
      ...lines.map((line) => revisedLine(context, line, held)),
      ...addedLines.map((line) => lineOf(context, line)),
    ]),
    Payment: someOf(paymentsOf(context, held.fields, billTo && { Address: replacingAddress(billTo) }, tenders)),
  });
}

function revisedLine(context: LineContext, line: RevisedLine, held: HeldOrder): JsonObject {
  const { id, quantity, delivery, unitPrice, discounts, taxes } = line;
  const moved = delivery && movedTo(delivery, context.order.customer);
  return given({
    OrderLineId: id,
    Quantity: quantity,
    UnitPrice: unitPrice === undefined ? undefined : amountAsNumber(unitPrice, context.order.currency),
    ...moved,
    // Collectors have no key: without it each save would add one more (§2.5).
    Actions: moved && 'OrderLinePickupDetail' in moved ? { OrderLinePickupDetail: 'RESET' } : undefined,
    OrderLineChargeDetail:
      discounts &&
      someOf([...discounts.map((one) => discountOf(context, one)), ...endedDiscounts(context, line, held)]),
    OrderLineTaxDetail:
      taxes && someOf([...taxes.map((tax) => taxOf(context, tax)), ...endedTaxes(context, line, held)]),
  });
}

const movedTo = (delivery: DeliveryOption, customer: OrderCustomer): JsonObject => ({
  ShippingMethodId: delivery.method,
  ...deliveryOf(delivery, customer),
  ...(delivery.kind === 'ship-to-home' && { ShipToAddress: { Address: replacingAddress(delivery.address) } }),
});

/** A discount that is no longer given comes to nothing. To take it out would need RESET, which takes the OMS's own charges too. */
function endedDiscounts({ words, order }: LineContext, line: RevisedLine, held: HeldOrder): readonly JsonObject[] {
  const kept = new Set(line.discounts?.map(({ id }) => id));
  const charges = held.fields
    .children('OrderLine')
    .filter((candidate) => candidate.text('OrderLineId') === line.id)
    .flatMap((candidate) => candidate.children('OrderLineChargeDetail'));
  return charges
    .filter((charge) => charge.reference('ChargeType', 'ChargeTypeId') === words.discountChargeType)
    .flatMap((charge) => charge.text('ChargeDetailId') ?? [])
    .filter((id) => !kept.has(id))
    .map((id) => ({ ChargeDetailId: id, ChargeTotal: amountAsNumber(ZERO, order.currency) }));
}

/** A tax that is no longer due comes to nothing, as an ended discount does. */
function endedTaxes({ order }: LineContext, line: RevisedLine, held: HeldOrder): readonly JsonObject[] {
  const kept = new Set(line.taxes?.map(({ id }) => id));
  return held.fields
    .children('OrderLine')
    .filter((candidate) => candidate.text('OrderLineId') === line.id)
    .flatMap((candidate) => candidate.children('OrderLineTaxDetail'))
    .flatMap((tax) => tax.text('TaxDetailId') ?? [])
    .filter((id) => !kept.has(id))
    .map((id) => ({ TaxDetailId: id, TaxAmount: amountAsNumber(ZERO, order.currency) }));
}

/** The one address to bill stands on every payment method (§3.4, §8); what a method pays stands on it alone. */
function paymentsOf(
  { order: { currency } }: LineContext,
  order: Fields,
  address: JsonObject | undefined,
  tenders: NonNullable<OrderRevision['tenders']>,
): readonly JsonObject[] {
  return order.children('Payment').flatMap((payment) => {
    const methods = payment.children('PaymentMethod').flatMap((method) => {
      const id = method.requiredText('PaymentMethodId');
      const amount = tenders.find((tender) => tender.id === id)?.amount;
      if (address === undefined && amount === undefined) return [];
      const Amount = amount === undefined ? undefined : amountAsNumber(amount, currency);
      return [given({ PaymentMethodId: id, Amount, BillingAddress: address })];
    });
    if (methods.length === 0) return [];
    return [given({ PaymentGroupId: payment.text('PaymentGroupId'), PaymentMethod: methods })];
  });
}

/** A revision says nothing of what was agreed before: the order does. */
function termsOf(site: SiteProfile, { currency, fields }: HeldOrder): LineContext['order'] {
  if (currency === undefined) throw unreadable('CurrencyCode', 'value.missing');
  return {
    currency,
    pricesIncludeTax: site.pricesIncludeTax,
    customer: customerOf(fields),
  } satisfies Partial<OrderTerms>;
}

const customerOf = (order: Fields): OrderCustomer =>
  given({
    kind: 'guest' as const,
    firstName: order.text('CustomerFirstName'),
    lastName: order.text('CustomerLastName') ?? '',
    email: order.text('CustomerEmail'),
    phone: order.text('CustomerPhone'),
  });

import {
  crmOrderId,
  crmRecordId,
  type CapturedCharge,
  type CapturedDiscount,
  type CapturedLine,
  type CapturedOrder,
  type CapturedTax,
  type CapturedTender,
} from '@tandem/domain';
import { billTo, customer, delivery } from './captured-parties.js';
import { magnitude, negated, product, sum } from './decimal.js';
import type { ADJUSTMENT_GROUP, ITEM_ADJUSTMENT, ITEM_TAX, ORDER, ORDER_ITEM, ORDER_TENDER } from './order-fields.js';
import { amountOf, idOf, isTicked, momentOf, numberOf, sameRecord, textOf, type RowOf } from './row.js';

/** All records of one order, as the org answered them. */
export interface OrderRows {
  readonly order: RowOf<typeof ORDER>;
  readonly items: readonly RowOf<typeof ORDER_ITEM>[];
  readonly adjustments: readonly RowOf<typeof ITEM_ADJUSTMENT>[];
  readonly taxes: readonly RowOf<typeof ITEM_TAX>[];
  readonly adjustmentGroups: readonly RowOf<typeof ADJUSTMENT_GROUP>[];
  readonly tenders: readonly RowOf<typeof ORDER_TENDER>[];
}

/** What the records alone do not say. */
export interface OrgConventions {
  /** ISO 4217; of an org whose records do not name one. */
  readonly currency: string | undefined;
  /** A percent field holds 6 for 6 %, a number field 0.06: the org's description of the field says which. */
  readonly rateUnit: 'percent' | 'fraction';
}

/** The order in our shape (§4.2). Never throws and invents nothing: what is missing is undefined, and the domain judges. */
export function capturedOrder(rows: OrderRows, conventions: OrgConventions): CapturedOrder {
  const { order } = rows;
  const items = inOrder(rows.items);
  return {
    crmOrderId: crmOrderId(idOf(order)),
    number: textOf(order, 'OrderReferenceNumber') ?? textOf(order, 'OrderNumber'),
    currency: textOf(order, 'CurrencyIsoCode') ?? conventions.currency,
    capturedAt: momentOf(order, 'OrderedDate'),
    pricesIncludeTax: pricesIncludeTax(textOf(order, 'TaxLocaleType')),
    customer: customer(order),
    billTo: billTo(order),
    purchaseOrderNumber: textOf(order, 'PoNumber'),
    instructions: textOf(order, 'OMS_Instructions__c'),
    releaseNotBefore: momentOf(order, 'OMS_Do_Not_Release_Before__c'),
    lines: items.filter((item) => chargeKind(item) === undefined).map((item) => line(item, rows, conventions)),
    charges: items.flatMap((item) => charge(item, rows, conventions) ?? []),
    discounts: inOrder(rows.adjustmentGroups).flatMap((group) => orderDiscount(group, rows) ?? []),
    tenders: inOrder(rows.tenders).map(tender),
  };
}

/** The order of creation: the org promises none, and two readings of one order must not differ. */
const inOrder = <Row extends { readonly json: unknown }>(rows: readonly Row[]): readonly Row[] =>
  rows.toSorted((one, other) => (idOf(one) < idOf(other) ? -1 : 1));

function pricesIncludeTax(taxLocale: string | undefined): boolean | undefined {
  if (taxLocale === 'Gross') return true;
  return taxLocale === 'Net' ? false : undefined;
}

function line(item: OrderRows['items'][number], rows: OrderRows, conventions: OrgConventions): CapturedLine {
  return {
    crmLineId: crmRecordId(idOf(item)),
    id: textOf(item, 'LineNumber') ?? textOf(item, 'OrderItemNumber'),
    sku: textOf(item, 'Product2.StockKeepingUnit') ?? textOf(item, 'Product2.ProductCode'),
    description: textOf(item, 'Description') ?? textOf(item, 'Product2.Name'),
    quantity: numberOf(item, 'Quantity'),
    unitPrice: amountOf(item, 'UnitPrice'),
    delivery: delivery(item),
    gift: isTicked(item, 'OrderDeliveryGroup.IsGift')
      ? { message: textOf(item, 'OrderDeliveryGroup.GiftMessage') }
      : undefined,
    discounts: lineDiscounts(item, rows),
    taxes: taxes(item, rows, conventions),
  };
}

function chargeKind(item: OrderRows['items'][number]): CapturedCharge['kind'] | undefined {
  const type = textOf(item, 'Type');
  if (type === 'Delivery Charge') return 'shipping';
  return type === 'Fee' ? 'fee' : undefined;
}

/** A charge has no discounts of its own in our shape: what its adjustments take off is taken off its amount here. */
function charge(
  item: OrderRows['items'][number],
  rows: OrderRows,
  conventions: OrgConventions,
): CapturedCharge | undefined {
  const kind = chargeKind(item);
  if (!kind) return undefined;
  const gross = amountOf(item, 'TotalLineAmount') ?? product(amountOf(item, 'UnitPrice'), numberOf(item, 'Quantity'));
  const adjustments = ownAdjustments(item, rows).map((adjustment) => amountOf(adjustment, 'Amount'));
  return {
    id: textOf(item, 'LineNumber') ?? textOf(item, 'OrderItemNumber') ?? idOf(item),
    kind,
    name: textOf(item, 'Description') ?? textOf(item, 'Product2.Name'),
    amount: adjustments.length > 0 ? sum([gross, ...adjustments]) : gross,
    taxes: taxes(item, rows, conventions),
  };
}

const lineDiscounts = (item: OrderRows['items'][number], rows: OrderRows): readonly CapturedDiscount[] =>
  ownAdjustments(item, rows).map((adjustment) => {
    const amount = amountOf(adjustment, 'Amount');
    return {
      id: idOf(adjustment),
      name: textOf(adjustment, 'Name'),
      coupon: textOf(adjustment, 'CouponCode'),
      amount: amount === undefined ? undefined : negated(amount),
    };
  });

/** The item's adjustments, but for its shares of discounts on the whole order: those we spread ourselves. */
function ownAdjustments(item: OrderRows['items'][number], { adjustments, adjustmentGroups }: OrderRows) {
  const spread = adjustmentGroups.filter((group) => amountOf(group, 'OMS_Amount__c') !== undefined);
  return inOrder(adjustments).filter(
    (adjustment) =>
      sameRecord(textOf(adjustment, 'OrderItemId'), idOf(item)) &&
      !spread.some((group) => sameRecord(textOf(adjustment, 'OrderAdjustmentGroupId'), idOf(group))),
  );
}

/** The field is named a discount, so that its sign carries no meaning: storefronts fill it either way. */
function orderDiscount(
  group: OrderRows['adjustmentGroups'][number],
  { adjustments }: OrderRows,
): CapturedDiscount | undefined {
  const amount = amountOf(group, 'OMS_Amount__c');
  if (amount === undefined) return undefined;
  const shares = adjustments.filter((share) => sameRecord(textOf(share, 'OrderAdjustmentGroupId'), idOf(group)));
  return {
    id: idOf(group),
    name: textOf(group, 'Name'),
    coupon: shares.map((share) => textOf(share, 'CouponCode')).find((coupon) => coupon !== undefined),
    amount: magnitude(amount),
  };
}

const taxes = (
  item: OrderRows['items'][number],
  rows: OrderRows,
  { rateUnit }: OrgConventions,
): readonly CapturedTax[] =>
  inOrder(rows.taxes)
    .filter((tax) => sameRecord(textOf(tax, 'OrderItemId'), idOf(item)))
    .map((tax) => {
      const rate = numberOf(tax, 'Rate');
      return {
        id: idOf(tax),
        name: textOf(tax, 'Name'),
        rate: rate !== undefined && rateUnit === 'percent' ? Number((rate / 100).toPrecision(12)) : rate,
        amount: amountOf(tax, 'Amount'),
      };
    });

const tender = (row: OrderRows['tenders'][number]): CapturedTender => ({
  id: textOf(row, 'Tender_Key__c'),
  type: textOf(row, 'Type__c'),
  amount: amountOf(row, 'Amount__c'),
  authorized: amountOf(row, 'Authorized_Amount__c'),
  captured: amountOf(row, 'Captured_Amount__c'),
  cardBrand: textOf(row, 'Card_Brand__c'),
  token: textOf(row, 'Token__c'),
  displayNumber: textOf(row, 'Display_Number__c'),
  gateway: textOf(row, 'Gateway__c'),
  authorizationId: textOf(row, 'Authorization_Id__c'),
  authorizationExpires: momentOf(row, 'Authorization_Expires__c'),
});

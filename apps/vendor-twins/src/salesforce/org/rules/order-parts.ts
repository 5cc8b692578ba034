import type { Org } from '../org.js';
import { Refusal } from '../refusal.js';
import type { Row } from '../schema.js';
import { isActivated } from './orders.js';
import type { Draft, Rule } from './rule.js';

/** Lines of an activated order are locked, but for custom fields (§4.2 rule 3). */
function refuseLocked(before: Row, draft: Row) {
  const touched = Object.keys(draft).filter(
    (name) => isStandard(name) && (before[name] ?? null) !== (draft[name] ?? null),
  );
  if (touched.length > 0)
    throw new Refusal('FIELD_INTEGRITY_EXCEPTION', 'unable to modify the products of an activated order', touched);
}

function isStandard(name: string) {
  return !name.endsWith('__c') && !['LastModifiedDate', 'LastModifiedById', 'SystemModstamp'].includes(name);
}

const orderOf = (org: Org, row: Row) => org.find('Order', row['OrderId']);
const lockedOut = () =>
  new Refusal('FIELD_INTEGRITY_EXCEPTION', 'the products of an activated order are locked', ['OrderId']);

/** The currency of a part is its order's (§4.6). */
function followCurrency(draft: Draft, order: Row | undefined, org: Org) {
  if (org.features.multiCurrency)
    draft['CurrencyIsoCode'] = order?.['CurrencyIsoCode'] ?? draft['CurrencyIsoCode'] ?? null;
}

/** OrderItem (§4.2): its entry is active, in the order's price book and in the order's currency. */
export const orderItemRule: Rule = {
  derive(draft, org) {
    const entry = org.find('PricebookEntry', draft['PricebookEntryId']);
    draft['Product2Id'] ??= entry?.['Product2Id'] ?? null;
    draft['Type'] ??= 'Order Product';
    draft['TypeCode'] = draft['Type'] === 'Order Product' ? 'Product' : 'Charge';
    draft['ListPrice'] ??= entry?.['UnitPrice'] ?? null;
    followCurrency(draft, orderOf(org, draft), org);
  },

  creating(draft, org) {
    const order = orderOf(org, draft);
    if (isActivated(order)) throw lockedOut();
    if (!order?.['Pricebook2Id'])
      throw new Refusal('FIELD_INTEGRITY_EXCEPTION', 'The order has no price book.', ['PricebookEntryId']);
    const entry = org.find('PricebookEntry', draft['PricebookEntryId']);
    if (entry?.['Pricebook2Id'] !== order['Pricebook2Id'] || entry['IsActive'] !== true)
      throw new Refusal(
        'FIELD_INTEGRITY_EXCEPTION',
        'field integrity exception: PricebookEntryId (pricebook entry is not active in the price book of the order)',
        ['PricebookEntryId'],
      );
    if (org.features.multiCurrency && entry['CurrencyIsoCode'] !== order['CurrencyIsoCode'])
      throw new Refusal(
        'FIELD_INTEGRITY_EXCEPTION',
        'field integrity exception: PricebookEntryId (the pricebook entry is in another currency)',
        ['PricebookEntryId'],
      );
  },

  updating(before, draft, _given, org) {
    if (isActivated(orderOf(org, before))) refuseLocked(before, draft);
  },

  deleting(row, org) {
    if (isActivated(orderOf(org, row))) throw lockedOut();
  },
};

/** OrderDeliveryGroup and OrderAdjustmentGroup follow the currency of their order. */
export const orderGroupRule: Rule = {
  derive(draft, org) {
    followCurrency(draft, orderOf(org, draft), org);
  },
};

/** Discounts and taxes of a line: part of its price, so locked with it. */
export const lineAmountRule: Rule = {
  derive(draft, org) {
    followCurrency(draft, org.find('OrderItem', draft['OrderItemId']), org);
  },

  creating(draft, org) {
    const line = org.find('OrderItem', draft['OrderItemId']);
    if (line && isActivated(orderOf(org, line))) throw lockedOut();
  },

  updating(before, draft, _given, org) {
    const line = org.find('OrderItem', before['OrderItemId']);
    if (line && isActivated(orderOf(org, line))) refuseLocked(before, draft);
  },
};

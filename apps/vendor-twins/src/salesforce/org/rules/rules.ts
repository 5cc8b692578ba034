import type { Org } from '../org.js';
import type { SObject } from '../schema.js';
import { lineAmountRule, orderGroupRule, orderItemRule } from './order-parts.js';
import { fulfillmentOrderRule, orderItemSummaryRule, returnOrderRule } from './order-management.js';
import { corporateCurrency, orderRule } from './orders.js';
import { settleAddresses } from './addresses.js';
import type { Draft, Rule } from './rule.js';

const byObject: Readonly<Record<string, Rule>> = {
  Order: orderRule,
  OrderItem: orderItemRule,
  OrderDeliveryGroup: orderGroupRule,
  OrderAdjustmentGroup: orderGroupRule,
  OrderItemAdjustmentLineItem: lineAmountRule,
  OrderItemTaxLineItem: lineAmountRule,
  FulfillmentOrder: fulfillmentOrderRule,
  ReturnOrder: returnOrderRule,
  OrderItemSummary: orderItemSummaryRule,
  Contact: { derive: deriveFullName },
  Account: { derive: derivePerson },
};

export function ruleOf(object: SObject): Rule {
  return byObject[object.name] ?? {};
}

/** Everything that follows from what was given: defaults, addresses, the object's own rule, and currency. */
export function derive(org: Org, object: SObject, draft: Draft, given: readonly string[]) {
  for (const field of object.fields.values())
    if (field.initial !== undefined && draft[field.name] === undefined) draft[field.name] = field.initial;
  settleAddresses(object, draft, given);
  ruleOf(object).derive?.(draft, org);
  const currency = object.fields.get('currencyisocode');
  if (currency && (draft['CurrencyIsoCode'] ?? null) === null)
    draft['CurrencyIsoCode'] = parentCurrency(org, object, draft);
}

/** A detail's currency is its master's, anything else starts in the corporate one (§4.6). */
function parentCurrency(org: Org, object: SObject, draft: Draft) {
  const master = [...object.fields.values()].find((field) => field.relationship?.detail);
  const parent = master?.relationship && org.find(master.relationship.to, draft[master.name]);
  return parent?.['CurrencyIsoCode'] ?? corporateCurrency(org);
}

function deriveFullName(draft: Draft) {
  draft['Name'] = [draft['FirstName'], draft['LastName']].filter((part) => typeof part === 'string').join(' ');
}

/** A person account's Name is composed of the person's names (§4.2). */
function derivePerson(draft: Draft, org: Org) {
  draft['IsPersonAccount'] = org.features.personAccounts && typeof draft['LastName'] === 'string';
  if (draft['IsPersonAccount']) deriveFullName(draft);
}

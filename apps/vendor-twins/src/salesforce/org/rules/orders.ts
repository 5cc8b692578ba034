import type { Org } from '../org.js';
import { Refusal } from '../refusal.js';
import type { Row, Scalar } from '../schema.js';
import type { Rule } from './rule.js';

/** The category of a status: the OrderStatus row's StatusCode (§4.2). */
function categoryOf(org: Org, status: Scalar | undefined): Scalar {
  return org.rows('OrderStatus').find((row) => row['ApiName'] === status)?.['StatusCode'] ?? null;
}

export function isActivated(order: Row | undefined): boolean {
  return order?.['StatusCode'] === 'Activated';
}

const frozen = ['AccountId', 'Pricebook2Id', 'CurrencyIsoCode', 'OriginalOrderId'];

/** The status rules of §4.2, numbered as there. */
export const orderRule: Rule = {
  derive(draft, org) {
    draft['StatusCode'] = categoryOf(org, draft['Status']) ?? draft['StatusCode'] ?? null;
    if (draft['StatusCode'] === 'Activated') draft['ActivatedDate'] ??= org.nowText();
    if (org.features.multiCurrency) draft['CurrencyIsoCode'] ??= corporateCurrency(org);
  },

  creating(draft) {
    if ((draft['AccountId'] ?? null) === null)
      throw new Refusal('REQUIRED_FIELD_MISSING', 'Required fields are missing: [AccountId]', ['AccountId']);
    // rule 1
    if (draft['StatusCode'] !== 'Draft')
      throw new Refusal('FAILED_ACTIVATION', 'An order is created with a status of category Draft.', ['Status']);
  },

  updating(before, draft, given, org) {
    if (isActivated(before)) return refuseFrozen(before, draft);
    if (isActivated(draft)) refuseActivation(before, given, org);
  },

  deleting(row) {
    // rule 4
    if (isActivated(row)) throw new Refusal('DELETE_FAILED', 'An activated order cannot be deleted.', ['Status']);
  },
};

/** Rule 3. Going back to Draft is rule 4; custom fields stay writable. */
function refuseFrozen(before: Row, draft: Row) {
  const touched = frozen.filter((name) => (before[name] ?? null) !== (draft[name] ?? null));
  if (touched.length > 0)
    throw new Refusal(
      'FIELD_INTEGRITY_EXCEPTION',
      `unable to modify ${touched.join(', ')} of an activated order`,
      touched,
    );
}

/** Rules 2 and 6. */
function refuseActivation(before: Row, given: readonly string[], org: Org) {
  const others = given.filter((name) => name !== 'Status' && name !== 'Id');
  if (others.length > 0)
    throw new Refusal(
      'FAILED_ACTIVATION',
      'An order is activated by an update of its status and of no other field.',
      others,
    );
  const lines = org.childrenOf('OrderItem', 'OrderId', before['Id']);
  if (lines.length === 0)
    throw new Refusal('FAILED_ACTIVATION', 'An order must have at least one product.', ['Status']);
  if (lines.some((line) => org.find('PricebookEntry', line['PricebookEntryId'])?.['IsActive'] !== true))
    throw new Refusal('FAILED_ACTIVATION', 'Every order product needs an active price book entry.', ['Status']);
}

/** What a record gets when it names no currency (§4.6). */
export function corporateCurrency(org: Org): Scalar {
  return org.rows('CurrencyType').find((row) => row['IsCorporate'] === true)?.['IsoCode'] ?? null;
}

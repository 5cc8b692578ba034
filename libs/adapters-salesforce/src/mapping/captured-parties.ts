import type { CapturedAddress, CapturedCustomer, CapturedDelivery } from '@tandem/domain';
import type { ORDER, ORDER_ITEM } from './order-fields.js';
import { textOf, type RowOf } from './row.js';

/** A person where the account or the bill-to contact is one, else the account by its name. Without a key it is a guest. */
export function customer(order: RowOf<typeof ORDER>): CapturedCustomer | undefined {
  const person = textOf(order, 'Account.LastName') ? 'Account' : 'BillToContact';
  const lastName = textOf(order, `${person}.LastName`);
  const found: CapturedCustomer = {
    key: textOf(order, 'Account.OMS_Customer_Key__c'),
    firstName: lastName === undefined ? undefined : textOf(order, `${person}.FirstName`),
    lastName: lastName ?? textOf(order, 'Account.Name'),
    email: textOf(order, 'BillingEmailAddress'),
    phone: textOf(order, 'BillingPhoneNumber'),
    taxExemptId: textOf(order, 'Account.OMS_Tax_Exempt_Id__c'),
  };
  return Object.values(found).some((value) => value !== undefined) ? found : undefined;
}

/** Codes win over names: where an org has both, the name is whatever its administrator chose (§4.6). */
export function billTo(order: RowOf<typeof ORDER>): CapturedAddress | undefined {
  return unlessEmpty({
    firstName: textOf(order, 'BillToContact.FirstName'),
    lastName: textOf(order, 'BillToContact.LastName'),
    lines: street(textOf(order, 'BillingStreet')),
    city: textOf(order, 'BillingCity'),
    state: textOf(order, 'BillingStateCode') ?? textOf(order, 'BillingState'),
    postalCode: textOf(order, 'BillingPostalCode'),
    country: textOf(order, 'BillingCountryCode') ?? textOf(order, 'BillingCountry'),
    phone: textOf(order, 'BillingPhoneNumber'),
    email: textOf(order, 'BillingEmailAddress'),
  });
}

/** Of the group that the item is delivered in. */
export function delivery(item: RowOf<typeof ORDER_ITEM>): CapturedDelivery | undefined {
  const found: CapturedDelivery = {
    method: textOf(item, 'OrderDeliveryGroup.OrderDeliveryMethod.Name'),
    address: unlessEmpty({
      firstName: undefined,
      // One field holds the whole name. Where it splits differs by country, so it is not split.
      lastName: textOf(item, 'OrderDeliveryGroup.DeliverToName'),
      lines: street(textOf(item, 'OrderDeliveryGroup.DeliverToStreet')),
      city: textOf(item, 'OrderDeliveryGroup.DeliverToCity'),
      state: textOf(item, 'OrderDeliveryGroup.DeliverToStateCode') ?? textOf(item, 'OrderDeliveryGroup.DeliverToState'),
      postalCode: textOf(item, 'OrderDeliveryGroup.DeliverToPostalCode'),
      country:
        textOf(item, 'OrderDeliveryGroup.DeliverToCountryCode') ?? textOf(item, 'OrderDeliveryGroup.DeliverToCountry'),
      phone: textOf(item, 'OrderDeliveryGroup.PhoneNumber'),
      email: textOf(item, 'OrderDeliveryGroup.EmailAddress'),
    }),
    store: textOf(item, 'OrderDeliveryGroup.OMS_Store__c'),
  };
  return Object.values(found).some((value) => value !== undefined) ? found : undefined;
}

const street = (text: string | undefined): readonly string[] =>
  text?.split(/\r?\n/).flatMap((part) => part.trim() || []) ?? [];

const unlessEmpty = (address: CapturedAddress): CapturedAddress | undefined =>
  Object.values(address).some((value) => (Array.isArray(value) ? value.length > 0 : value !== undefined))
    ? address
    : undefined;

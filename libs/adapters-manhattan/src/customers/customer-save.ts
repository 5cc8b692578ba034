import { given, type AddressField, type CustomerChange, type PersonField } from '@tandem/domain';
import type { JsonObject } from '../json.js';

const PERSON: Readonly<Record<PersonField, string>> = {
  firstName: 'FirstName',
  lastName: 'LastName',
  email: 'Email',
  phone: 'Phone',
  taxExemptId: 'TaxExemptId',
};

const ADDRESS: Readonly<Record<AddressField, string>> = {
  firstName: 'FirstName',
  lastName: 'LastName',
  line1: 'Address1',
  line2: 'Address2',
  line3: 'Address3',
  city: 'City',
  state: 'State',
  postalCode: 'PostalCode',
  country: 'Country',
  phone: 'Phone',
  email: 'Email',
};

/**
 * The body of `customer/save` (§8): an upsert by CustomerId, its addresses by AddressId and AddressTypeId. What is not named stays (§2.5);
 * an empty text clears, since null is never sent (§12).
 */
export const customerSave = ({ key, fields, addresses }: CustomerChange): JsonObject =>
  given({
    CustomerId: key,
    ...named(fields, PERSON),
    CustomerAddress:
      addresses.length === 0
        ? undefined
        : addresses.map((address) => ({
            AddressId: address.id,
            AddressTypeId: address.use === 'shipping' ? 'Shipping' : 'Billing',
            Address: named(address.fields, ADDRESS),
          })),
  });

const named = <Field extends string>(
  fields: Readonly<Partial<Record<Field, string>>>,
  names: Readonly<Record<Field, string>>,
): JsonObject => {
  const object: Record<string, string> = {};
  for (const field in names) {
    const value = fields[field];
    if (value !== undefined) object[names[field]] = value;
  }
  return object;
};

import { given, type RegisteredCustomer } from '@tandem/domain';
import type { JsonObject } from '../json.js';
import { vendorAddress } from '../vendor-address.js';

/** The body of `customer/save` (§8): an upsert by CustomerId, its addresses by AddressId and AddressTypeId. */
export function customerSave(customer: RegisteredCustomer): JsonObject {
  const { addresses } = customer;
  return given({
    CustomerId: customer.key,
    FirstName: customer.firstName,
    LastName: customer.lastName,
    Email: customer.email,
    Phone: customer.phone,
    TaxExemptId: customer.taxExemptId,
    CustomerAddress:
      addresses.length === 0
        ? undefined
        : addresses.map(({ id, use, address }) => ({
            AddressId: id,
            AddressTypeId: use === 'shipping' ? 'Shipping' : 'Billing',
            Address: vendorAddress(address),
          })),
  });
}

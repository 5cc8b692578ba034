import { given, type Address } from '@tandem/domain';
import type { JsonObject } from './json.js';

/** An address as orders and customers carry it (§3.4, §8). It has three street lines: what is beyond them joins the third. */
export function vendorAddress(address: Address): JsonObject {
  const [first, second, ...rest] = address.lines;
  return given({
    FirstName: address.firstName,
    LastName: address.lastName,
    Address1: first,
    Address2: second,
    Address3: rest.length === 0 ? undefined : rest.join(', '),
    City: address.city,
    State: address.state,
    PostalCode: address.postalCode,
    Country: address.country,
    Phone: address.phone,
    Email: address.email,
  });
}

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

/**
 * An address that takes the place of another: a save merges, and what is not sent stays (§2.5), so that a shorter address would keep
 * the second line of the longer one. What it has not is sent as empty text, as in the skeleton of §3.4; null is never sent (§12).
 */
export const replacingAddress = (address: Address): JsonObject => ({ ...EMPTY, ...vendorAddress(address) });

const EMPTY = {
  FirstName: '',
  LastName: '',
  Address2: '',
  Address3: '',
  State: '',
  PostalCode: '',
  Phone: '',
  Email: '',
};

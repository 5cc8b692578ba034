import { AccountComplaints, type Readings } from './account-complaints.js';
import { acceptAccountAddress } from './accept-account-address.js';
import type { Address } from './address.js';
import type { RegisteredCustomer } from './customer.js';
import type { Told } from './captured-account.js';

/**
 * The customer of an order as the OMS keeps customers: phone numbers in E.164, addresses as their country writes them. What cannot be read
 * so stays as the order says: the order itself was accepted with it, and nothing is cut.
 */
export function readOrderCustomer(customer: RegisteredCustomer, readings: Readings): RegisteredCustomer {
  const { phone, addresses } = customer;
  const read = addresses.map((one) => ({ ...one, address: readAddress(one.address, readings) }));
  const home = (read.find(({ use }) => use === 'billing') ?? read[0])?.address.country;
  return {
    ...customer,
    ...(phone !== undefined && { phone: readings.phones.e164(phone, home) ?? phone }),
    addresses: read,
  };
}

function readAddress(address: Address, readings: Readings): Address {
  const complaints = new AccountComplaints();
  const told = (value: string | undefined): Told => ({ field: '', value });
  const { firstName, lastName, lines, city, state, postalCode, country, email } = address;
  const captured = {
    ...{ id: '', use: 'shipping' as const, lines: { field: '', value: lines } },
    ...{ firstName: told(firstName), lastName: told(lastName), city: told(city), state: told(state) },
    ...{ postalCode: told(postalCode), country: told(country), phone: told(undefined), email: told(email) },
  };
  const accepted = acceptAccountAddress(complaints, captured, readings);
  const taken = complaints.violations.length === 0 ? accepted : address;
  const { phone } = address;
  return phone === undefined ? taken : { ...taken, phone: readings.phones.e164(phone, taken.country) ?? phone };
}

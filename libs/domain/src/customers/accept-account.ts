import type { Violation } from '../kernel/faults.js';
import { given } from '../kernel/given.js';
import { customerKey } from '../kernel/ids.js';
import { AccountComplaints, type Readings } from './account-complaints.js';
import { acceptAccountAddress } from './accept-account-address.js';
import type { CapturedAccount, CapturedAccountAddress } from './captured-account.js';
import { USUAL_LENGTHS, type Countries } from './countries.js';
import type { RegisteredCustomer } from './customer.js';

export type AccountAcceptance =
  | { readonly kind: 'accepted'; readonly customer: RegisteredCustomer }
  | { readonly kind: 'refused'; readonly violations: readonly Violation[] };

/** Judges an account as the CRM holds it: a customer with its addresses as the OMS takes them, or everything that is wrong with it. */
export function acceptAccount(captured: CapturedAccount, readings: Readings): AccountAcceptance {
  const complaints = new AccountComplaints();
  const { key, firstName, lastName, email, phone, taxExemptId } = captured;
  const customer: RegisteredCustomer = {
    kind: 'registered',
    key: customerKey(complaints.required({ field: 'the key of the customer', value: key })),
    lastName: complaints.fitting({ ...lastName, value: complaints.required(lastName) }, USUAL_LENGTHS.lastName),
    ...given({
      firstName: complaints.optional(firstName, USUAL_LENGTHS.firstName),
      email: complaints.optional(email, USUAL_LENGTHS.email),
      phone: complaints.phone(phone, readings.phones, countryOf(captured.addresses, readings.countries)),
      taxExemptId: taxExemptId.value,
    }),
    addresses: captured.addresses.map((address) => ({
      id: address.id,
      use: address.use,
      address: acceptAccountAddress(complaints, address, readings),
    })),
  };
  return complaints.violations.length === 0
    ? { kind: 'accepted', customer }
    : { kind: 'refused', violations: complaints.violations };
}

/** Where the customer is at home: a number without country code is dialled from there. */
const countryOf = (addresses: readonly CapturedAccountAddress[], countries: Countries): string | undefined =>
  addresses.map(({ country }) => country.value && countries.find(country.value)?.code).find((code) => code);

import { digest } from '../kernel/digest.js';
import type { CustomerKey } from '../kernel/ids.js';
import type { Address } from './address.js';
import type { CustomerAddress, OrderCustomer, RegisteredCustomer } from './customer.js';

export type PersonField = 'firstName' | 'lastName' | 'email' | 'phone' | 'taxExemptId';
export type AddressField = Exclude<keyof Address, 'lines'> | 'line1' | 'line2' | 'line3';

/** What is to be saved of a customer: only what differs. An empty text clears the field. */
export interface CustomerChange {
  readonly key: CustomerKey;
  readonly fields: Readonly<Partial<Record<PersonField, string>>>;
  /** New ones whole, known ones with what differs. */
  readonly addresses: readonly AddressChange[];
}

export interface AddressChange extends Pick<CustomerAddress, 'id' | 'use'> {
  readonly fields: Readonly<Partial<Record<AddressField, string>>>;
}

/**
 * What the OMS confirmed of a customer, field by field (`lastName`, `billing/home/city`), as digests: enough to see a difference, and
 * nothing to read.
 */
export type Fingerprint = Readonly<Record<string, string>>;

/** Stands for a field that was sent and not confirmed: the OMS may hold it, or what it held before. */
const UNSURE = '?';

/** Field-level difference: what to save so that the OMS holds the customer. Addresses are never taken away. */
export function customerChange(customer: RegisteredCustomer, confirmed: Fingerprint): CustomerChange {
  const { key, addresses, firstName, lastName, email, phone, taxExemptId } = customer;
  return {
    key,
    fields: differing({ firstName, lastName, email, phone, taxExemptId }, confirmed, ''),
    addresses: addresses.flatMap(({ id, use, address }) => {
      const fields = differing(addressFields(address), confirmed, prefixOf({ id, use }));
      return Object.keys(fields).length === 0 ? [] : [{ id, use, fields }];
    }),
  };
}

/**
 * What an order needs of its customer: one that the OMS knows is left as the account says, and only given addresses that it lacks,
 * whatever their id.
 */
export function changeForOrder(customer: RegisteredCustomer, confirmed: Fingerprint): CustomerChange {
  const { lastName } = confirmed;
  const isKnown = lastName !== undefined && lastName !== UNSURE;
  const addresses = customer.addresses.filter((address) => !isHeld(address, confirmed));
  const change = customerChange({ ...customer, addresses }, confirmed);
  return isKnown ? { ...change, fields: {} } : change;
}

/** Who must be saved at the OMS before an order of theirs is placed; nobody where it knows all that the order needs. */
export function customerNeeded(
  customer: OrderCustomer,
  tracked: { readonly confirmed: Fingerprint } | undefined,
): RegisteredCustomer | undefined {
  if (customer.kind === 'guest') return undefined;
  return changesNothing(changeForOrder(customer, tracked?.confirmed ?? {})) ? undefined : customer;
}

export const changesNothing = ({ fields, addresses }: CustomerChange): boolean =>
  Object.keys(fields).length === 0 && addresses.length === 0;

/** What is sure once the change is on its way, or its answer was lost. */
export const unsureOf = (confirmed: Fingerprint, change: CustomerChange): Fingerprint => ({
  ...confirmed,
  ...Object.fromEntries(pathsOf(change).map((path) => [path, UNSURE])),
});

/** What is sure once the OMS has taken the change. */
export function confirmedAfter(confirmed: Fingerprint, change: CustomerChange): Fingerprint {
  const next: Record<string, string> = { ...confirmed };
  for (const [path, value] of valuesOf(change)) {
    if (value === '') delete next[path];
    else next[path] = digestOf(path, value);
  }
  return next;
}

/** The paths of all fields that the change touches. */
export const pathsOf = (change: CustomerChange): readonly string[] => valuesOf(change).map(([path]) => path);

function valuesOf({ fields, addresses }: CustomerChange): readonly (readonly [string, string])[] {
  return [
    ...Object.entries(fields),
    ...addresses.flatMap((address) =>
      Object.entries(address.fields).map(([field, value]) => [`${prefixOf(address)}${field}`, value] as const),
    ),
  ];
}

function differing<Field extends string>(
  wanted: Readonly<Record<Field, string | undefined>>,
  confirmed: Fingerprint,
  prefix: string,
): Partial<Record<Field, string>> {
  const changed: Partial<Record<Field, string>> = {};
  for (const field in wanted) {
    const value = wanted[field] || undefined;
    const path = `${prefix}${field}`;
    const held = confirmed[path];
    if (value === undefined ? held !== undefined : held !== digestOf(path, value)) changed[field] = value ?? '';
  }
  return changed;
}

function isHeld({ use, address }: CustomerAddress, confirmed: Fingerprint): boolean {
  const wanted = Object.entries(addressFields(address)).filter(([, value]) => value);
  const ids = new Set(
    Object.keys(confirmed).flatMap((path) => (path.startsWith(`${use}/`) ? (path.split('/')[1] ?? []) : [])),
  );
  return [...ids].some((id) => {
    const prefix = prefixOf({ id, use });
    const held = Object.keys(confirmed).filter((path) => path.startsWith(prefix));
    return (
      held.length === wanted.length &&
      wanted.every(([field, value]) => confirmed[`${prefix}${field}`] === digestOf(field, value ?? ''))
    );
  });
}

const prefixOf = ({ id, use }: Pick<CustomerAddress, 'id' | 'use'>): string => `${use}/${id}/`;

/** By field and value, so that two addresses can be compared. */
const digestOf = (path: string, value: string): string => digest(`${path.slice(path.lastIndexOf('/') + 1)}=${value}`);

/** An address at the OMS has three street lines: what is beyond them joins the third. */
function addressFields({ lines, ...rest }: Address): Record<AddressField, string | undefined> {
  const [line1, line2, ...further] = lines;
  const { firstName, lastName, city, state, postalCode, country, phone, email } = rest;
  const line3 = further.length === 0 ? undefined : further.join(', ');
  return { firstName, lastName, line1, line2, line3, city, state, postalCode, country, phone, email };
}

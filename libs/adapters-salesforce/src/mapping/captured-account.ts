import {
  crmRecordId,
  type AccountHead,
  type CapturedAccount,
  type CapturedAccountAddress,
  type Told,
} from '@tandem/domain';
import type { ACCOUNT, ACCOUNT_HEAD, AddressPart, CONTACT, CONTACT_HEAD } from './account-fields.js';
import { idOf, textOf, type Row, type RowOf } from './row.js';

type AccountRow = RowOf<typeof ACCOUNT>;
type ContactRow = RowOf<typeof CONTACT>;

/**
 * The account in our shape (§4.2). A person account is a person; else its oldest contact is the person, and every contact's mailing
 * address is one to ship to; an account without contacts is known by its name. Never throws and invents nothing.
 */
export function capturedAccount(account: AccountRow, contacts: readonly ContactRow[]): CapturedAccount {
  const isPerson = textOf(account, 'LastName') !== undefined;
  const people = isPerson ? [] : inOrderOfCreation(contacts);
  return {
    accountId: crmRecordId(idOf(account)),
    key: textOf(account, 'OMS_Customer_Key__c'),
    ...(people[0] ? personOf(people[0], account) : ownPerson(account, isPerson)),
    taxExemptId: onAccount(account, 'OMS_Tax_Exempt_Id__c'),
    addresses: [
      ...address(account, 'Account', 'Billing', { id: 'billing', use: 'billing' }),
      ...address(account, 'Account', 'Shipping', { id: 'shipping', use: 'shipping' }),
      ...(isPerson ? address(account, 'Account', 'PersonMailing', { id: 'mailing', use: 'shipping' }) : []),
      ...people.flatMap((contact) => contactAddress(contact)),
    ],
  };
}

type Person = Pick<CapturedAccount, 'firstName' | 'lastName' | 'email' | 'phone'>;

const ownPerson = (account: AccountRow, isPerson: boolean): Person => ({
  firstName: onAccount(account, 'FirstName'),
  lastName: onAccount(account, isPerson ? 'LastName' : 'Name'),
  email: onAccount(account, 'PersonEmail'),
  phone: firstTold([onAccount(account, 'Phone'), onAccount(account, 'PersonMobilePhone')]),
});

const personOf = (contact: ContactRow, account: AccountRow): Person => ({
  firstName: onContact(contact, 'FirstName'),
  lastName: onContact(contact, 'LastName'),
  email: onContact(contact, 'Email'),
  phone: firstTold([onContact(contact, 'Phone'), onContact(contact, 'MobilePhone'), onAccount(account, 'Phone')]),
});

const contactAddress = (contact: ContactRow) =>
  address(
    contact,
    'Contact',
    'Mailing',
    { id: `contact-${idOf(contact).slice(0, 15)}`, use: 'shipping' },
    {
      firstName: onContact(contact, 'FirstName'),
      lastName: onContact(contact, 'LastName'),
      email: onContact(contact, 'Email'),
      phone: firstTold([onContact(contact, 'Phone'), onContact(contact, 'MobilePhone')]),
    },
  );

/** One block of address fields; none where it holds no place. Codes win over names: those are whatever the administrator chose (§4.6). */
function address<Of extends 'Billing' | 'Shipping' | 'PersonMailing' | 'Mailing'>(
  row: Row<AddressPart<Of>>,
  object: string,
  block: Of,
  name: Pick<CapturedAccountAddress, 'id' | 'use'>,
  person: Person = NOBODY,
): readonly CapturedAccountAddress[] {
  const told = (part: 'Street' | 'City' | 'State' | 'PostalCode' | 'Country' | 'StateCode' | 'CountryCode'): Told => ({
    field: `${object}.${block}${part}`,
    value: textOf(row, `${block}${part}`),
  });
  const street = told('Street');
  const [city, postalCode] = [told('City'), told('PostalCode')];
  if ([street, city, postalCode].every(({ value }) => value === undefined)) return [];
  const lines = { field: street.field, value: street.value?.split(/\r?\n/).flatMap((line) => line.trim() || []) };
  const state = firstTold([told('StateCode'), told('State')]);
  const country = firstTold([told('CountryCode'), told('Country')]);
  return [{ ...name, ...person, lines, city, state, postalCode, country }];
}

const NOBODY: Person = {
  firstName: { field: '', value: undefined },
  lastName: { field: '', value: undefined },
  email: { field: '', value: undefined },
  phone: { field: '', value: undefined },
};

export const headOfAccount = (row: RowOf<typeof ACCOUNT_HEAD>): AccountHead => ({
  accountId: crmRecordId(idOf(row)),
  key: textOf(row, 'OMS_Customer_Key__c'),
  countries: written([
    textOf(row, 'BillingCountryCode') ?? textOf(row, 'BillingCountry'),
    textOf(row, 'ShippingCountryCode') ?? textOf(row, 'ShippingCountry'),
    textOf(row, 'PersonMailingCountryCode') ?? textOf(row, 'PersonMailingCountry'),
  ]),
});

/** Undefined for a contact without account. */
export function headOfContact(row: RowOf<typeof CONTACT_HEAD>): AccountHead | undefined {
  const accountId = textOf(row, 'AccountId');
  if (accountId === undefined) return undefined;
  return {
    accountId: crmRecordId(accountId),
    key: textOf(row, 'Account.OMS_Customer_Key__c'),
    countries: written([
      textOf(row, 'Account.BillingCountryCode') ?? textOf(row, 'Account.BillingCountry'),
      textOf(row, 'Account.ShippingCountryCode') ?? textOf(row, 'Account.ShippingCountry'),
      textOf(row, 'MailingCountryCode') ?? textOf(row, 'MailingCountry'),
    ]),
  };
}

const written = (countries: readonly (string | undefined)[]) => countries.filter((country) => country !== undefined);

const onAccount = (row: AccountRow, field: (typeof ACCOUNT)['fields'][number]): Told => ({
  field: `Account.${field}`,
  value: textOf(row, field),
});

const onContact = (row: ContactRow, field: (typeof CONTACT)['fields'][number]): Told => ({
  field: `Contact.${field}`,
  value: textOf(row, field),
});

/** The first that has a value; else the last, which is where one would be looked for. */
function firstTold(told: readonly [Told, ...Told[]]): Told {
  return told.find(({ value }) => value !== undefined) ?? told.at(-1) ?? told[0];
}

const inOrderOfCreation = (contacts: readonly ContactRow[]): readonly ContactRow[] =>
  contacts.toSorted((one, other) => (ageOf(one) < ageOf(other) ? -1 : 1));

const ageOf = (contact: ContactRow) => `${textOf(contact, 'CreatedDate') ?? ''} ${idOf(contact)}`;

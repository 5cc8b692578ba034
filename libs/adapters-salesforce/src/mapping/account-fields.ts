import { selection } from './order-fields.js';

const CODES = ['StateCode', 'CountryCode'] as const;
const PARTS = ['Street', 'City', 'State', 'PostalCode', 'Country', ...CODES] as const;

/** Names before the parts of an address in its block of fields. */
type Block = 'Billing' | 'Shipping' | 'PersonMailing' | 'Mailing';
export type AddressPart<Of extends Block> = `${Of}${(typeof PARTS)[number]}`;

const block = <Of extends Block>(of: Of) => PARTS.map((part): AddressPart<Of> => `${of}${part}`);

const codesOf = (object: string, of: Block) =>
  Object.fromEntries(CODES.map((code) => [`${of}${code}`, `${object}.${of}${code}`]));

const whole = (object: string, of: Block) =>
  Object.fromEntries(block(of).map((field) => [field, `${object}.${field}`]));

/** An account as a customer (§4.2); a person account has the person's own fields. */
export const ACCOUNT = selection(
  'Account',
  [
    'Id',
    'Name',
    'Phone',
    'FirstName',
    'LastName',
    'PersonEmail',
    'PersonMobilePhone',
    'OMS_Customer_Key__c',
    'OMS_Tax_Exempt_Id__c',
    ...block('Billing'),
    ...block('Shipping'),
    ...block('PersonMailing'),
  ],
  {
    FirstName: 'Account.FirstName',
    LastName: 'Account.LastName',
    PersonEmail: 'Account.PersonEmail',
    PersonMobilePhone: 'Account.PersonMobilePhone',
    ...codesOf('Account', 'Billing'),
    ...codesOf('Account', 'Shipping'),
    ...whole('Account', 'PersonMailing'),
  },
);

/** The people of an account that is none itself. */
export const CONTACT = selection(
  'Contact',
  ['Id', 'CreatedDate', 'FirstName', 'LastName', 'Email', 'Phone', 'MobilePhone', ...block('Mailing')],
  codesOf('Contact', 'Mailing'),
);

const countries = <Of extends Block>(of: Of) => [`${of}Country`, `${of}CountryCode`] as const;

/** Enough of an account to know whose customer it is. */
export const ACCOUNT_HEAD = selection(
  'Account',
  ['Id', 'OMS_Customer_Key__c', ...countries('Billing'), ...countries('Shipping'), ...countries('PersonMailing')],
  {
    BillingCountryCode: 'Account.BillingCountryCode',
    ShippingCountryCode: 'Account.ShippingCountryCode',
    PersonMailingCountry: 'Account.PersonMailingCountry',
    PersonMailingCountryCode: 'Account.PersonMailingCountryCode',
  },
);

/** The account of a contact, as `ACCOUNT_HEAD`, with where the contact lives. */
export const CONTACT_HEAD = selection(
  'Contact',
  [
    'Id',
    'AccountId',
    'Account.OMS_Customer_Key__c',
    'Account.BillingCountry',
    'Account.BillingCountryCode',
    'Account.ShippingCountry',
    'Account.ShippingCountryCode',
    ...countries('Mailing'),
  ],
  {
    'Account.BillingCountryCode': 'Account.BillingCountryCode',
    'Account.ShippingCountryCode': 'Account.ShippingCountryCode',
    MailingCountryCode: 'Contact.MailingCountryCode',
  },
);

/** All that customers are read by. */
export const CUSTOMER_SELECTIONS = [ACCOUNT, CONTACT, ACCOUNT_HEAD, CONTACT_HEAD];

import { all, children, object, references, type Shape } from './shape.js';

const extended = all('open', 'Extended');

const customerAddress: Shape = {
  // One sample repeats an address id with another type: the pair is the key (§8).
  key: ['AddressId', 'AddressTypeId'],
  attributes: {
    ...all('text', 'AddressId AddressTypeId AddressName'),
    ...all('flag', 'IsPreferred IsAddressVerified'),
    Address: object({
      key: [],
      attributes: all(
        'text',
        'FirstName LastName Address1 Address2 Address3 City State PostalCode County Country Phone Email',
      ),
    }),
    ...extended,
  },
};

const customerPaymentMethod: Shape = {
  key: ['PaymentMethodId'],
  attributes: all(
    'text',
    'PaymentMethodId PaymentMethodType CardType AccountNumber AccountDisplayNumber NameOnCard CardExpiryMonth CardExpiryYear BillingAddressId',
  ),
};

/** What `customer/save` takes (§8). */
export const customerShape: Shape = {
  key: ['CustomerId'],
  attributes: {
    ...all('text', 'CustomerId FirstName LastName Phone Email CustomerType CustomerCategory ParentCustomerId Gender'),
    ...all('text', 'TaxExemptId Birthday AnniversaryDate'),
    ...all('flag', 'IsActive'),
    ...references('Status'),
    CustomerAddress: children(customerAddress),
    CustomerPaymentMethod: children(customerPaymentMethod),
    CustomerAttribute: children({ key: ['Name'], attributes: all('text', 'Name Value') }),
    CustomerPreferences: object({
      key: [],
      attributes: all('text', 'PreferredShipViaId PreferredStoreLocationId PreferredContactMethodId PreferredCallTime'),
    }),
    CustomerAlternateId: children({ key: ['InactiveCustomerId'], attributes: all('text', 'InactiveCustomerId') }),
    ...extended,
  },
};

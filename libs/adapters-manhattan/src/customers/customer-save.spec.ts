import { describe, expect, it } from '@jest/globals';
import { customerChange, customerKey, type RegisteredCustomer } from '@tandem/domain';
import { customerSave } from './customer-save.js';

const address = { lines: ['12 Larch Lane'], city: 'Fernhill', postalCode: '30301', country: 'US' };

const customer: RegisteredCustomer = {
  kind: 'registered',
  key: customerKey('C-77'),
  lastName: 'Oakfield',
  phone: '+15550100',
  addresses: [
    { id: 'A1', use: 'shipping', address },
    { id: 'A1', use: 'billing', address },
  ],
};

describe('The save of a customer', () => {
  it('carries the key and what is known, and addresses by id and type (§8)', () => {
    const Address = { Address1: '12 Larch Lane', City: 'Fernhill', PostalCode: '30301', Country: 'US' };
    expect(customerSave(customerChange(customer, {}))).toEqual({
      CustomerId: 'C-77',
      LastName: 'Oakfield',
      Phone: '+15550100',
      CustomerAddress: [
        { AddressId: 'A1', AddressTypeId: 'Shipping', Address },
        { AddressId: 'A1', AddressTypeId: 'Billing', Address },
      ],
    });
  });

  it('leaves addresses alone where none is given, since children merge (§2.5)', () => {
    expect(customerSave(customerChange({ ...customer, addresses: [] }, {}))).not.toHaveProperty('CustomerAddress');
  });

  it('names of a known customer what differs, and clears with an empty text (§12)', () => {
    const fields = { phone: '' };
    const addresses = [{ id: 'A1', use: 'billing' as const, fields: { city: 'Dale', line2: '' } }];
    expect(customerSave({ key: customer.key, fields, addresses })).toEqual({
      CustomerId: 'C-77',
      Phone: '',
      CustomerAddress: [{ AddressId: 'A1', AddressTypeId: 'Billing', Address: { City: 'Dale', Address2: '' } }],
    });
  });
});

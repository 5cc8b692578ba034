import { describe, expect, it } from '@jest/globals';
import { customerKey } from '../kernel/ids.js';
import { Countries } from './countries.js';
import type { RegisteredCustomer } from './customer.js';
import { PhoneNumbers } from './phone-numbers.js';
import { readOrderCustomer } from './read-order-customer.js';

/** Knows one country code, and numbers of ten digits. */
class TenDigits extends PhoneNumbers {
  override e164(written: string, country: string | undefined): string | undefined {
    const digits = written.replace(/\D/g, '');
    return country === 'US' && digits.length === 10 ? `+1${digits}` : undefined;
  }
}

const us = {
  code: 'US',
  names: ['United States'],
  state: { required: true, give: 'code' as const, known: { GA: ['Georgia'] } },
  postalCode: { required: true, pattern: '\\d{5}', example: '30301' },
  lines: { most: 3, order: 'as-written' as const },
};
const readings = { countries: new Countries([us]), phones: new TenDigits() };

const address = { lines: ['1 Way'], city: 'Moss', state: 'Georgia', postalCode: '30301', country: 'US' };
const mira: RegisteredCustomer = {
  kind: 'registered',
  key: customerKey('C-7'),
  lastName: 'Oakfield',
  phone: '(202) 555-0107',
  addresses: [{ id: 'd1', use: 'shipping', address: { ...address, phone: '202 555 0118' } }],
};

describe('The customer of an order', () => {
  it('is given to the OMS as accounts are: phones in E.164, addresses by the rules of their country', () => {
    expect(readOrderCustomer(mira, readings)).toEqual({
      ...mira,
      phone: '+12025550107',
      addresses: [{ id: 'd1', use: 'shipping', address: { ...address, state: 'GA', phone: '+12025550118' } }],
    });
  });

  it('stays as the order says where it cannot be read so', () => {
    const odd = { ...address, state: 'Elsewhere', phone: 'at the gate' };
    const customer = { ...mira, phone: 'none', addresses: [{ id: 'd1', use: 'shipping' as const, address: odd }] };
    expect(readOrderCustomer(customer, readings)).toEqual(customer);
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { customerKey } from '../kernel/ids.js';
import type { CustomerAddress, RegisteredCustomer } from './customer.js';
import {
  changeForOrder,
  changesNothing,
  confirmedAfter,
  customerChange,
  customerNeeded,
  pathsOf,
  unsureOf,
  type CustomerChange,
  type Fingerprint,
} from './customer-change.js';

const home: CustomerAddress = {
  id: 'home',
  use: 'billing',
  address: { lines: ['12 Larch Lane', 'Flat 2'], city: 'Fernhill', state: 'GA', country: 'US' },
};
const mira: RegisteredCustomer = {
  kind: 'registered',
  key: customerKey('C-7'),
  firstName: 'Mira',
  lastName: 'Oakfield',
  phone: '+12025550107',
  addresses: [home],
};
const known = confirmedAfter({}, customerChange(mira, {}));

describe('The change of a customer', () => {
  it('is everything for one that the OMS does not know', () => {
    expect(customerChange(mira, {})).toEqual({
      key: 'C-7',
      fields: { firstName: 'Mira', lastName: 'Oakfield', phone: '+12025550107' },
      addresses: [
        {
          id: 'home',
          use: 'billing',
          fields: { line1: '12 Larch Lane', line2: 'Flat 2', city: 'Fernhill', state: 'GA', country: 'US' },
        },
      ],
    });
  });

  it('is nothing where nothing differs', () => {
    expect(changesNothing(customerChange(mira, known))).toBe(true);
  });

  it('is one field of one address where one field differs, and empty where it was taken away', () => {
    const { phone: _, ...unreachable } = mira;
    const address = { ...home.address, lines: ['12 Larch Lane'], city: 'Dale' };
    expect(customerChange({ ...unreachable, addresses: [{ ...home, address }] }, known)).toEqual({
      key: 'C-7',
      fields: { phone: '' },
      addresses: [{ id: 'home', use: 'billing', fields: { city: 'Dale', line2: '' } }],
    });
  });

  it('holds again what was sent and never answered for, even where it has gone back since', () => {
    const sent = customerChange({ ...mira, phone: '+12025550118' }, known);
    const unsure = unsureOf(known, sent);
    expect(customerChange(mira, unsure).fields).toEqual({ phone: '+12025550107' });
    const { phone: _, ...unreachable } = mira;
    expect(customerChange(unreachable, unsure).fields).toEqual({ phone: '' });
  });

  it('keeps no value that a person could read', () => {
    expect(JSON.stringify(known)).not.toMatch(/Mira|Oakfield|2025550107|Larch|Fernhill/);
  });

  it('always leads the OMS to hold the customer, whatever was lost on the way', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ customer: anyone, lost: fc.boolean(), dead: fc.boolean() })), (steps) => {
        const oms = new Map<string, string>();
        let confirmed: Fingerprint = {};
        for (const { customer, lost, dead } of [...steps, { customer: mira, lost: false, dead: false }]) {
          const change = customerChange(customer, confirmed);
          confirmed = unsureOf(confirmed, change);
          if (!lost) applied(oms, change);
          if (!lost && !dead) confirmed = confirmedAfter(confirmed, change);
        }
        expect(heldOf(oms)).toMatchObject(heldOf(applied(new Map(), customerChange(mira, {}))));
        expect(changesNothing(customerChange(mira, confirmed))).toBe(true);
      }),
    );
  });
});

describe('What an order needs of its customer', () => {
  const shipTo: CustomerAddress = { ...home, id: 'd1', use: 'shipping' };

  it('is the whole customer where the OMS does not know them', () => {
    expect(customerNeeded(mira, undefined)).toBe(mira);
    expect(changeForOrder(mira, {})).toEqual(customerChange(mira, {}));
  });

  it('is only the address that the OMS lacks where it knows them: the account says who they are', () => {
    const ordering = { ...mira, firstName: 'M.', addresses: [home, shipTo] };
    const change = changeForOrder(ordering, known);
    expect([change.fields, change.addresses.map(({ id }) => id)]).toEqual([{}, ['d1']]);
    expect(pathsOf(change).every((path) => path.startsWith('shipping/d1/'))).toBe(true);
  });

  it('is nothing where the OMS has the address under another name, and for guests', () => {
    expect(customerNeeded({ ...mira, addresses: [{ ...home, id: 'd2' }] }, { confirmed: known })).toBeUndefined();
    expect(customerNeeded({ kind: 'guest', lastName: 'Oakfield' }, undefined)).toBeUndefined();
  });

  it('is the whole customer where the OMS never confirmed them', () => {
    expect(customerNeeded(mira, { confirmed: unsureOf({}, customerChange(mira, {})) })).toBe(mira);
  });
});

const some = fc.option(fc.constantFrom('a', 'b'), { nil: undefined });
const anyone = fc
  .record({ email: some, phone: some, city: fc.constantFrom('x', 'y'), lines: fc.array(fc.constantFrom('p', 'q')) })
  .map(({ email, phone, city, lines }): RegisteredCustomer => ({
    ...mira,
    ...(email && { email }),
    ...(phone && { phone }),
    addresses: [{ ...home, address: { lines, city, country: 'US' } }],
  }));

/** As the OMS merges (§2.5 of its sheet): what is not sent stays. */
function applied(oms: Map<string, string>, { fields, addresses }: CustomerChange): Map<string, string> {
  for (const [field, value] of Object.entries(fields)) oms.set(field, value);
  for (const { id, use, fields: own } of addresses)
    for (const [field, value] of Object.entries(own)) oms.set(`${use}/${id}/${field}`, value);
  return oms;
}

const heldOf = (oms: ReadonlyMap<string, string>) => Object.fromEntries([...oms].filter(([, value]) => value !== ''));

import { describe, expect, it } from '@jest/globals';
import {
  acceptAccount,
  crmRecordId,
  type AccountAcceptance,
  type CapturedAccountAddress,
  type Told,
} from '@tandem/domain';
import { readCountries } from './country-files.js';
import { WorldPhoneNumbers } from './world-phone-numbers.js';

const readings = { countries: readCountries('config/countries'), phones: new WorldPhoneNumbers() };
const told = (field: string, value?: string): Told => ({ field, value });

interface Written {
  readonly street?: string;
  readonly city?: string;
  readonly state?: string;
  readonly postalCode?: string;
  readonly country?: string;
  readonly phone?: string;
}

const address = ({ street, city = 'Town', state, postalCode, country }: Written): CapturedAccountAddress => ({
  id: 'billing',
  use: 'billing',
  firstName: told(''),
  lastName: told(''),
  lines: { field: 'BillingStreet', value: street?.split('\n') ?? ['Street 1'] },
  city: told('BillingCity', city),
  state: told('BillingState', state),
  postalCode: told('BillingPostalCode', postalCode),
  country: told('BillingCountry', country),
  phone: told(''),
  email: told(''),
});

const judged = (written: Written, lastName = 'Doe'): AccountAcceptance =>
  acceptAccount(
    {
      accountId: crmRecordId('001000000000001AAA'),
      key: 'C-1',
      firstName: told('FirstName'),
      lastName: told('LastName', lastName),
      email: told('Email'),
      phone: told('Phone', written.phone),
      taxExemptId: told('Exempt'),
      addresses: [address(written)],
    },
    readings,
  );

const taken = (written: Written) => {
  const acceptance = judged(written);
  if (acceptance.kind === 'refused') return acceptance.violations.map(({ field, rule }) => `${field} ${rule}`);
  const { addresses, phone } = acceptance.customer;
  const { state, postalCode, country } = addresses[0]?.address ?? {};
  return [country, state, postalCode, phone].map((value) => value ?? '-').join(' ');
};

describe('The countries that are shipped', () => {
  it.each<[Written, string | readonly string[]]>([
    [{ country: 'US', state: 'ga', postalCode: '30301', phone: '(202) 555-0107' }, 'US GA 30301 +12025550107'],
    [{ country: 'usa', state: 'Georgia', postalCode: '303011234' }, 'US GA 30301-1234 -'],
    [{ country: 'US', state: 'US-GA', postalCode: '30301' }, 'US GA 30301 -'],
    [{ country: 'US', postalCode: '30301' }, ['BillingState field.required']],
    [
      { country: 'US', state: 'Ontario', postalCode: 'K1A' },
      ['BillingState state.unknown', 'BillingPostalCode postal_code.unreadable'],
    ],
    [
      { country: 'Deutschland', state: 'Bayern', postalCode: '01477', phone: '0155 50100107' },
      'DE - 01477 +4915550100107',
    ],
    [{ country: 'DE', postalCode: '1477' }, ['BillingPostalCode postal_code.unreadable']],
    [{ country: '日本', state: '13', postalCode: '1000001', phone: '03-5550-0100' }, 'JP 東京都 100-0001 +81355500100'],
    [{ country: 'JP', state: 'Hokkaidō', postalCode: '〒060-0001' }, ['BillingPostalCode postal_code.unreadable']],
    [{ country: 'Japan', state: 'Ｔｏｋｙｏ', postalCode: '１００−０００１' }, 'JP 東京都 100-0001 -'],
    [
      { country: 'Brasil', state: 'sao paulo', postalCode: '01310 100', phone: '11 95550-0107' },
      'BR SP 01310-100 +5511955500107',
    ],
    [
      { country: 'BR', state: 'XX', postalCode: '01310-10' },
      ['BillingState state.unknown', 'BillingPostalCode postal_code.unreadable'],
    ],
    [
      { country: 'ไทย', state: 'กรุงเทพมหานคร', postalCode: '10110', phone: '02 555 0107' },
      'TH กรุงเทพมหานคร 10110 +6625550107',
    ],
    [
      { country: 'TH', state: 'Chiang Mai', postalCode: '50000', phone: '+66 81 555 0107' },
      'TH เชียงใหม่ 50000 +66815550107',
    ],
    [{ country: 'CH', state: 'Zug', postalCode: '6300' }, 'CH Zug 6300 -'],
    [{ country: 'Atlantis' }, ['BillingCountry country.unknown']],
    [{ postalCode: '1' }, ['BillingCountry field.required']],
    [{ country: 'CH', phone: 'call the shop' }, ['Phone phone.not_e164']],
    [{ country: 'US', state: 'GA', postalCode: '30301', phone: '202-555-0107 x12' }, ['Phone phone.not_e164']],
    [{ country: 'US', state: 'GA', postalCode: '30301', phone: '12' }, ['Phone phone.not_e164']],
    [{ country: 'CH', city: 'x'.repeat(41) }, ['BillingCity text.too_long']],
    [{ country: 'CH', street: 'a\nb\nc\nd' }, ['BillingStreet address.too_many_lines']],
  ])('take %j as %j', (written, expected) => {
    expect(taken(written)).toEqual(expected);
  });

  it('leave a city of 40 characters and names of any script as they are, in composed form', () => {
    const acceptance = judged({ country: 'CH', city: '市'.repeat(40) }, 'Gru\u0308n 架空 เมฆา');
    expect(acceptance).toMatchObject({
      customer: { lastName: 'Gr\u00fcn 架空 เมฆา', addresses: [{ address: { city: '市'.repeat(40) } }] },
    });
  });

  it('never let a complaint quote what somebody wrote', () => {
    const acceptance = judged({ country: 'US', state: 'Secretland', postalCode: 'S3CR3T', phone: 'secret-number' });
    expect(JSON.stringify(acceptance)).not.toMatch(/secret/i);
    expect(acceptance).toMatchObject({ kind: 'refused', violations: { length: 3 } });
  });
});

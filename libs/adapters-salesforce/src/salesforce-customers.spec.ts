import { afterEach, describe, expect, it } from '@jest/globals';
import { Clock, crmOrgName, crmRecordId } from '@tandem/domain';
import { AnsweringOrg, isLogin, type SpokenAnswer } from '../fixtures/answering-org.js';
import { SalesforceConnection } from './salesforce-connection.js';
import { SalesforceCustomers } from './salesforce-customers.js';
import { SalesforceOrgs } from './salesforce-orgs.js';

class StoppedClock extends Clock {
  override now = () => new Date('2026-03-01T10:00:00.000Z');
}

const north = crmOrgName('north');
const home = crmRecordId('001000000000001AAA');
const other = crmRecordId('001000000000002AAA');
const rows = (...records: readonly object[]) => ({ totalSize: records.length, done: true, records });

let org: AnsweringOrg | undefined;
afterEach(async () => {
  await org?.stop();
  org = undefined;
});

/** @param features `Object.Field` that the org has beyond what all have */
async function customersOf(answerTo: (soql: string) => SpokenAnswer, features: readonly string[] = []) {
  org = await AnsweringOrg.start((call, self) => {
    if (isLogin(call)) return self.token();
    if (call.url.endsWith('/composite')) return { json: { compositeResponse: descriptions(call.body, features) } };
    return answerTo(decodeURIComponent(call.url));
  });
  const options = { org: north, loginUrl: org.url, clientId: 'tandem-app', clientSecret: 'invented' };
  const connection = new SalesforceConnection(options, new StoppedClock());
  return { org, customers: new SalesforceCustomers(new SalesforceOrgs([connection])) };
}

function descriptions(body: string, features: readonly string[]) {
  const { compositeRequest } = JSON.parse(body) as {
    compositeRequest: readonly { url: string; referenceId: string }[];
  };
  return compositeRequest.map(({ url, referenceId }) => {
    const own = features.filter((feature) => url.includes(`/${feature.split('.')[0] ?? ''}/describe`));
    const fields = own.map((feature) => ({ name: feature.split('.')[1], type: 'string' }));
    return { referenceId, httpStatusCode: 200, httpHeaders: {}, body: { fields } };
  });
}

const queriesOf = (asked: AnsweringOrg) =>
  asked.heard.map(({ url }) => decodeURIComponent(url)).filter((url) => /query(All)?\?q=/.test(url));

const account = (fields: object) => ({
  attributes: { type: 'Account' },
  Id: home,
  OMS_Customer_Key__c: 'C-1',
  ...fields,
});

const contact = (fields: object) => ({
  Id: '003000000000001AAA',
  CreatedDate: '2026-01-02T10:00:00.000+0000',
  ...fields,
});

describe('Reading customers from the CRM', () => {
  it('takes one call for many accounts, and gives each by the id that was asked, be it of 15 characters', async () => {
    const { org, customers } = await customersOf(() => ({
      json: rows(account({ Name: 'Oakfield' }), account({ Id: other, Name: 'Ashgrove' })),
    }));
    const short = crmRecordId(home.slice(0, 15));
    const read = await customers.read(north, [short, other]);
    expect([...read].map(([id, one]) => [id, one.lastName.value])).toEqual([
      [short, 'Oakfield'],
      [other, 'Ashgrove'],
    ]);
    expect(queriesOf(org)).toHaveLength(1);
  });

  it('names no more accounts in a query than its URL takes (§2.6), and each once', async () => {
    const { org, customers } = await customersOf(() => ({ json: rows() }));
    const many = Array.from({ length: 1_000 }, (_, at) => crmRecordId(`001${String(at).padStart(12, '0')}AAA`));
    await customers.read(north, many);
    const asked = queriesOf(org).flatMap((soql) => soql.match(/001\d{12}AAA/g) ?? []);
    expect(queriesOf(org).length).toBeGreaterThan(1);
    expect(asked).toEqual(many);
    expect(Math.max(...org.heard.map(({ url }) => url.length))).toBeLessThan(16_384);
  });

  it('takes the oldest contact as the person, and the mailing address of each as one to ship to (§4.2)', async () => {
    const Contacts = rows(
      contact({ Id: '003000000000002AAA', CreatedDate: '2026-01-03T10:00:00.000+0000', LastName: 'Younger' }),
      contact({ FirstName: 'Mira', LastName: 'Older', MobilePhone: '+1', MailingStreet: '1 Way', MailingCity: 'Moss' }),
    );
    const { customers } = await customersOf(() => ({
      json: rows(account({ Name: 'Oakfield Ltd', Phone: '+2', Contacts })),
    }));
    expect((await customers.read(north, [home])).get(home)).toMatchObject({
      firstName: { field: 'Contact.FirstName', value: 'Mira' },
      lastName: { field: 'Contact.LastName', value: 'Older' },
      phone: { field: 'Contact.MobilePhone', value: '+1' },
      addresses: [
        {
          id: 'contact-003000000000001',
          use: 'shipping',
          lastName: { value: 'Older' },
          city: { field: 'Contact.MailingCity', value: 'Moss' },
        },
      ],
    });
  });

  it('takes a person account as the person, where the org has such accounts', async () => {
    const person = { Name: 'Mira Oakfield', FirstName: 'Mira', LastName: 'Oakfield', PersonEmail: 'mira@example.test' };
    const mailing = { PersonMailingStreet: '1 Way', PersonMailingCity: 'Moss', BillingCity: 'Dale' };
    const features = [
      'Account.FirstName',
      'Account.LastName',
      'Account.PersonEmail',
      'Account.PersonMailingStreet',
      'Account.PersonMailingCity',
    ];
    const { org, customers } = await customersOf(() => ({ json: rows(account({ ...person, ...mailing })) }), features);
    expect((await customers.read(north, [home])).get(home)).toMatchObject({
      lastName: { field: 'Account.LastName', value: 'Oakfield' },
      email: { field: 'Account.PersonEmail', value: 'mira@example.test' },
      addresses: [{ id: 'billing' }, { id: 'mailing', use: 'shipping', lines: { value: ['1 Way'] } }],
    });
    expect(queriesOf(org)[0]).toContain('PersonMailingCity');
    expect(queriesOf(org)[0]).not.toMatch(/PersonMobilePhone|BillingStateCode/);
  });

  it('prefers codes to names where the org keeps both, and names the field that it took (§4.6)', async () => {
    const place = {
      BillingCity: 'Moss',
      BillingState: 'Georgia',
      BillingStateCode: 'GA',
      BillingCountry: 'United States',
      BillingCountryCode: 'US',
    };
    const features = ['Account.BillingStateCode', 'Account.BillingCountryCode'];
    const { customers } = await customersOf(() => ({ json: rows(account({ Name: 'Oakfield', ...place })) }), features);
    const [address] = (await customers.read(north, [home])).get(home)?.addresses ?? [];
    expect([address?.state, address?.country]).toEqual([
      { field: 'Account.BillingStateCode', value: 'GA' },
      { field: 'Account.BillingCountryCode', value: 'US' },
    ]);
  });

  it('passes over an address that names no place', async () => {
    const { customers } = await customersOf(() => ({
      json: rows(account({ Name: 'Oakfield', BillingCountry: 'US' })),
    }));
    expect((await customers.read(north, [home])).get(home)?.addresses).toEqual([]);
  });
});

describe('Whose customer a changed record is', () => {
  it('is found by one query for accounts and one for contacts, the deleted ones among them', async () => {
    const { org, customers } = await customersOf((soql) =>
      soql.includes('FROM Contact')
        ? {
            json: rows({
              Id: '003000000000001AAA',
              AccountId: other,
              Account: { OMS_Customer_Key__c: 'C-2' },
              MailingCountry: 'JP',
            }),
          }
        : { json: rows(account({ BillingCountry: 'US' })) },
    );
    const contactId = crmRecordId('003000000000001AAA');
    const owners = await customers.owners(north, [
      { entity: 'account', id: home },
      { entity: 'contact', id: contactId },
      { entity: 'contact', id: crmRecordId('003000000000009AAA') },
    ]);
    expect([...owners]).toEqual([
      [home, { accountId: home, key: 'C-1', countries: ['US'] }],
      [contactId, { accountId: other, key: 'C-2', countries: ['JP'] }],
    ]);
    expect(queriesOf(org).map((url) => /query(All)?\?/.exec(url)?.[0])).toEqual(['query?', 'queryAll?']);
  });
});

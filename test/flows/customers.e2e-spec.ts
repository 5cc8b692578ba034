import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { households } from '../customers/households.js';
import { seedCatalogue } from '../golden/catalogue.js';
import { g02 } from '../golden/orders/g02-registered-three-lines.js';
import { goldenSites } from '../golden/sites.js';
import { freshDatabase, type FreshDatabase } from '../support/environment/index.js';
import { eventually } from '../support/eventually.js';
import { startStack, type Stack } from '../support/stack/start-stack.js';

/** A channel for accounts, one for contacts, one for orders, one for what agents ask. */
const channels = 4;
const cityLength = 30;
/** An address that came with an order is named by what it says. */
const fromOrder = /"AddressId":"[0-9a-f]{16}"/;

/** The rules of this installation: those that are shipped, but that its OMS takes shorter cities in Germany. */
async function countriesOfInstallation(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-countries-'));
  await cp('config/countries', join(folder, 'countries'), { recursive: true });
  await cp('config/country.schema.json', join(folder, 'country.schema.json'));
  const german = join(folder, 'countries', 'de.yaml');
  await writeFile(german, `${await readFile(german, 'utf8')}longest: { city: ${cityLength} }\n`);
  return folder;
}

describe('Customers of the CRM', () => {
  let database: FreshDatabase | undefined;
  let stack: Stack | undefined;
  let folder = '';

  beforeAll(async () => {
    database = await freshDatabase();
    folder = await countriesOfInstallation();
    stack = await startStack({
      databaseUrl: database.url,
      crmEvents: true,
      countriesFolder: join(folder, 'countries'),
    });
    await eventually('all channels are listened to', async () =>
      (await running().crm.listeners()) === channels ? true : undefined,
    );
  }, 120_000);

  afterAll(async () => {
    await stack?.stop();
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  const running = (): Stack => {
    if (!stack) throw new Error('The stack did not start.');
    return stack;
  };

  /** What the OMS was sent for the customer, once it is so many saves. */
  const saves = (key: string, count: number) =>
    eventually(`${count} saves of ${key} arrive`, async () => {
      const sent = await running().oms.customerSaves(key);
      return sent.length >= count ? sent : undefined;
    });

  const parkedFor = async (sentence: string) =>
    eventually(`a customer is parked because "${sentence}"`, async () =>
      (await running().syncApi.summary()).parked.find((one) => one.sentence.includes(sentence)),
    );

  it.each(households)(
    'of $country appear in the OMS, and then change with nothing sent but what changed',
    async ({ key, organization, account, contact, move, secondAddress, expected }) => {
      const { agent, oms } = running();
      const accountId = await agent.create('Account', { ...account, OMS_Customer_Key__c: key });
      await saves(key, 1);
      await agent.create('Contact', { ...contact, AccountId: accountId });
      await saves(key, 2);
      await agent.change('Account', accountId, move);
      await saves(key, 3);
      await agent.change('Account', accountId, secondAddress);
      const sent = await saves(key, 4);

      const { account: first, person, move: moved, second } = expected;
      expect(sent).toEqual([first, person, moved, second].map((fields) => ({ CustomerId: key, ...fields })));
      const held = await oms.customer(key);
      expect(held).toMatchObject({ OrgId: organization, LastName: contact['LastName']?.normalize('NFC') });
      const { effective, counts } = await oms.writes(key);
      expect(effective.map(({ kind }) => kind)).toEqual(['create', 'update', 'update', 'update']);
      expect(counts).toEqual({ effective: 4, repeats: 0, refused: 0 });
    },
  );

  it('with a phone that is none park with field, rule and remedy, and go on once it is mended', async () => {
    const { agent } = running();
    const key = 'HH-PHONE';
    const place = { BillingStreet: '1 Quillback Lane', BillingCity: 'Maplecross', BillingPostalCode: '04988' };
    const account = { ...place, BillingState: 'ME', BillingCountry: 'US', OMS_Customer_Key__c: key };
    const id = await agent.create('Account', { ...account, Name: 'Ashgrove', Phone: 'call the shop' });
    const parked = await parkedFor('Account.Phone is no phone number');
    expect(parked).toMatchObject({ queue: 'customers.save-customer', code: 'customer.refused' });
    expect(await running().oms.customer(key)).toBeUndefined();

    await agent.change('Account', id, { Phone: '+1 202 555 0134' });
    expect(await saves(key, 1)).toMatchObject([{ CustomerId: key, Phone: '+12025550134' }]);
    await eventually('nothing is parked any more', async () => {
      const { parked, archive } = await running().syncApi.summary();
      return parked.length === 0 && archive.parked === 0 ? true : undefined;
    });
  });

  it('with a city that is too long park, and nothing is cut; the CRM itself takes no more than 40 characters', async () => {
    const { agent } = running();
    const key = 'HH-CITY';
    const place = { BillingStreet: 'Hafenzeile 2', BillingPostalCode: '21723', BillingCountry: 'DE' };
    const account = { ...place, Name: 'Feldkamp-Rühl', OMS_Customer_Key__c: key };
    await expect(agent.create('Account', { ...account, BillingCity: 'E'.repeat(41) })).rejects.toThrow(
      'STRING_TOO_LONG',
    );
    const id = await agent.create('Account', { ...account, BillingCity: 'Ü'.repeat(cityLength + 1) });
    await parkedFor(`Account.BillingCity has ${cityLength + 1} characters; ${cityLength} fit.`);
    expect(await running().oms.customerSaves(key)).toEqual([]);

    await agent.change('Account', id, { BillingCity: 'Elbwerder' });
    const [sent] = await saves(key, 1);
    expect(sent).toMatchObject({ CustomerAddress: [{ Address: { City: 'Elbwerder' } }] });
  });

  it('that we changed ourselves are not sent back: the echo stops at the door', async () => {
    const { agent, oms } = running();
    const [key, later] = ['HH-ECHO', 'HH-ECHO-LATER'];
    const place = { ShippingStreet: 'Möwenweg 4', ShippingCity: 'Kühlsund', ShippingPostalCode: '25938' };
    const account = { ...place, ShippingCountry: 'DE', Name: 'Tannwälder' };
    const id = await agent.create('Account', { ...account, OMS_Customer_Key__c: key });
    await saves(key, 1);
    await agent.change('Account', id, { Phone: '0155 50100107' }, 'tandem');
    // Behind it in the same channel: once this one is through, the echo was seen.
    await agent.create('Account', { ...account, OMS_Customer_Key__c: later });
    await saves(later, 1);
    expect(await oms.customerSaves(key)).toHaveLength(1);
  });

  it('are sent again where the answer was lost, and that changes nothing more', async () => {
    const { agent, oms } = running();
    const key = 'HH-LOST';
    const place = { BillingStreet: 'Möwenweg 4', BillingCity: 'Kühlsund', BillingPostalCode: '25938' };
    const account = { ...place, BillingCountry: 'DE', Name: 'van Lindenhout', OMS_Customer_Key__c: key };
    const id = await agent.create('Account', account);
    await saves(key, 1);
    await oms.setChaos({ answerLost: 1 });
    await agent.change('Account', id, { BillingCity: 'Neustrand' });
    await saves(key, 2).finally(() => oms.setChaos({ answerLost: 0 }));
    const [, lost, again] = await saves(key, 3);
    expect(again).toEqual(lost);
    const { counts } = await oms.writes(key);
    expect([counts.effective, counts.refused]).toEqual([2, 0]);
    expect(counts.repeats).toBeGreaterThan(0);
    const sofar = await oms.customerSaves(key);
    await agent.change('Account', id, { Phone: '0155 50100129' });
    expect((await saves(key, sofar.length + 1)).at(-1)).toEqual({ CustomerId: key, Phone: '+4915550100129' });
  });

  it('who order and are known are given the address that the order ships to, and nothing else, before the order', async () => {
    const { agent, crm, oms, syncApi } = running();
    const site = goldenSites.find(({ id }) => id === 'boreal-eu');
    if (!site) throw new Error('There is no European site.');
    const key = 'HH-ORDER';
    const place = { BillingStreet: 'Am Markt 1', BillingCity: 'Elbwerder', BillingPostalCode: '21723' };
    const account = { ...place, BillingCountry: 'DE', Name: 'Feldkamp', OMS_Customer_Key__c: key };
    const accountId = await agent.create('Account', account);
    await saves(key, 1);
    const catalogue = await seedCatalogue(crm);
    const order = g02.place({ site, suffix: 'KNOWN', turn: 0, catalogue, paceMs: 100, now: Date.now() });
    const records = order.records
      .filter(({ attributes }) => attributes.type !== 'Account')
      .map((record) => ({ ...record, ...(record['AccountId'] === '@account' ? { AccountId: accountId } : {}) }));
    const { order: crmOrderId = '' } = await crm.seed(records);
    await syncApi.submit(site.id, crmOrderId, 'known-customer');
    const placed = await eventually('the order is placed', async () => oms.order(order.number));

    expect(placed).toMatchObject({ CustomerId: key, IsOnHold: false });
    const given = (await oms.customerSaves(key)).find((sent) => fromOrder.test(JSON.stringify(sent)));
    expect(Object.keys(given ?? {})).toEqual(['CustomerId', 'CustomerAddress']);
    const Address = { Address1: 'Möwenweg 4', City: 'Kühlsund', PostalCode: '25938', Country: 'DE' };
    expect(given).toMatchObject({
      CustomerAddress: [{ AddressTypeId: 'Shipping', Address }, { AddressTypeId: 'Billing' }],
    });
    const { effective } = await oms.writes();
    const saved = effective.findIndex((write) => write.key === key && write.kind === 'update');
    expect(saved).toBeGreaterThan(0);
    expect(effective.findIndex((write) => write.key === order.number)).toBeGreaterThan(saved);
  });

  it('that changed while the service was down arrive when it is back, with nothing sent but what changed', async () => {
    const { agent } = running();
    const key = 'HH-DOWN';
    const place = { BillingStreet: 'Möwenweg 4', BillingCity: 'Kühlsund', BillingPostalCode: '25938' };
    const account = { ...place, BillingCountry: 'DE', Name: 'Tannwälder', OMS_Customer_Key__c: key };
    const id = await agent.create('Account', account);
    await saves(key, 1);
    await running().killSyncApi('SIGTERM');
    await agent.change('Account', id, { BillingCity: 'Neustrand' });
    await agent.change('Account', id, { Phone: '0155 50100134' });
    await running().startSyncApi();
    const [, ...sent] = await saves(key, 2);
    const Address = { City: 'Neustrand' };
    expect(sent).toEqual([
      {
        CustomerId: key,
        Phone: '+4915550100134',
        CustomerAddress: [{ AddressId: 'billing', AddressTypeId: 'Billing', Address }],
      },
    ]);
  });

  it('without a key are nobody to the OMS: guests share such an account', async () => {
    const { agent, oms } = running();
    const id = await agent.create('Account', { Name: 'Guests', BillingCountry: 'US', BillingCity: 'Fernhill' });
    await agent.create('Contact', { LastName: 'Passerby', AccountId: id });
    const before = (await oms.writes()).counts.effective;
    await agent.create('Account', {
      Name: 'Last',
      BillingCity: 'X',
      BillingCountry: 'CH',
      BillingStreet: 'Y',
      OMS_Customer_Key__c: 'HH-LAST',
    });
    await saves('HH-LAST', 1);
    expect((await oms.writes()).counts.effective).toBe(before + 1);
  });
});

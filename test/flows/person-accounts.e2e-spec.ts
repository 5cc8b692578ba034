import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '../support/environment/index.js';
import { eventually } from '../support/eventually.js';
import { startStack, type Stack } from '../support/stack/start-stack.js';

/** An org with person accounts, and with picklists for states and countries: codes beside their integration values (§4.6). */
describe('Person accounts of an org that keeps codes', () => {
  let database: FreshDatabase | undefined;
  let stack: Stack | undefined;

  beforeAll(async () => {
    database = await freshDatabase();
    const crmFeatures = ['multiCurrency', 'personAccounts', 'stateCountryPicklists'];
    stack = await startStack({ databaseUrl: database.url, crmEvents: true, crmFeatures });
    await eventually('all channels are listened to', async () =>
      (await running().crm.listeners()) === 4 ? true : undefined,
    );
  }, 120_000);

  afterAll(async () => {
    await stack?.stop();
    await database?.drop();
  }, 60_000);

  const running = (): Stack => {
    if (!stack) throw new Error('The stack did not start.');
    return stack;
  };

  const saves = (key: string, count: number) =>
    eventually(`${count} saves of ${key} arrive`, async () => {
      const sent = await running().oms.customerSaves(key);
      return sent.length >= count ? sent : undefined;
    });

  it('are one customer, with the codes and not the integration values, and change field by field', async () => {
    const { agent } = running();
    const key = 'PA-US';
    const id = await agent.create('Account', {
      FirstName: 'Tobin',
      LastName: 'Ashgrove',
      PersonEmail: 'tobin@shop.example',
      PersonMobilePhone: '202 555 0118',
      BillingStreet: '33 Ferry Landing',
      BillingCity: 'Stonebridge',
      BillingStateCode: 'NY',
      BillingPostalCode: '12866',
      BillingCountryCode: 'US',
      OMS_Customer_Key__c: key,
    });
    const [created] = await saves(key, 1);
    const home = { Address1: '33 Ferry Landing', City: 'Stonebridge', PostalCode: '12866', Country: 'US' };
    expect(created).toEqual({
      CustomerId: key,
      FirstName: 'Tobin',
      LastName: 'Ashgrove',
      Email: 'tobin@shop.example',
      Phone: '+12025550118',
      CustomerAddress: [{ AddressId: 'billing', AddressTypeId: 'Billing', Address: { ...home, State: 'NY' } }],
    });

    await agent.change('Account', id, { BillingState: 'Vermont', PersonEmail: null });
    expect((await saves(key, 2))[1]).toEqual({
      CustomerId: key,
      Email: '',
      CustomerAddress: [{ AddressId: 'billing', AddressTypeId: 'Billing', Address: { State: 'VT' } }],
    });
  });

  it('of a country without states are taken without one', async () => {
    const key = 'PA-DE';
    await running().agent.create('Account', {
      LastName: 'Tannwälder',
      ShippingStreet: 'Möwenweg 4',
      ShippingCity: 'Kühlsund',
      ShippingPostalCode: '25938',
      ShippingCountry: 'Germany',
      OMS_Customer_Key__c: key,
    });
    const home = { Address1: 'Möwenweg 4', City: 'Kühlsund', PostalCode: '25938', Country: 'DE' };
    expect(await saves(key, 1)).toEqual([
      {
        CustomerId: key,
        LastName: 'Tannwälder',
        CustomerAddress: [{ AddressId: 'shipping', AddressTypeId: 'Shipping', Address: home }],
      },
    ]);
  });
});

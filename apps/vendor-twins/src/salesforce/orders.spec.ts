import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { anOrder, member, startTwin, type TwinFixture } from './testing/twin-fixture.js';

describe('Orders of the Salesforce twin (§4.2)', () => {
  let twin: TwinFixture;
  let ids: Record<string, string>;
  let order: string;
  beforeAll(async () => {
    twin = await startTwin({ features: { multiCurrency: true, stateCountryPicklists: true } });
  });
  afterAll(() => twin.close());
  beforeEach(async () => {
    await twin.control('POST', 'reset');
    ids = await twin.seed(anOrder('O1', { CurrencyIsoCode: 'USD' }));
    order = `/sobjects/Order/${ids['order']}`;
  });

  const draft = (change: Record<string, unknown> = {}) => ({
    AccountId: ids['account'],
    EffectiveDate: '2026-11-03',
    Status: 'Draft',
    ...change,
  });

  it('is created only with a status of category Draft (rule 1)', async () => {
    const activated = await twin.call('POST', '/sobjects/Order', draft({ Status: 'Activated' }));
    expect(activated).toMatchObject({ status: 400, body: [{ errorCode: 'FAILED_ACTIVATION', fields: ['Status'] }] });
    expect((await twin.call('POST', '/sobjects/Order', draft())).status).toBe(201);
  });

  it('is activated by its status and nothing else (rule 2), and shows StatusCode', async () => {
    const both = await twin.call('PATCH', order, { Status: 'Activated', OMS_Status__c: 'Open' });
    expect(both).toMatchObject({ status: 400, body: [{ errorCode: 'FAILED_ACTIVATION', fields: ['OMS_Status__c'] }] });
    expect((await twin.call('PATCH', order, { Status: 'Activated' })).status).toBe(204);
    expect((await twin.call('GET', order)).body).toMatchObject({ StatusCode: 'Activated', OMS_Status__c: null });
  });

  it('takes the statuses that the org has, each with its category', async () => {
    const status = {
      attributes: { type: 'OrderStatus' },
      ApiName: 'In Transit',
      MasterLabel: 'In Transit',
      StatusCode: 'Activated',
    };
    expect(await twin.call('PATCH', order, { Status: 'In Transit' })).toMatchObject({
      body: [{ errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST' }],
    });
    await twin.seed([status]);
    expect((await twin.call('PATCH', order, { Status: 'In Transit' })).status).toBe(204);
    expect((await twin.call('GET', order)).body).toMatchObject({ Status: 'In Transit', StatusCode: 'Activated' });
  });

  it('needs a line to be activated (rule 6)', async () => {
    await twin.call('DELETE', `/sobjects/OrderItem/${ids['line']}`);
    expect(await twin.call('PATCH', order, { Status: 'Activated' })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'FAILED_ACTIVATION' }],
    });
  });

  it('is frozen once activated, but for custom fields (rule 3), and goes back to Draft (rule 4)', async () => {
    const [other] = Object.values(
      await twin.seed([{ attributes: { type: 'Account', referenceId: 'o' }, Name: 'Other' }]),
    );
    await twin.call('PATCH', order, { Status: 'Activated' });
    expect((await twin.call('PATCH', order, { OMS_Status__c: 'Released' })).status).toBe(204);
    expect(await twin.call('PATCH', order, { AccountId: other })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'FIELD_INTEGRITY_EXCEPTION' }],
    });
    const line = `/sobjects/OrderItem/${ids['line']}`;
    expect((await twin.call('PATCH', line, { Quantity: 1 })).status).toBe(400);
    expect((await twin.call('PATCH', line, { OMS_Qty_Open__c: 1 })).status).toBe(204);
    expect((await twin.call('DELETE', order)).status).toBe(400);
    expect((await twin.call('PATCH', order, { Status: 'Draft' })).status).toBe(204);
    expect((await twin.call('PATCH', order, { AccountId: other })).status).toBe(204);
    expect((await twin.call('DELETE', order)).status).toBe(204);
    expect(member((await twin.control('GET', 'records/OrderItem')).body, 'records')).toEqual([]);
  });

  it('takes lines of its own price book and currency, and never another entry afterwards', async () => {
    const line = (change: Record<string, unknown>) => ({
      OrderId: ids['order'],
      PricebookEntryId: ids['entry'],
      Quantity: 1,
      UnitPrice: 40,
      ...change,
    });
    const made = await twin.call('POST', '/sobjects/OrderItem', line({}));
    expect(made.status).toBe(201);
    const shown = await twin.call('GET', `/sobjects/OrderItem/${String(member(made.body, 'id'))}`);
    expect(shown.body).toMatchObject({ Product2Id: ids['product'], TypeCode: 'Product', CurrencyIsoCode: 'USD' });
    const moved = await twin.call('PATCH', `/sobjects/OrderItem/${ids['line']}`, { PricebookEntryId: ids['entry'] });
    expect(moved.body).toMatchObject([{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' }]);
    const bare = await twin.call(
      'POST',
      '/sobjects/Order',
      draft({ CurrencyIsoCode: 'EUR', Pricebook2Id: ids['book'] }),
    );
    const foreign = await twin.call('POST', '/sobjects/OrderItem', line({ OrderId: member(bare.body, 'id') }));
    expect(foreign.body).toMatchObject([{ errorCode: 'FIELD_INTEGRITY_EXCEPTION' }]);
  });

  it('refuses an unknown currency, and currency and address codes exist only with their features (§4.6)', async () => {
    expect(await twin.call('POST', '/sobjects/Order', draft({ CurrencyIsoCode: 'XTS' }))).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_CURRENCY_ISO' }],
    });
    await twin.call('PATCH', order, { BillingCountryCode: 'US', BillingStateCode: 'OR' });
    expect((await twin.call('GET', order)).body).toMatchObject({
      BillingCountry: 'United States',
      BillingState: 'Oregon',
    });
    await twin.call('PATCH', order, { BillingState: null, BillingCountry: 'Germany' });
    expect((await twin.call('GET', order)).body).toMatchObject({ BillingCountryCode: 'DE' });
    await twin.call('PATCH', order, { BillingCountryCode: 'US', BillingStateCode: 'OR' });
    expect(await twin.call('PATCH', order, { BillingCountryCode: 'DD' })).toMatchObject({ status: 400 });
    expect(await twin.call('PATCH', order, { BillingStateCode: 'ZZ' })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'FIELD_INTEGRITY_EXCEPTION' }],
    });
    const plain = await startTwin();
    expect((await plain.query('SELECT BillingCountryCode FROM Order')).body).toMatchObject([
      { errorCode: 'INVALID_FIELD' },
    ]);
    expect((await plain.query('SELECT Id FROM CurrencyType')).body).toMatchObject([{ errorCode: 'INVALID_TYPE' }]);
    await plain.close();
  });

  it('has person accounts only with their feature, named by the person', async () => {
    const person = { FirstName: 'Ada', LastName: 'Winter', PersonEmail: 'ada@aurora.example' };
    expect((await twin.call('POST', '/sobjects/Account', person)).body).toMatchObject([{ errorCode: 'INVALID_FIELD' }]);
    const personal = await startTwin({ features: { personAccounts: true } });
    const made = await personal.call('POST', '/sobjects/Account', person);
    const shown = await personal.call('GET', `/sobjects/Account/${String(member(made.body, 'id'))}`);
    expect(shown.body).toMatchObject({ Name: 'Ada Winter', IsPersonAccount: true });
    await personal.close();
  });
});

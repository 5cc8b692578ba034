import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { anOrder, member, startTwin, type TwinFixture } from './testing/twin-fixture.js';

const account = (name: unknown, more: Record<string, unknown> = {}) => ({
  attributes: { type: 'Account' },
  Name: name,
  ...more,
});

describe('Collections of the Salesforce twin (§2.3)', () => {
  let twin: TwinFixture;
  beforeAll(async () => {
    twin = await startTwin();
  });
  afterAll(() => twin.close());
  beforeEach(() => twin.control('POST', 'reset'));

  const accounts = async () => member((await twin.control('GET', 'records/Account')).body, 'records.length');

  it('creates what is valid and answers every record in order, with statusCode for what is not', async () => {
    const records = [account('One'), account(null), account('Three', { Nope: 1 })];
    const answer = await twin.call('POST', '/composite/sobjects', { records });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual([
      { id: expect.stringMatching(/^001/), success: true, errors: [] },
      {
        success: false,
        errors: [
          { statusCode: 'REQUIRED_FIELD_MISSING', message: 'Required fields are missing: [Name]', fields: ['Name'] },
        ],
      },
      { success: false, errors: [expect.objectContaining({ statusCode: 'INVALID_FIELD', fields: [] })] },
    ]);
    expect(await accounts()).toBe(1);
  });

  it('rolls everything back under allOrNone, and the siblings still carry an id', async () => {
    const answer = await twin.call('POST', '/composite/sobjects', {
      allOrNone: true,
      records: [account('One'), account(null)],
    });
    expect(answer.body).toMatchObject([
      { id: expect.any(String), success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
      { success: false, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] },
    ]);
    expect(await accounts()).toBe(0);
    expect(member((await twin.control('GET', 'writes')).body, 'counts')).toEqual({
      effective: 0,
      repeats: 0,
      refused: 1,
    });
  });

  it('upserts by external id with created, and refuses the same key twice in one request', async () => {
    const records = ['K1', 'K2', 'k1'].map((key) => account('A', { OMS_Customer_Key__c: key }));
    const first = await twin.call('PATCH', '/composite/sobjects/Account/OMS_Customer_Key__c', { records });
    expect(first.body).toMatchObject([
      { success: true, created: true },
      { success: true, created: true },
      { success: false, errors: [{ statusCode: 'DUPLICATE_VALUE' }] },
    ]);
    const again = await twin.call('PATCH', '/composite/sobjects/Account/OMS_Customer_Key__c', {
      records: records.slice(0, 2),
    });
    expect(again.body).toMatchObject([{ created: false, id: member(first.body, '0.id') }, { created: false }]);
  });

  it('upserts by Id: a record without one is new, one of an unknown record is not found', async () => {
    const records = [account('New'), account('Gone', { Id: '001000000000000AAA' })];
    const answer = await twin.call('PATCH', '/composite/sobjects/Account/Id', { records });
    expect(answer.body).toMatchObject([{ success: true, created: true }, { errors: [{ statusCode: 'NOT_FOUND' }] }]);
  });

  it('updates several types in one call, up to ten runs of differing types', async () => {
    const ids = await twin.seed(anOrder('O1'));
    const records = [
      { attributes: { type: 'Order' }, id: ids['order'], OMS_Status__c: 'Open' },
      { attributes: { type: 'OrderItem' }, Id: ids['line'], OMS_Qty_Open__c: 2 },
      { attributes: { type: 'Order' }, OMS_Status__c: 'Open' },
    ];
    const answer = await twin.call('PATCH', '/composite/sobjects', { records });
    expect(answer.body).toMatchObject([
      { success: true, id: ids['order'] },
      { success: true },
      { errors: [{ statusCode: 'MISSING_ARGUMENT' }] },
    ]);
    const mixed = Array.from({ length: 11 }, (_, n) => records[n % 2]);
    expect((await twin.call('PATCH', '/composite/sobjects', { records: mixed })).status).toBe(400);
    expect((await twin.call('PATCH', '/composite/sobjects', { records: mixed.slice(1) })).status).toBe(200);
  });

  it('takes 200 records and refuses the 201st with 400', async () => {
    const records = Array.from({ length: 201 }, (_, n) => account(`A${n}`));
    expect((await twin.call('POST', '/composite/sobjects', { records })).status).toBe(400);
    expect((await twin.call('POST', '/composite/sobjects', { records: records.slice(1) })).status).toBe(200);
    expect(await accounts()).toBe(200);
  });

  it('retrieves with null for what is not there, by GET and by POST, and deletes by ids', async () => {
    const { a = '' } = await twin.seed([{ attributes: { type: 'Account', referenceId: 'a' }, Name: 'A' }]);
    const missing = '001000000000000AAA';
    const shown = [expect.objectContaining({ Name: 'A' }), null];
    expect((await twin.call('GET', `/composite/sobjects/Account?ids=${a},${missing}&fields=Id,Name`)).body).toEqual(
      shown,
    );
    const body = { ids: [a, missing], fields: ['Name'] };
    expect((await twin.call('GET', `/composite/sobjects/Account?ids=${missing}&fields=Nope`)).status).toBe(400);
    expect((await twin.call('POST', '/composite/sobjects/Account', body)).body).toEqual(shown);
    expect((await twin.call('DELETE', `/composite/sobjects?ids=${a},${missing}`)).body).toMatchObject([
      { id: a, success: true },
      { success: false, errors: [{ statusCode: 'NOT_FOUND' }] },
    ]);
  });

  it('locks single rows as often as the switch says, and counts the firings (§8 item 5)', async () => {
    await twin.control('PUT', 'chaos', { rowLockRatio: 0.5 });
    const records = Array.from({ length: 100 }, (_, n) => account(`A${n}`));
    const { body } = await twin.call('POST', '/composite/sobjects', { records });
    const locked = JSON.stringify(body).split('UNABLE_TO_LOCK_ROW').length - 1;
    expect(locked).toBeGreaterThan(20);
    expect(locked).toBeLessThan(80);
    expect(await accounts()).toBe(100 - locked);
    expect(member((await twin.control('GET', 'chaos')).body, 'fired.rowLockRatio')).toBe(locked);
  });
});

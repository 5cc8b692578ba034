import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { anOrder, member, startTwin, type TwinFixture } from './testing/twin-fixture.js';

describe('The Salesforce twin’s own controls', () => {
  let twin: TwinFixture;
  beforeAll(async () => {
    twin = await startTwin();
  });
  afterAll(() => twin.close());
  beforeEach(() => twin.control('POST', 'reset'));

  const writes = async (filter = '') => (await twin.control('GET', `writes${filter}`)).body;

  it('records a write that changed something, and counts one that did not as a repeat', async () => {
    await twin.seed(anOrder('O1'));
    const path = '/sobjects/Order/OMS_Order_Key__c/O1';
    const origin = {
      'sforce-call-options': 'client=tandem',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    };
    const body = { OMS_Status__c: 'Released', OMS_Event_Time__c: '2026-11-02T10:00:00Z', OMS_Order_Total__c: '80.50' };
    expect((await twin.call('PATCH', path, body, origin)).status).toBe(200);
    expect(
      (
        await twin.call('PATCH', path, {
          ...body,
          OMS_Order_Total__c: 80.5,
          OMS_Event_Time__c: '2026-11-02T11:00:00.000+0100',
        })
      ).status,
    ).toBe(200);
    await twin.call('PATCH', path, { OMS_Status__c: 'x'.repeat(81) });
    expect(await writes('?object=Order&key=o1')).toEqual({
      effective: [
        {
          sequence: 1,
          at: expect.stringMatching(/Z$/),
          object: 'Order',
          recordId: expect.stringMatching(/^801/),
          externalId: 'O1',
          kind: 'update',
          changes: {
            OMS_Status__c: { from: null, to: 'Released' },
            OMS_Event_Time__c: { from: null, to: '2026-11-02T10:00:00.000+0000' },
            OMS_Order_Total__c: { from: null, to: 80.5 },
          },
          client: 'tandem',
          traceparent: origin.traceparent,
        },
      ],
      counts: { effective: 1, repeats: 1, refused: 0 },
    });
    expect(await writes('?object=Order')).toMatchObject({ counts: { effective: 1, repeats: 1, refused: 1 } });
  });

  it('seeds as an administrator would, without counting writes, and all or none', async () => {
    const { order } = await twin.seed(
      anOrder('O1', { Status: 'Activated', OrderNumber: '00099', TotalAmount: 80, GrandTotalAmount: 96.4 }),
    );
    expect((await twin.call('GET', `/sobjects/Order/${order}`)).body).toMatchObject({
      Status: 'Activated',
      StatusCode: 'Activated',
      OrderNumber: '00099',
      GrandTotalAmount: 96.4,
    });
    expect(await writes()).toMatchObject({ effective: [], counts: { effective: 0 } });
    const records = [
      { attributes: { type: 'Account' }, Name: 'Kept?' },
      { attributes: { type: 'Account' }, Nope: 1 },
    ];
    expect(await twin.control('POST', 'seed', { records })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_FIELD', message: expect.stringMatching(/^record 1 \(Account\)/) }],
    });
    expect(member((await twin.control('GET', 'records/Account?Name=Kept?')).body, 'records')).toEqual([]);
  });

  it('counts API calls by resource and status, with the records they carried', async () => {
    const records = [1, 2, 3].map((n) => ({
      attributes: { type: 'Account' },
      Name: `A${n}`,
      OMS_Customer_Key__c: `K${n}`,
    }));
    await twin.call('PATCH', '/composite/sobjects/Account/OMS_Customer_Key__c', { records });
    await twin.call('GET', '/sobjects/Account/OMS_Customer_Key__c/K1');
    await twin.call('GET', '/sobjects/Account/OMS_Customer_Key__c/K9');
    expect((await twin.control('GET', 'calls')).body).toEqual({
      writes: { calls: 1, records: 3, refused: 0, objects: { Account: { calls: 1, records: 3 } } },
      kinds: [
        { kind: 'collection', writes: true, refused: false, calls: 1, records: 3 },
        { kind: 'row', writes: false, refused: false, calls: 1, records: 1 },
        { kind: 'row', writes: false, refused: true, calls: 1, records: 0 },
      ],
      calls: [
        {
          method: 'PATCH',
          resource: '/composite/sobjects/Account/OMS_Customer_Key__c',
          status: 200,
          calls: 1,
          records: 3,
        },
        { method: 'GET', resource: '/sobjects/Account/OMS_Customer_Key__c/:value', status: 200, calls: 1, records: 1 },
        { method: 'GET', resource: '/sobjects/Account/OMS_Customer_Key__c/:value', status: 404, calls: 1, records: 0 },
      ],
    });
  });

  it('counts a composite as one write call for every type in it, a refused one too, and forgets when told', async () => {
    await twin.seed(anOrder('O1'));
    await twin.control('PUT', 'chaos', { permanent401: true });
    await twin.call('PATCH', '/composite/sobjects/Order/OMS_Order_Key__c', { records: [] });
    await twin.control('PUT', 'chaos', { permanent401: false });
    const patch = (referenceId: string, path: string, body: object) => ({
      ...{ method: 'PATCH', referenceId, body },
      url: `/services/data/v67.0/sobjects/${path}`,
    });
    const compositeRequest = [
      patch('order', 'Order/OMS_Order_Key__c/O1', { OMS_Status__c: 'Released' }),
      patch('line', 'OrderItem/OMS_Order_Line_Key__c/O1%2F1', { OMS_Status__c: 'Released' }),
      patch('account', 'Account/OMS_Customer_Key__c/C-O1', { Nope: 1 }),
      { method: 'GET', referenceId: 'read', url: '/services/data/v67.0/query?q=SELECT+Id+FROM+Order' },
    ];
    await twin.call('POST', '/composite', { compositeRequest });
    await twin.call('POST', '/composite', { compositeRequest: compositeRequest.slice(3) });
    const one = { calls: 1, records: 1 };
    expect((await twin.control('GET', 'calls')).body).toMatchObject({
      writes: { calls: 2, records: 3, refused: 1, objects: { Order: one, OrderItem: one, Account: one } },
    });
    expect((await twin.control('POST', 'calls/reset')).status).toBe(204);
    expect((await twin.control('GET', 'calls')).body).toMatchObject({ calls: [], writes: { calls: 0, objects: {} } });
  });

  it('calls a locator expired as often as it is told (§2.6)', async () => {
    await twin.seed(Array.from({ length: 401 }, (_, n) => ({ attributes: { type: 'Account' }, Name: `A${n}` })));
    const options = { 'sforce-query-options': 'batchSize=200' };
    const first = await twin.query('SELECT Id FROM Account', options);
    const more = String(member(first.body, 'nextRecordsUrl')).replace('/services/data/v67.0', '');
    expect((await twin.call('GET', more)).status).toBe(200);
    await twin.control('PUT', 'chaos', { expiredLocators: 1 });
    expect(await twin.call('GET', more)).toMatchObject({ body: [{ errorCode: 'INVALID_QUERY_LOCATOR' }] });
    const again = await twin.query('SELECT Id FROM Account', options);
    const next = String(member(again.body, 'nextRecordsUrl')).replace('/services/data/v67.0', '');
    expect((await twin.call('GET', next)).status).toBe(200);
  });

  it('answers a share of the calls late', async () => {
    await twin.control('PUT', 'chaos', { latencyMs: 1, latencyRatio: 0.5 });
    for (let call = 0; call < 40; call += 1) await twin.call('GET', '/limits');
    const late = member((await twin.control('GET', 'chaos')).body, 'fired.latencyMs');
    expect(late).toBeGreaterThan(8);
    expect(late).toBeLessThan(32);
  });

  it('refuses the next writes as told, then no more', async () => {
    await twin.control('PUT', 'chaos', {
      failNext: {
        statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        message: 'stale update',
        fields: ['OMS_Version__c'],
        times: 2,
        object: 'Order',
      },
    });
    const ids = await twin.seed(anOrder('O1'));
    expect((await twin.call('PATCH', `/sobjects/Account/${ids['account']}`, { Phone: '1' })).status).toBe(204);
    const order = `/sobjects/Order/${ids['order']}`;
    for (const _time of [1, 2])
      expect(await twin.call('PATCH', order, { OMS_Version__c: 2 })).toMatchObject({
        status: 400,
        body: [{ errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', fields: ['OMS_Version__c'] }],
      });
    expect((await twin.call('PATCH', order, { OMS_Version__c: 2 })).status).toBe(204);
    expect((await twin.control('GET', 'chaos')).body).toMatchObject({ failNext: null, fired: { failNext: 2 } });
  });

  it('answers HTML while it is told to be unavailable (§8 item 15)', async () => {
    await twin.control('PUT', 'chaos', { status503Html: 1 });
    const answer = await twin.call('GET', '/limits');
    expect(answer).toMatchObject({ status: 503, body: expect.stringMatching(/^<html>/) });
    expect(answer.headers.get('content-type')).toContain('text/html');
  });

  it('commits and loses the answer when told to (§8 item 15)', async () => {
    await twin.control('PUT', 'chaos', { answerLost: 1 });
    await expect(twin.call('POST', '/sobjects/Account', { Name: 'Lost answer' })).rejects.toThrow('fetch failed');
    expect(member((await twin.control('GET', 'records/Account?Name=Lost answer')).body, 'records.length')).toBe(1);
    expect((await twin.call('GET', '/limits')).status).toBe(200);
  });

  it('answers late when told to', async () => {
    await twin.control('PUT', 'chaos', { latencyMs: 80 });
    const before = performance.now();
    expect((await twin.call('GET', '/limits')).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThanOrEqual(79);
  });

  it('answers 403 while the budget is said to be spent (§2.11)', async () => {
    await twin.control('PUT', 'chaos', { requestLimitExceeded: true });
    expect(await twin.call('GET', '/limits')).toMatchObject({
      status: 403,
      body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
    });
  });

  it('refuses a chaos switch it does not know, and a ratio above one', async () => {
    expect((await twin.control('PUT', 'chaos', { rowLocks: 1 })).status).toBe(400);
    expect((await twin.control('PUT', 'chaos', { rowLockRatio: 2 })).status).toBe(400);
  });

  it('is healthy, and shows its records on a page with their text escaped', async () => {
    await twin.seed([{ attributes: { type: 'Account' }, Name: '<b>Bold</b>' }]);
    expect((await twin.control('GET', 'health')).body).toMatchObject({ status: 'ok', twin: 'salesforce' });
    const page = await fetch(`${twin.url}/control`);
    const html = await page.text();
    expect(html).toContain('<h2>Account (1)</h2>');
    expect(html).not.toContain('<b>Bold');
  });
});

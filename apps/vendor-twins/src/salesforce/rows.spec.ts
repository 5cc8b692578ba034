import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anOrder, member, startTwin, type TwinFixture } from './testing/twin-fixture.js';

describe('Rows of the Salesforce twin (§2.2)', () => {
  let twin: TwinFixture;
  let ids: Record<string, string>;
  beforeAll(async () => {
    twin = await startTwin();
    ids = await twin.seed(anOrder('A/1+x'));
  });
  afterAll(() => twin.close());

  it('creates with 201 and a Location, reads named fields back, patches with 204 and deletes with 204', async () => {
    const created = await twin.call('POST', '/sobjects/Account', { Name: 'Cedar & Co', BillingCity: 'Lund' });
    expect(created).toMatchObject({ status: 201, body: { success: true, errors: [] } });
    const id = String(member(created.body, 'id'));
    expect(id).toMatch(/^001\w{15}$/);
    const path = `/sobjects/Account/${id}`;
    expect(created.headers.get('location')).toBe(`/services/data/v67.0${path}`);
    expect(await twin.call('PATCH', path, { BillingCity: null, Phone: '555' })).toMatchObject({
      status: 204,
      body: undefined,
    });
    expect((await twin.call('GET', `${path}?fields=Name,BillingCity,Phone`)).body).toEqual({
      attributes: { type: 'Account', url: `/services/data/v67.0${path}` },
      Name: 'Cedar & Co',
      BillingCity: null,
      Phone: '555',
    });
    expect((await twin.call('GET', `/sobjects/Account/${id.slice(0, 15)}`)).status).toBe(200);
    expect((await twin.call('DELETE', path)).status).toBe(204);
    const gone = await twin.call('GET', path);
    expect(gone.status).toBe(404);
    expect(gone.body).toEqual([{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }]);
  });

  it('upserts by an external id: 201 when new, 200 when known, by a key without case and with escapes', async () => {
    const key = encodeURIComponent('S/1+ü%?');
    const body = { Order__r: { OMS_Order_Key__c: 'a/1+X' }, Carrier__c: 'Swift' };
    const first = await twin.call('PATCH', `/sobjects/OMS_Shipment__c/OMS_Shipment_Key__c/${key}`, body);
    expect(first).toMatchObject({ status: 201, body: { success: true, created: true, errors: [] } });
    const again = await twin.call(
      'PATCH',
      `/sobjects/OMS_Shipment__c/OMS_Shipment_Key__c/${key.replace('S', 's')}`,
      body,
    );
    expect(again).toMatchObject({ status: 200, body: { id: member(first.body, 'id'), created: false } });
    const read = await twin.call('GET', `/sobjects/OMS_Shipment__c/OMS_Shipment_Key__c/${key}`);
    expect(read.body).toMatchObject({ OMS_Shipment_Key__c: 'S/1+ü%?', Order__c: ids['order'], Name: 'S-00000001' });
  });

  it('does not insert with updateOnly, and answers 404 for a key it does not hold', async () => {
    const path = '/sobjects/Order/OMS_Order_Key__c/none?updateOnly=true';
    expect((await twin.call('PATCH', path, { OMS_Status__c: 'x' })).status).toBe(404);
  });

  it('answers 300 with the URLs of all matches, and writes nothing', async () => {
    const twice = { attributes: { type: 'Contact' }, LastName: 'Both', Email: 'both@aurora.example' };
    await twin.seed([twice, twice]);
    const answer = await twin.call('PATCH', '/sobjects/Contact/Email/both@aurora.example', { LastName: 'Changed' });
    expect(answer.status).toBe(300);
    expect(answer.body).toEqual([expect.stringMatching(/sobjects\/Contact\/003/), expect.any(String)]);
    expect(member((await twin.control('GET', 'records/Contact?LastName=Changed')).body, 'records')).toEqual([]);
  });

  it('words a missing parent as INVALID_FIELD with the foreign key sentence', async () => {
    const body = { OMS_Shipment_Key__c: 'S2', Order__r: { OMS_Order_Key__c: 'LATER' } };
    const answer = await twin.call('POST', '/sobjects/OMS_Shipment__c', body);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual([
      {
        errorCode: 'INVALID_FIELD',
        message: 'Foreign key external ID: later not found for field OMS_Order_Key__c in entity OMS_Shipment__c',
      },
    ]);
  });

  it('lets a detail name its own parent again and refuses another', async () => {
    const path = '/sobjects/OMS_Shipment__c/OMS_Shipment_Key__c/S3';
    const own = { Order__r: { OMS_Order_Key__c: 'A/1+x' } };
    await twin.call('PATCH', path, own);
    expect((await twin.call('PATCH', path, own)).status).toBe(200);
    await twin.seed(anOrder('OTHER'));
    const moved = await twin.call('PATCH', path, { Order__r: { OMS_Order_Key__c: 'OTHER' } });
    expect(moved).toMatchObject({ status: 400, body: [{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' }] });
  });

  const long = 'x'.repeat(256);
  it.each([
    ['INVALID_FIELD', { Name: 'A', Nope__c: 1 }, "No such column 'Nope__c' on sobject of type Account"],
    [
      'INVALID_FIELD',
      { Name: 'A', CurrencyIsoCode: 'EUR' },
      "No such column 'CurrencyIsoCode' on sobject of type Account",
    ],
    [
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      { Name: 'A', IsPersonAccount: true },
      expect.stringContaining('IsPersonAccount'),
    ],
    ['STRING_TOO_LONG', { Name: long }, `Account Name: data value too large: ${long} (max length=255)`],
    ['REQUIRED_FIELD_MISSING', { Phone: '1' }, 'Required fields are missing: [Name]'],
    [
      'MALFORMED_ID',
      { Name: 'A', ParentId: '003000000000000AAA' },
      'Parent ID: id value of incorrect type: 003000000000000AAA',
    ],
    ['MALFORMED_ID', { Name: 'A', ParentId: '001Tw0000000001AAA' }, expect.stringContaining('incorrect type')],
    ['INVALID_CROSS_REFERENCE_KEY', { Name: 'A', ParentId: '001000000000000AAA' }, 'invalid cross reference id'],
    ['JSON_PARSER_ERROR', { Name: ['A'] }, expect.stringContaining('START_ARRAY')],
    [
      'DUPLICATE_VALUE',
      { Name: 'A', OMS_Customer_Key__c: 'c-a/1+X' },
      expect.stringMatching(/record with id: 001\w{12}$/),
    ],
  ])('refuses a row with %s (§2.11)', async (errorCode, body, message) => {
    const answer = await twin.call('POST', '/sobjects/Account', body);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual([expect.objectContaining({ errorCode, message })]);
  });

  it.each([
    ['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', { Type__c: 'Barter', Amount__c: 1 }],
    ['NUMBER_OUTSIDE_VALID_RANGE', { Type__c: 'Cash', Amount__c: 1e16 }],
    ['JSON_PARSER_ERROR', { Type__c: 'Cash', Amount__c: 1, Authorization_Expires__c: 'tomorrow' }],
    ['REQUIRED_FIELD_MISSING', { Type__c: 'Cash' }],
  ])('knows the package: a tender is refused with %s', async (errorCode, body) => {
    const tender = { Tender_Key__c: 'T1', Order__c: ids['order'], ...body };
    const answer = await twin.call('POST', '/sobjects/Order_Tender__c', tender);
    expect(answer).toMatchObject({ status: 400, body: [{ errorCode }] });
  });

  it('refuses the Id and the key of the address in a body', async () => {
    const byId = await twin.call('PATCH', `/sobjects/Order/${ids['order']}`, { Id: ids['order'] });
    expect(byId.body).toMatchObject([{ message: 'The Id field should not be specified in the sobject data.' }]);
    const byKey = await twin.call('PATCH', '/sobjects/Order/OMS_Order_Key__c/A%2F1%2Bx', { OMS_Order_Key__c: 'A/1+x' });
    expect(byKey.status).toBe(400);
  });

  it('answers broken JSON, unknown resources and wrong methods as the vendor does (§2.1)', async () => {
    expect(await twin.call('POST', '/sobjects/Account', '{"Name":')).toMatchObject({
      status: 400,
      body: [{ errorCode: 'JSON_PARSER_ERROR' }],
    });
    expect((await twin.call('GET', '/sobjects/Nothing__c/describe')).status).toBe(404);
    expect(await twin.call('PUT', '/sobjects/Account', {})).toMatchObject({
      status: 405,
      body: [{ errorCode: 'METHOD_NOT_ALLOWED' }],
    });
  });

  it('describes fields with what a mapper needs (§2.10, §4)', async () => {
    const { body } = await twin.call('GET', '/sobjects/OMS_Shipment__c/describe');
    expect(body).toMatchObject({ name: 'OMS_Shipment__c', keyPrefix: expect.stringMatching(/^a\w\w$/), custom: true });
    expect(member(body, 'fields')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          name: 'OMS_Shipment_Key__c',
          type: 'string',
          length: 80,
          nillable: false,
          externalId: true,
          unique: true,
        }),
        expect.objectContaining({
          name: 'Order__c',
          type: 'reference',
          referenceTo: ['Order'],
          relationshipName: 'Order__r',
          updateable: false,
        }),
      ]),
    );
    const all = await twin.call('GET', '/sobjects');
    expect(member(all.body, 'sobjects')).toContainEqual(expect.objectContaining({ name: 'Order', keyPrefix: '801' }));
  });
});

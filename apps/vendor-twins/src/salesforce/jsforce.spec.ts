import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Connection } from 'jsforce';
import { anOrder, client, startTwin, type TwinFixture } from './testing/twin-fixture.js';

describe('jsforce against the Salesforce twin (§3.5)', () => {
  let twin: TwinFixture;
  let connection: Connection;
  beforeAll(async () => {
    twin = await startTwin();
    await twin.seed(anOrder('O1'));
    const { clientId, clientSecret } = client;
    connection = new Connection({
      instanceUrl: twin.url,
      version: '67.0',
      oauth2: { clientId, clientSecret, loginUrl: twin.url },
    });
    await connection.authorize({ grant_type: 'client_credentials' });
  });
  afterAll(() => twin.close());

  it('is authorized and knows its organization', () => {
    expect(connection.accessToken).toMatch(/^00D/);
    expect(connection.userInfo).toMatchObject({
      organizationId: expect.stringMatching(/^00D/),
      id: expect.stringMatching(/^005/),
    });
  });

  it('queries with parents and children', async () => {
    const result = await connection.query(
      "SELECT Id, Account.Name, (SELECT Quantity FROM OrderItems) FROM Order WHERE OMS_Order_Key__c = 'O1'",
    );
    expect(result).toMatchObject({
      totalSize: 1,
      records: [{ Account: { Name: 'Juniper Home' }, OrderItems: { records: [{ Quantity: 2 }] } }],
    });
    expect(connection.limitInfo.apiUsage?.limit).toBe(100_000);
  });

  it('upserts one record and many by external id', async () => {
    const history = { OMS_Event_Id__c: 'E1', Order__r: { OMS_Order_Key__c: 'O1' }, To_Status__c: 'Released' };
    expect(await connection.sobject('Order_Status_History__c').upsert(history, 'OMS_Event_Id__c')).toMatchObject({
      success: true,
      created: true,
    });
    const many = await connection
      .sobject('Order_Status_History__c')
      .upsert([history, { ...history, OMS_Event_Id__c: 'E2' }], 'OMS_Event_Id__c');
    expect(many).toMatchObject([
      { success: true, created: false },
      { success: true, created: true },
    ]);
  });

  it('posts a composite', async () => {
    const compositeRequest = [
      {
        method: 'PATCH',
        url: '/services/data/v67.0/sobjects/OMS_Shipment__c/OMS_Shipment_Key__c/S1',
        referenceId: 'parcel',
        body: { Order__r: { OMS_Order_Key__c: 'O1' } },
      },
      {
        method: 'PATCH',
        url: '/services/data/v67.0/sobjects/OMS_Shipment_Line__c/OMS_Shipment_Line_Key__c/S1-1',
        referenceId: 'line',
        body: { Shipment__c: '@{parcel.id}', Quantity__c: 2 },
      },
    ];
    const answer: unknown = await connection.requestPost('/composite', { allOrNone: true, compositeRequest });
    expect(answer).toMatchObject({ compositeResponse: [{ httpStatusCode: 201 }, { httpStatusCode: 201 }] });
  });

  it('describes an object and throws the vendor’s code for a refusal', async () => {
    const described = await connection.describe('OrderItem');
    expect(described.fields.find(({ name }) => name === 'Product2Id')?.referenceTo).toEqual(['Product2']);
    await expect(connection.sobject('Account').create({ Phone: '1' })).rejects.toMatchObject({
      errorCode: 'REQUIRED_FIELD_MISSING',
    });
  });
});

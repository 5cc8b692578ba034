import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Connection } from 'jsforce';
import { anOrder, client, member, startTwin, type TwinFixture } from './testing/twin-fixture.js';

const base = '/services/data/v67.0/sobjects';

/** A client that nobody here wrote, and nothing else: what it makes of the twin it would make of the vendor. */
describe('jsforce alone against the Salesforce twin', () => {
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

  it('creates, reads, updates and deletes a record (§2.2)', async () => {
    const made = await connection.sobject('Account').create({ Name: 'Fern & Co' });
    const id = String(made.id);
    expect(await connection.sobject('Account').retrieve(id)).toMatchObject({ Name: 'Fern & Co' });
    expect(await connection.sobject('Account').update({ Id: id, Phone: '+49 30 1' })).toMatchObject({ success: true });
    expect(await connection.sobject('Account').retrieve(id)).toMatchObject({ Phone: '+49 30 1' });
    expect(await connection.sobject('Account').destroy(id)).toMatchObject({ success: true });
    await expect(connection.sobject('Account').retrieve(id)).rejects.toMatchObject({ errorCode: 'NOT_FOUND' });
  });

  it('reads 450 records page by page (§2.6)', async () => {
    await twin.seed(
      Array.from({ length: 450 }, (_, n) => ({
        attributes: { type: 'Contact' },
        LastName: `L${n}`,
        FirstName: 'Page',
      })),
    );
    const headers = { 'Sforce-Query-Options': 'batchSize=200' };
    const sizes: number[] = [];
    let page = await connection.query("SELECT Id FROM Contact WHERE FirstName = 'Page'", { headers });
    for (sizes.push(page.records.length); page.nextRecordsUrl; sizes.push(page.records.length))
      page = await connection.queryMore(page.nextRecordsUrl);
    expect(sizes).toEqual([200, 200, 50]);
    expect(page).toMatchObject({ totalSize: 450, done: true });
  });

  it('upserts: created with 201, updated with 200, several with 300 (§2.2)', async () => {
    const contact = { Email: 'mira@example.org', LastName: 'Mira' };
    expect(await connection.sobject('Contact').upsert(contact, 'Email')).toMatchObject({ created: true });
    expect(await connection.sobject('Contact').upsert(contact, 'Email')).toMatchObject({ created: false });
    await twin.seed([{ attributes: { type: 'Contact' }, ...contact }]);
    await expect(connection.sobject('Contact').upsert(contact, 'Email')).rejects.toMatchObject({
      errorCode: 'MULTIPLE_CHOICES',
    });
    const answered = member((await twin.control('GET', 'calls')).body, 'calls');
    const resource = '/sobjects/Contact/Email/:value';
    for (const status of [201, 200, 300])
      expect(answered).toContainEqual(expect.objectContaining({ method: 'PATCH', resource, status, calls: 1 }));
  });

  it('writes a collection of which a part fails, or nothing of it under allOrNone (§2.3)', async () => {
    const records = [{ Name: 'Good' }, { Name: 'x'.repeat(256) }];
    expect(await connection.sobject('Account').create(records)).toMatchObject([
      { success: true },
      { success: false, errors: [{ statusCode: 'STRING_TOO_LONG', fields: ['Name'] }] },
    ]);
    expect(await connection.sobject('Account').create(records, { allOrNone: true })).toMatchObject([
      { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
      { success: false },
    ]);
    expect((await connection.query("SELECT Id FROM Account WHERE Name = 'Good'")).totalSize).toBe(1);
  });

  it('posts a composite that is rolled back, and a graph that stands (§2.4, §2.5)', async () => {
    const compositeRequest = [
      { method: 'POST', url: `${base}/Account`, referenceId: 'good', body: { Name: 'Undone' } },
      { method: 'POST', url: `${base}/Account`, referenceId: 'bad', body: { ParentId: '@{good.id}' } },
    ];
    expect(await connection.requestPost('/composite', { allOrNone: true, compositeRequest })).toMatchObject({
      compositeResponse: [
        { body: [{ errorCode: 'PROCESSING_HALTED' }] },
        { body: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] },
      ],
    });
    expect((await connection.query("SELECT Id FROM Account WHERE Name = 'Undone'")).totalSize).toBe(0);
    const graphs = [{ graphId: 'g1', compositeRequest: compositeRequest.slice(0, 1) }];
    expect(await connection.requestPost('/composite/graph', { graphs })).toMatchObject({
      graphs: [{ isSuccessful: true }],
    });
  });

  it('loads by Bulk 2 from the first call to the results, and queries by it (§2.7)', async () => {
    connection.bulk2.pollInterval = 10;
    const job = connection.bulk2.createJob({
      ...{ object: 'Account', operation: 'upsert', externalIdFieldName: 'OMS_Customer_Key__c' },
    });
    await job.open();
    await job.uploadData([
      { Name: 'Bulk 1', OMS_Customer_Key__c: 'B1' },
      { Name: 'x'.repeat(256), OMS_Customer_Key__c: 'B2' },
    ]);
    await job.close();
    await job.poll(10, 5_000);
    expect(await job.check()).toMatchObject({
      state: 'JobComplete',
      numberRecordsProcessed: 2,
      numberRecordsFailed: 1,
    });
    const results = await job.getAllResults();
    expect(results).toMatchObject({
      successfulResults: [{ sf__Created: 'true', OMS_Customer_Key__c: 'B1' }],
      failedResults: [{ sf__Error: expect.stringMatching(/^STRING_TOO_LONG:/), OMS_Customer_Key__c: 'B2' }],
      unprocessedRecords: [],
    });
    const stream = await connection.bulk2.query("SELECT Name FROM Account WHERE OMS_Customer_Key__c = 'B1'");
    expect(await stream.toArray()).toEqual([{ Name: 'Bulk 1' }]);
  });
});

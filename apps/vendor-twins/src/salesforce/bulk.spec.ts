import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../testing/eventually.js';
import { readCsv } from './bulk/csv.js';
import { anOrder, member, startTwin, type TwinFixture } from './testing/twin-fixture.js';

const upsert = { object: 'Account', operation: 'upsert', externalIdFieldName: 'OMS_Customer_Key__c' };
const text = { 'content-type': 'text/csv' };

describe('Bulk API 2.0 of the Salesforce twin (§2.7)', () => {
  let twin: TwinFixture;
  beforeAll(async () => {
    twin = await startTwin();
  });
  afterAll(() => twin.close());
  beforeEach(() => twin.control('POST', 'reset'));

  const open = async (job: object = upsert) =>
    `/jobs/ingest/${String(member((await twin.call('POST', '/jobs/ingest', job)).body, 'id'))}`;
  const upload = (job: string, lines: string[]) => twin.call('PUT', `${job}/batches`, lines.join('\n'), text);
  const close = (job: string) => twin.call('PATCH', job, { state: 'UploadComplete' });
  const state = async (job: string) => member((await twin.call('GET', job)).body, 'state');
  const over = (job: string) =>
    eventually('the job is over', async () => ['JobComplete', 'Failed'].includes(String(await state(job))));
  const rows = async (job: string, which: string) => readCsv(String((await twin.call('GET', `${job}/${which}`)).body));

  it('goes from Open to JobComplete, with the rows that succeeded and those that failed', async () => {
    const created = await twin.call('POST', '/jobs/ingest', upsert);
    expect(created).toMatchObject({
      status: 200,
      body: { state: 'Open', object: 'Account', jobType: 'V2Ingest', apiVersion: 67 },
    });
    const job = `/jobs/ingest/${String(member(created.body, 'id'))}`;
    await twin.seed([{ attributes: { type: 'Account' }, Name: 'Old', Phone: '1', OMS_Customer_Key__c: 'K1' }]);
    const long = 'x'.repeat(41);
    const lines = [
      'Name,Phone,AccountNumber,OMS_Customer_Key__c',
      '"Juniper, ""Home""",#N/A,,K1',
      'New,,,K2',
      `Bad,,${long},K3`,
    ];
    expect((await upload(job, lines)).status).toBe(201);
    expect((await close(job)).body).toMatchObject({ state: 'UploadComplete' });
    await over(job);
    expect((await twin.call('GET', job)).body).toMatchObject({
      state: 'JobComplete',
      numberRecordsProcessed: 3,
      numberRecordsFailed: 1,
    });
    const [header, ...done] = await rows(job, 'successfulResults');
    expect(header).toEqual(['sf__Id', 'sf__Created', ...String(lines[0]).split(',')]);
    expect(done.map(([, made, , , , key]) => [key, made]).sort()).toEqual([
      ['K1', 'false'],
      ['K2', 'true'],
    ]);
    expect((await rows(job, 'failedResults'))[1]?.[1]).toMatch(/^STRING_TOO_LONG:.*:AccountNumber--$/);
    expect(await rows(job, 'unprocessedrecords')).toHaveLength(1);
    const shown = await twin.control('GET', 'records/Account?OMS_Customer_Key__c=K1');
    expect(shown.body).toMatchObject({ records: [{ Name: 'Juniper, "Home"', Phone: null }] });
  });

  it('finds parents by their key, and publishes what it wrote with the origin of the caller', async () => {
    await twin.seed(anOrder('O1'));
    const object = 'Order_Status_History__c';
    const job = await open({ object, operation: 'insert' });
    await upload(job, ['OMS_Event_Id__c,Order__r.OMS_Order_Key__c', 'E1,O1', 'E2,O9']);
    await close(job);
    await over(job);
    expect(await rows(job, 'successfulResults')).toHaveLength(2);
    expect((await rows(job, 'failedResults'))[1]?.[1]).toMatch(/^INVALID_FIELD:Foreign key external ID: o9 not found/);
    const headers = { 'sforce-call-options': 'client=tandem' };
    const made = await twin.call('POST', '/jobs/ingest', { object: 'Account', operation: 'insert' }, headers);
    const second = `/jobs/ingest/${String(member(made.body, 'id'))}`;
    await upload(second, ['Name', 'A']);
    await close(second);
    await over(second);
    expect(member((await twin.control('GET', 'events')).body, 'kept')).toBe(1);
    expect((await twin.control('GET', 'writes?object=Account')).body).toMatchObject({
      effective: [{ client: 'tandem' }],
    });
  });

  it('is counted as calls for bulk, with the rows by object type', async () => {
    const job = await open();
    await upload(job, ['Name,OMS_Customer_Key__c', ...Array.from({ length: 2_500 }, (_, n) => `A${n},K${n}`)]);
    await close(job);
    await over(job);
    expect((await twin.control('GET', 'calls')).body).toMatchObject({
      writes: { calls: 3, records: 2_500, objects: { Account: { calls: 1, records: 2_500 } } },
    });
  });

  it('keeps finished rows when it fails, and names the rest as unprocessed', async () => {
    await twin.control('PUT', 'chaos', { bulkFailAfter: 2 });
    const job = await open();
    await upload(job, ['Name,OMS_Customer_Key__c', 'A,K1', 'B,K2', 'C,K3']);
    await close(job);
    await over(job);
    expect(await state(job)).toBe('Failed');
    expect(await rows(job, 'successfulResults')).toHaveLength(3);
    expect(await rows(job, 'unprocessedrecords')).toEqual([
      ['Name', 'OMS_Customer_Key__c'],
      ['C', 'K3'],
    ]);
    expect(member((await twin.control('GET', 'records/Account')).body, 'records.length')).toBe(2);
  });

  it('fails as a whole for a column that the object does not have', async () => {
    const job = await open();
    await upload(job, ['Name,Nope__c', 'A,1']);
    await close(job);
    await over(job);
    expect((await twin.call('GET', job)).body).toMatchObject({
      state: 'Failed',
      errorMessage: 'InvalidBatch : Field name not found : Nope__c',
    });
    expect(await rows(job, 'unprocessedrecords')).toHaveLength(2);
  });

  it('locks single rows, and takes one upload only', async () => {
    await twin.control('PUT', 'chaos', { rowLockRatio: 1 });
    const job = await open();
    await upload(job, ['Name,OMS_Customer_Key__c', 'A,K1']);
    expect(await upload(job, ['Name', 'B'])).toMatchObject({ status: 400, body: [{ errorCode: 'INVALIDJOBSTATE' }] });
    await close(job);
    await over(job);
    expect((await rows(job, 'failedResults'))[1]?.[1]).toMatch(/^UNABLE_TO_LOCK_ROW:unable to obtain .*:--$/);
  });

  it('has no results, and cannot be deleted, while it is at work; aborted it leaves its rows alone', async () => {
    await twin.control('PUT', 'chaos', { bulkDelayMs: 60_000 });
    const job = await open();
    await upload(job, ['Name,OMS_Customer_Key__c', 'A,K1']);
    await close(job);
    expect((await twin.call('GET', `${job}/successfulResults`)).status).toBe(400);
    expect((await twin.call('DELETE', job)).status).toBe(400);
    expect((await twin.call('PATCH', job, { state: 'Aborted' })).body).toMatchObject({ state: 'Aborted' });
    expect(await rows(job, 'unprocessedrecords')).toHaveLength(2);
    expect((await twin.call('DELETE', job)).status).toBe(204);
    expect((await twin.call('GET', job)).status).toBe(404);
  });

  it('answers a query job page by page', async () => {
    await twin.seed(anOrder('O1'));
    await twin.seed(anOrder('O2'));
    const query = 'SELECT OMS_Order_Key__c, Account.Name FROM Order ORDER BY OMS_Order_Key__c';
    const made = await twin.call('POST', '/jobs/query', { operation: 'query', query });
    expect(made.body).toMatchObject({ object: 'Order', jobType: 'V2Query', state: 'UploadComplete' });
    const job = `/jobs/query/${String(member(made.body, 'id'))}`;
    await over(job);
    const first = await twin.call('GET', `${job}/results?maxRecords=1`);
    expect(readCsv(String(first.body))).toEqual([
      ['OMS_Order_Key__c', 'Account.Name'],
      ['O1', 'Juniper Home'],
    ]);
    const next = await twin.call('GET', `${job}/results?maxRecords=1&locator=${first.headers.get('sforce-locator')}`);
    expect(readCsv(String(next.body))[1]).toEqual(['O2', 'Juniper Home']);
    expect(next.headers.get('sforce-locator')).toBe('null');
  });

  it.each([
    [{ object: 'Nope', operation: 'insert' }],
    [{ object: 'Account', operation: 'merge' }],
    [{ object: 'Account', operation: 'upsert', externalIdFieldName: 'Phone' }],
  ])('refuses a job of %j', async (job) => {
    expect((await twin.call('POST', '/jobs/ingest', job)).status).toBe(400);
  });
});

import { afterEach, describe, expect, it } from '@jest/globals';
import { Clock, crmOrgName } from '@tandem/domain';
import { AnsweringOrg, isLogin, type SpokenAnswer } from '../../fixtures/answering-org.js';
import { SalesforceConnection } from '../salesforce-connection.js';
import { csvOf } from './bulk-csv.js';
import type { RecordWrite } from './record-write.js';
import { sendWrites } from './send-writes.js';

class StoppedClock extends Clock {
  override now = () => new Date('2026-03-01T10:00:00.000Z');
}

const entry = (n: number, fields: RecordWrite['fields'] = { To_Status__c: 'shipped' }): RecordWrite => ({
  name: `history:h-${n}`,
  object: 'Order_Status_History__c',
  externalId: 'OMS_Event_Id__c',
  identity: { OMS_Event_Id__c: `h-${n}` },
  layer: 1,
  parent: '801000000000001AAA',
  order: '801000000000001AAA',
  atCreation: { Order__c: '801000000000001AAA' },
  fields,
});

const csv = (text: string): SpokenAnswer => ({ text, headers: { 'content-type': 'text/csv' } });
const job = '/services/data/v67.0/jobs/ingest/750000000000001AAA';

let org: AnsweringOrg | undefined;
afterEach(async () => {
  await org?.stop();
  org = undefined;
});

/** An org that takes one job, and says what became of its rows. */
async function bulkOrg(states: readonly string[], results: Readonly<Record<string, string>>) {
  const left = [...states];
  org = await AnsweringOrg.start((call, self) => {
    if (isLogin(call)) return self.token();
    if (call.method === 'POST') return { json: { id: '750000000000001AAA', state: 'Open' } };
    if (call.method === 'PUT') return { status: 201, text: '' };
    if (call.method === 'PATCH') return { json: { state: 'UploadComplete' } };
    const asked = call.url.split('/').at(-1) ?? '';
    return asked in results ? csv(results[asked] ?? '') : { json: { state: left.shift() ?? 'JobComplete' } };
  });
  const options = { org: crmOrgName('north'), loginUrl: org.url, clientId: 'tandem-app', clientSecret: 'invented' };
  return { org, connection: new SalesforceConnection({ ...options, writing: { bulkFrom: 3 } }, new StoppedClock()) };
}

const heads = {
  successfulResults: 'sf__Id,sf__Created,OMS_Event_Id__c\n',
  failedResults: 'sf__Id,sf__Error,OMS_Event_Id__c\n',
};

describe('Writing many records of one object', () => {
  it('takes one job, and answers each by its own key, in whatever order the org tells', async () => {
    const { org, connection } = await bulkOrg(['InProgress', 'JobComplete'], {
      successfulResults: `${heads.successfulResults}a0X2,true,h-3\na0X1,false,h-1\n`,
      failedResults: `${heads.failedResults},"UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record or 1 records: 801000000000001:--",h-2\n`,
    });
    const outcomes = await sendWrites(connection, [entry(1), entry(2), entry(3)]);

    expect([...outcomes]).toMatchObject([
      ['history:h-1', { kind: 'written' }],
      ['history:h-2', { kind: 'failed', fault: { kind: 'transient', code: 'crm.row_locked' } }],
      ['history:h-3', { kind: 'written' }],
    ]);
    expect(org.heard.filter((call) => !isLogin(call)).map(({ method, url }) => [method, url.replace(job, '')])).toEqual(
      [
        ['POST', '/services/data/v67.0/jobs/ingest'],
        ['PUT', '/batches'],
        ['PATCH', ''],
        ['GET', ''],
        ['GET', ''],
        ['GET', '/successfulResults'],
        ['GET', '/failedResults'],
      ],
    );
    expect(JSON.parse(org.calls('/services/data/v67.0/jobs/ingest')[0]?.body ?? '')).toEqual({
      object: 'Order_Status_History__c',
      operation: 'upsert',
      externalIdFieldName: 'OMS_Event_Id__c',
      contentType: 'CSV',
      lineEnding: 'LF',
      columnDelimiter: 'COMMA',
    });
    const upload = org.heard.find(({ method }) => method === 'PUT');
    expect(upload?.headers['content-type']).toContain('text/csv');
    expect(upload?.body.split('\n')[1]).toBe('h-1,801000000000001AAA,shipped');
  });

  it('tries again later what the job did not come to', async () => {
    const { connection } = await bulkOrg(['Failed'], {
      successfulResults: `${heads.successfulResults}a0X1,true,h-1\n`,
      failedResults: heads.failedResults,
    });
    const outcomes = await sendWrites(connection, [entry(1), entry(2), entry(3)]);

    expect(outcomes.get('history:h-1')).toEqual({ kind: 'written' });
    expect(outcomes.get('history:h-3')).toMatchObject({ fault: { kind: 'transient', code: 'crm.bulk_ended' } });
  });

  it('leaves alone what a record does not name, empties what is null, and keeps commas, quotes and line ends', () => {
    const child: RecordWrite = {
      ...entry(2),
      atCreation: { Shipment__r: { OMS_Shipment_Key__c: 's-1' } },
      fields: { Reason__c: 'said "no",\nthen left', Late__c: true },
    };
    expect(csvOf([entry(1, { Reason__c: null, Quantities__c: '' }), child])).toBe(
      'OMS_Event_Id__c,Order__c,Reason__c,Quantities__c,Shipment__r.OMS_Shipment_Key__c,Late__c\n' +
        'h-1,801000000000001AAA,#N/A,#N/A,,\n' +
        'h-2,,"said ""no"",\nthen left",,s-1,true\n',
    );
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Clock, crmOrgName } from '@tandem/domain';
import { startSalesforceTwin } from '@tandem/vendor-twins';
import { SalesforceConnection } from '../salesforce-connection.js';
import type { RecordWrite } from './record-write.js';
import { sendWrites } from './send-writes.js';

class SystemClock extends Clock {
  override now = () => new Date();
}

const client = { clientId: 'tandem-twin', clientSecret: 'invented', runAs: 'tandem@aurora.example' };
const objectsFolder = new URL('../../sfdx/force-app/main/default/objects', import.meta.url).pathname;
const jobFrom = 250;

type Twin = Awaited<ReturnType<typeof startSalesforceTwin>>;

const control = async (twin: Twin, path: string, body?: object): Promise<unknown> => {
  const answer = await fetch(`${twin.url}/control/${path}`, {
    method: body ? 'POST' : 'GET',
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  return answer.json();
};

describe('Bulk API 2.0, as the twin keeps it', () => {
  let twin: Twin | undefined;
  let connection: SalesforceConnection | undefined;
  let order = '';

  const running = () => {
    if (!twin || !connection) throw new Error('The twin did not start.');
    return { twin, connection };
  };
  const write = (writes: readonly RecordWrite[]) => sendWrites(running().connection, writes);

  const entry = (n: number, fields: RecordWrite['fields'] = {}): RecordWrite => ({
    name: `history:h/${n}`,
    object: 'Order_Status_History__c',
    externalId: 'OMS_Event_Id__c',
    identity: { OMS_Event_Id__c: `h/${n}` },
    layer: 1,
    parent: order,
    order,
    atCreation: { Order__c: order },
    fields: { To_Status__c: 'shipped', Reason__c: 'said "no",\nthen left', Late__c: false, ...fields },
  });
  const entries = () => Array.from({ length: jobFrom }, (_, n) => entry(n));

  beforeAll(async () => {
    twin = await startSalesforceTwin({
      port: 0,
      pubsubPort: 0,
      seed: 1,
      objectsFolder,
      clients: [client],
      features: features,
    });
    const options = { org: crmOrgName('north'), loginUrl: twin.url, ...client };
    connection = new SalesforceConnection({ ...options, writing: { bulkFrom: jobFrom } }, new SystemClock());
    const records = [
      { attributes: { type: 'Account', referenceId: 'account' }, Name: 'Quill' },
      ...[
        {
          attributes: { type: 'Order', referenceId: 'order' },
          AccountId: '@account',
          Status: 'Draft',
          EffectiveDate: '2026-01-01',
        },
      ],
    ];
    const { ids } = (await control(twin, 'seed', { records })) as { ids: Record<string, string> };
    order = ids['order'] ?? '';
  });

  afterAll(async () => {
    await twin?.close();
  });

  it('takes hundreds of records in one job, which are there afterwards as they were sent', async () => {
    const outcomes = await write(entries());

    expect([...outcomes.values()].filter(({ kind }) => kind !== 'written')).toEqual([]);
    expect(outcomes.size).toBe(jobFrom);
    const held = (await control(running().twin, 'records/Order_Status_History__c')) as
      { records?: object[] } | object[];
    const records = Array.isArray(held) ? held : (held.records ?? []);
    expect(records).toHaveLength(jobFrom);
    expect(records[0]).toMatchObject({ Order__c: order, To_Status__c: 'shipped', Reason__c: 'said "no",\nthen left' });
  });

  it('changes nothing when they come again, and tells of the one that it refuses', async () => {
    const again = [...entries().slice(1), entry(0, { To_Status__c: 'x'.repeat(300) })];
    const outcomes = await write(again.map((one) => ({ ...one, atCreation: {} })));

    expect([...outcomes].filter(([, { kind }]) => kind !== 'written')).toMatchObject([
      ['history:h/0', { fault: { kind: 'permanent', code: 'crm.field_too_long' } }],
    ]);
    const { effective } = (await control(running().twin, 'writes')) as { effective: object[] };
    expect(effective).toHaveLength(jobFrom);
  });
});

const features = { multiCurrency: false, stateCountryPicklists: false, personAccounts: false };

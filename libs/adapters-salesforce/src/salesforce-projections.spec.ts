import { afterEach, describe, expect, it } from '@jest/globals';
import { crmOrderId, crmOrgName, crmRecordId, Clock, type RecordChange } from '@tandem/domain';
import { AnsweringOrg, isLogin } from '../fixtures/answering-org.js';
import { SalesforceConnection } from './salesforce-connection.js';
import { SalesforceOrgs } from './salesforce-orgs.js';
import { SalesforceProjections } from './salesforce-projections.js';

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly referenceId: string;
  readonly body: { readonly allOrNone: boolean; readonly records: readonly Record<string, unknown>[] };
}
interface SentCall {
  readonly allOrNone: boolean;
  readonly collateSubrequests: boolean;
  readonly compositeRequest: readonly Sent[];
}
type Said = { readonly status?: number; readonly body: unknown };

class StoppedClock extends Clock {
  override now = () => new Date('2026-03-01T10:00:00.000Z');
}
const clock = new StoppedClock();
const north = crmOrgName('north');
const orderId = (n: number) => crmOrderId(`801${String(n).padStart(12, '0')}AAA`);

const order = (n: number, version = 1): RecordChange => ({
  address: { kind: 'order', id: orderId(n) },
  isNew: false,
  fields: { version, status: 'Shipped' },
});
const line = (n: number): RecordChange => ({
  address: {
    kind: 'line',
    id: crmRecordId(`802${String(n).padStart(12, '0')}AAA`),
    order: crmOrderId('801000000000001AAA'),
  },
  isNew: false,
  fields: { shipped: 1 },
});
const shipment = (n: number): RecordChange => ({
  address: { kind: 'shipment', key: `s-${n}`, order: orderId(n) },
  isNew: true,
  fields: { packageId: `p-${n}` },
});
const shipmentLine = (n: number): RecordChange => ({
  address: { kind: 'shipment-line', key: `s-${n}/1`, shipmentKey: `s-${n}` },
  isNew: true,
  fields: { quantity: 1 },
});
const history = (n: number, of = n): RecordChange => ({
  address: { kind: 'history', key: `h-${n}`, order: orderId(of) },
  isNew: true,
  fields: { to: 'Shipped' },
});

const succeeded = ({ body }: Sent): Said => ({ body: body.records.map(() => ({ success: true, errors: [] })) });
const refused = (statusCode: string, fields: readonly string[] = []) => ({
  success: false,
  errors: [{ statusCode, message: '', fields }],
});
const written = { kind: 'written' };

let org: AnsweringOrg | undefined;
afterEach(async () => {
  await org?.stop();
  org = undefined;
});

/** Fields that the org has, by object; of other objects it says that they are not there. */
type Described = Readonly<Record<string, readonly object[]>>;

const describedBy = ({ compositeRequest }: SentCall, schema: Described) => ({
  json: {
    compositeResponse: compositeRequest.map(({ url, referenceId }) => {
      const fields = schema[url.split('/').at(-2) ?? ''];
      return { referenceId, httpStatusCode: fields ? 200 : 404, httpHeaders: {}, body: fields ? { fields } : [] };
    }),
  },
});

async function projections(
  answerTo: (part: Sent, call: number) => Said | undefined = succeeded,
  schema: Described = {},
) {
  const calls: SentCall[] = [];
  org = await AnsweringOrg.start((call, self) => {
    if (isLogin(call)) return self.token();
    const sent = JSON.parse(call.body) as SentCall;
    if (sent.compositeRequest.some(({ url }) => url.endsWith('/describe'))) return describedBy(sent, schema);
    calls.push(sent);
    const answers = sent.compositeRequest.map((part) => ({ part, said: answerTo(part, calls.length) }));
    if (answers.some(({ said }) => said === undefined)) return { status: 503, text: '<html>' };
    const compositeResponse = answers.map(({ part: { referenceId }, said }) => ({
      referenceId,
      httpStatusCode: said?.status ?? 200,
      httpHeaders: {},
      body: said?.body,
    }));
    return { json: { compositeResponse } };
  });
  const options = { org: north, loginUrl: org.url, clientId: 'tandem-app', clientSecret: 'invented' };
  const adapter = new SalesforceProjections(
    new SalesforceOrgs([new SalesforceConnection({ ...options, writing: { bulkFrom: 10_000 } }, clock)]),
  );
  return { calls, write: (changes: readonly RecordChange[]) => adapter.write(north, changes) };
}

describe('Writing projections', () => {
  it('takes one call for the records of many orders, parents before children, each independent of the others', async () => {
    const { calls, write } = await projections();
    const outcomes = await write([history(1), shipmentLine(1), line(1), shipment(1), order(1), order(2), line(2)]);

    expect(outcomes).toEqual(Array(7).fill(written));
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ allOrNone: false, collateSubrequests: false });
    expect(calls[0]?.compositeRequest.map(({ method, url, body }) => [method, url, body.allOrNone])).toEqual(
      [
        'composite/sobjects',
        'composite/sobjects/OMS_Shipment__c/OMS_Shipment_Key__c',
        'composite/sobjects/Order_Status_History__c/OMS_Event_Id__c',
        'composite/sobjects/OMS_Shipment_Line__c/OMS_Shipment_Line_Key__c',
      ].map((resource) => ['PATCH', `/services/data/v67.0/${resource}`, false]),
    );
    expect(calls[0]?.compositeRequest[0]?.body.records.map(({ attributes }) => attributes)).toEqual(
      ['Order', 'Order', 'OrderItem', 'OrderItem'].map((type) => ({ type })),
    );
  });

  it('puts children of one parent side by side', async () => {
    const { calls, write } = await projections();
    await write([history(1, 8), history(2, 7), history(3, 8)]);

    expect(calls[0]?.compositeRequest[0]?.body.records.map(({ OMS_Event_Id__c }) => OMS_Event_Id__c)).toEqual([
      'h-2',
      'h-1',
      'h-3',
    ]);
  });

  it('splits what does not fit into collections of 200 and calls of five of them', async () => {
    const { calls, write } = await projections();
    const outcomes = await write([...Array(1_001).keys()].map((n) => order(n)));

    expect(outcomes.filter(({ kind }) => kind === 'written')).toHaveLength(1_001);
    expect(calls.map(({ compositeRequest }) => compositeRequest.map(({ body }) => body.records.length))).toEqual([
      [200, 200, 200, 200, 200],
      [1],
    ]);
  });

  it('merges changes of one record, the later winning, and answers both', async () => {
    const { calls, write } = await projections();

    expect(await write([order(1, 1), order(2), order(1, 2)])).toEqual([written, written, written]);
    expect(calls[0]?.compositeRequest[0]?.body.records).toMatchObject([{ OMS_Version__c: 2 }, { OMS_Version__c: 1 }]);
  });

  it('answers each change with its own outcome, in the order of the changes', async () => {
    const { write } = await projections(({ body }) => ({
      body: body.records.map(({ id }) => (id === orderId(2) ? refused('UNABLE_TO_LOCK_ROW') : { success: true })),
    }));

    expect(await write([order(1), order(2), order(3)])).toMatchObject([
      written,
      { kind: 'failed', fault: { kind: 'transient', code: 'crm.row_locked' } },
      written,
    ]);
  });

  it('fails only the records of a part that failed as a whole', async () => {
    const { write } = await projections((part) =>
      part.url.includes('OMS_Shipment__c')
        ? { status: 400, body: [{ errorCode: 'JSON_PARSER_ERROR', message: 'Unexpected character' }] }
        : succeeded(part),
    );

    expect(await write([order(1), shipment(1), history(1)])).toMatchObject([
      written,
      { kind: 'failed', fault: { kind: 'permanent', code: 'crm.body_unreadable' } },
      written,
    ]);
  });

  it('throws where the first call fails, and nothing was looked at', async () => {
    const { write } = await projections(() => undefined);

    await expect(write([order(1)])).rejects.toMatchObject({ kind: 'transient', code: 'crm.unavailable' });
  });

  it('keeps the outcomes of the first call where a later one fails, and makes no further', async () => {
    const { calls, write } = await projections((part, call) => (call === 2 ? undefined : succeeded(part)));
    const outcomes = await write([...Array(2_500).keys()].map((n) => order(n)));

    expect(outcomes.slice(0, 1_000)).toEqual(Array(1_000).fill(written));
    expect(outcomes[1_000]).toMatchObject({ kind: 'failed', fault: { code: 'crm.unavailable' } });
    expect(outcomes[2_499]).toMatchObject({ kind: 'failed', fault: { code: 'crm.unavailable' } });
    expect(calls).toHaveLength(2);
  });

  it('writes a new record without its parent where the org has it already', async () => {
    const { calls, write } = await projections(({ body }) => ({
      body: body.records.map((record) =>
        'Order__c' in record ? refused('INVALID_FIELD_FOR_INSERT_UPDATE', ['Order__c']) : { success: true },
      ),
    }));

    expect(await write([order(1), shipment(1)])).toEqual([written, written]);
    expect(calls.map(({ compositeRequest }) => compositeRequest.length)).toEqual([2, 1]);
  });

  it('reports the missing right where the parent cannot be written at all', async () => {
    const { write } = await projections(({ body }) => ({
      body: body.records.map((record) =>
        'Order__c' in record
          ? refused('INVALID_FIELD_FOR_INSERT_UPDATE', ['Order__c'])
          : refused('REQUIRED_FIELD_MISSING', ['Order__c']),
      ),
    }));

    expect(await write([shipment(1)])).toMatchObject([
      { fault: { kind: 'suspending', code: 'crm.field_not_writable' } },
    ]);
  });

  it('writes a record once more that was created at the same time, without its parent', async () => {
    const { calls, write } = await projections(({ body }) => ({
      body: body.records.map((record) => ('Order__c' in record ? refused('DUPLICATE_VALUE') : { success: true })),
    }));

    expect(await write([shipment(1), order(1)])).toEqual([written, written]);
    expect(calls.map(({ compositeRequest }) => compositeRequest.length)).toEqual([2, 1]);
  });

  it('sets aside a record whose value another record keeps, after one repeat', async () => {
    const { calls, write } = await projections(({ body }) => ({
      body: body.records.map(() => refused('DUPLICATE_VALUE')),
    }));

    expect(await write([order(1)])).toMatchObject([{ fault: { kind: 'permanent', code: 'crm.key_taken' } }]);
    expect(calls).toHaveLength(2);
  });

  it('makes no second call where another field cannot be written', async () => {
    const { calls, write } = await projections(({ body }) => ({
      body: body.records.map(() => refused('INVALID_FIELD_FOR_INSERT_UPDATE', ['Package__c'])),
    }));

    expect(await write([shipment(1)])).toMatchObject([{ fault: { code: 'crm.field_not_writable' } }]);
    expect(calls).toHaveLength(1);
  });

  it('leaves out what the org does not have, says so, and shortens what is too long there', async () => {
    const text = { type: 'string', length: 5, createable: true, updateable: true };
    const { calls, write } = await projections(succeeded, {
      Order: [
        { ...text, name: 'OMS_Status__c' },
        { ...text, name: 'OMS_Holds__c', updateable: false },
      ],
    });
    const change = { ...order(1), fields: { status: 'Shipped', holds: 'Fraud', total: '1.00' } };

    expect(await write([change])).toEqual([{ kind: 'written', withheld: ['holds', 'total'] }]);
    expect(calls[0]?.compositeRequest[0]?.body.records).toEqual([
      { attributes: { type: 'Order' }, id: orderId(1), OMS_Status__c: 'Ship…' },
    ]);
    expect(await write([{ ...change, fields: { holds: 'Fraud' } }])).toEqual([
      { kind: 'written', withheld: ['holds'] },
    ]);
    expect(calls).toHaveLength(1);
  });

  it('asks the org anew what it has once it refuses what it described', async () => {
    const text = { type: 'string', length: 80, createable: true, updateable: true };
    const status = { ...text, name: 'OMS_Status__c' };
    const schema: { Order: object[] } = { Order: [status] };
    const { write } = await projections(
      ({ body }) => ({
        body: body.records.map((record) =>
          'OMS_Status__c' in record ? refused('INVALID_FIELD_FOR_INSERT_UPDATE', ['OMS_Status__c']) : { success: true },
        ),
      }),
      schema,
    );
    const change = { ...order(1), fields: { status: 'Shipped' } };
    expect(await write([change])).toMatchObject([{ kind: 'failed', fault: { code: 'crm.field_not_writable' } }]);

    schema.Order = [{ ...status, updateable: false }];
    expect(await write([change])).toEqual([{ kind: 'written', withheld: ['status'] }]);
  });

  it('makes no call for no changes', async () => {
    const { calls, write } = await projections();

    expect(await write([])).toEqual([]);
    expect(calls).toEqual([]);
  });
});

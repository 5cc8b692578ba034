import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import avro, { type Type } from 'avsc';
import { eventually } from '../testing/eventually.js';
import { errorCode, eventOf, PubsubBench } from './testing/pubsub-bench.js';
import { anOrder, member } from './testing/twin-fixture.js';

describe('The Pub/Sub API of the Salesforce twin, read by @grpc/grpc-js and the proto alone (§3.3)', () => {
  let bench: PubsubBench;
  beforeAll(async () => {
    bench = await PubsubBench.start();
  });
  afterAll(() => bench.close());
  beforeEach(() => bench.twin.control('POST', 'reset'));

  it('tells of a commit with its origin, so that a client knows its own writes (§2.8, §8 item 16)', async () => {
    await bench.twin.seed(anOrder('O1'));
    const path = '/sobjects/Order/OMS_Order_Key__c/O1';
    await bench.twin.call('PATCH', path, { OMS_Status__c: 'Released' }, { 'sforce-call-options': 'client=tandem' });
    const stream = bench.subscribe('/data/OrderChangeEvent', { replayPreset: 'EARLIEST' });
    await bench.arrived(stream, 1);
    const [event] = stream.events();
    const record = await bench.client.decoded(event);
    expect(record['ChangeEventHeader']).toMatchObject({
      entityName: 'Order',
      changeType: 'UPDATE',
      changeOrigin: 'com/salesforce/api/rest/67.0;client=tandem',
      sequenceNumber: 1,
      recordIds: [expect.stringMatching(/^801/)],
      commitUser: expect.stringMatching(/^005/),
    });
    expect(record).toMatchObject({ OMS_Status__c: 'Released', AccountId: null, OMS_Order_Key__c: null });
    stream.end();
  });

  it('names what changed and what became null by bitmaps, nested records apart (§3.1)', async () => {
    const { body } = await bench.twin.call('POST', '/sobjects/Account', { Name: 'A', Phone: '1', BillingCity: 'Oslo' });
    await bench.twin.call('PATCH', `/sobjects/Account/${String(member(body, 'id'))}`, {
      Phone: null,
      BillingCity: 'Bergen',
    });
    const stream = bench.subscribe('/data/AccountChangeEvent', { replayPreset: 'EARLIEST' });
    await bench.arrived(stream, 2);
    const event = eventOf(stream, 1);
    const record = await bench.client.decoded(event);
    const { schemaJson } = (await bench.client.call('getSchema', { schemaId: event.event.schemaId })) as {
      schemaJson: string;
    };
    const fields = (JSON.parse(schemaJson) as { fields: { name: string }[] }).fields.map(({ name }) => name);
    const header = record['ChangeEventHeader'] as { changedFields: string[]; nulledFields: string[] };
    const bits = (maps: string[]) => {
      const top = BigInt(maps.find((map) => map.startsWith('0x')) ?? '0x0');
      return fields.filter((_name, index) => (top >> BigInt(index)) & 1n);
    };
    expect(bits(header.changedFields).sort()).toEqual(['LastModifiedDate', 'Phone']);
    expect(bits(header.nulledFields)).toEqual(['Phone']);
    const address = fields.indexOf('BillingAddress');
    expect(header.changedFields).toContain(`${address}-0x02`);
    expect(record).toMatchObject({ Phone: null, Name: null, BillingAddress: { City: 'Bergen' } });
    expect(member(record, 'LastModifiedDate')).toEqual(expect.any(Number));
    stream.end();
  });

  it('resumes behind a replay id, and owes no more than was asked for', async () => {
    for (const name of ['A', 'B', 'C']) await bench.account(name);
    const first = bench.subscribe('/data/ChangeEvents', { replayPreset: 'EARLIEST', numRequested: 2 });
    await bench.arrived(first, 2);
    expect(first.events()).toHaveLength(2);
    expect(first.responses.at(-1)).toMatchObject({ pendingNumRequested: 0 });
    first.end();
    const { replayId } = eventOf(first, 0);
    const second = bench.subscribe('/data/ChangeEvents', { replayPreset: 'CUSTOM', replayId });
    await bench.arrived(second, 2);
    const names = await Promise.all(second.events().map(async (event) => (await bench.client.decoded(event))['Name']));
    expect(names).toEqual(['B', 'C']);
    second.end();
  });

  it('treats more than a hundred as a hundred', async () => {
    const records = Array.from({ length: 130 }, (_, n) => ({ attributes: { type: 'Account' }, Name: `A${n}` }));
    await bench.twin.call('POST', '/composite/sobjects', { records });
    const stream = bench.subscribe('/data/ChangeEvents', { replayPreset: 'EARLIEST', numRequested: 1000 });
    await bench.arrived(stream, 100);
    await bench.client.call('getTopic', { topicName: '/data/ChangeEvents' });
    expect(stream.events()).toHaveLength(100);
    stream.write({ numRequested: 100 });
    await bench.arrived(stream, 130);
    stream.end();
  });

  it('makes one event of the same change on several records, and splits it on an enriched channel under one replay id', async () => {
    const accountId = (await bench.twin.seed(anOrder('O1')))['account'];
    const other = { AccountId: accountId, EffectiveDate: '2026-11-02', Status: 'Draft', OMS_Order_Key__c: 'O2' };
    await bench.twin.seed([{ attributes: { type: 'Order' }, ...other }]);
    const records = ['O1', 'O2'].map((key) => ({
      attributes: { type: 'Order' },
      OMS_Order_Key__c: key,
      OMS_Status__c: 'Picked',
    }));
    await bench.twin.call('PATCH', '/composite/sobjects/Order/OMS_Order_Key__c', { records });
    const plain = bench.subscribe('/data/OrderChangeEvent', { replayPreset: 'EARLIEST' });
    const rich = bench.subscribe('/data/Rich__chn', { replayPreset: 'EARLIEST' });
    await bench.arrived(plain, 1);
    await bench.arrived(rich, 2);
    expect(member(await bench.client.decoded(eventOf(plain, 0)), 'ChangeEventHeader.recordIds')).toHaveLength(2);
    const [one, two] = rich.events();
    expect(one?.replayId).toEqual(two?.replayId);
    const keys = await Promise.all(
      [one, two].map(async (event) => (await bench.client.decoded(event))['OMS_Order_Key__c']),
    );
    expect(keys).toEqual(['O1', 'O2']);
    plain.end();
    rich.end();
  });

  it('publishes nothing of what was rolled back', async () => {
    const records = [
      { attributes: { type: 'Account' }, Name: 'Undone' },
      { attributes: { type: 'Account' }, Phone: '1' },
    ];
    await bench.twin.call('POST', '/composite/sobjects', { allOrNone: true, records });
    await bench.account('Kept');
    const stream = bench.subscribe('/data/ChangeEvents', { replayPreset: 'EARLIEST' });
    await bench.arrived(stream, 1);
    expect((await bench.client.decoded(eventOf(stream, 0)))['Name']).toBe('Kept');
    stream.end();
  });

  it('tells a gap without fields, and an overflow without ids (§3.1)', async () => {
    await bench.twin.control('PUT', 'chaos', { gapRatio: 1 });
    await bench.account('Gone');
    await bench.twin.control('POST', 'events/gap', { object: 'Order' });
    const stream = bench.subscribe('/data/ChangeEvents', { replayPreset: 'EARLIEST' });
    await bench.arrived(stream, 2);
    const [gap, overflow] = await Promise.all(stream.events().map((event) => bench.client.decoded(event)));
    expect(gap).toMatchObject({
      Name: null,
      ChangeEventHeader: { changeType: 'GAP_CREATE', recordIds: [expect.any(String)] },
    });
    expect(overflow).toMatchObject({
      ChangeEventHeader: { changeType: 'GAP_OVERFLOW', recordIds: ['000000000000000AAA'] },
    });
    stream.end();
  });

  it('publishes a platform event by REST with its EventUuid among the errors of a success (§3.2)', async () => {
    const stream = bench.subscribe('/event/Twin_Note__e');
    await eventually(
      'the stream is open',
      async () => member((await bench.twin.control('GET', 'events')).body, 'streams') === 1,
    );
    const at = '2026-11-02T10:00:00Z';
    const answer = await bench.twin.call('POST', '/sobjects/Twin_Note__e', { Text__c: 'hello', At__c: at });
    expect(answer).toMatchObject({
      status: 201,
      body: { id: expect.stringMatching(/^e0/), success: true, errors: [{ statusCode: 'OPERATION_ENQUEUED' }] },
    });
    await bench.arrived(stream, 1);
    const [event] = stream.events();
    expect(event?.event.id).toBe(member(answer.body, 'errors.0.message'));
    expect(await bench.client.decoded(event)).toMatchObject({ Text__c: 'hello', At__c: Date.parse(at) });
    stream.end();
  });

  it('holds an event back until the commit, unless it is published immediately (§3.2)', async () => {
    const compositeRequest = ['Twin_Note__e', 'Twin_Alarm__e', 'Account'].map((object, index) => ({
      method: 'POST',
      url: `/services/data/v67.0/sobjects/${object}`,
      referenceId: `r${index}`,
      body: object === 'Account' ? { Phone: '1' } : { Text__c: 'x' },
    }));
    await bench.twin.call('POST', '/composite', { allOrNone: true, collateSubrequests: false, compositeRequest });
    expect((await bench.twin.control('GET', 'events')).body).toMatchObject({ kept: 1 });
    const stream = bench.subscribe('/event/Twin_Alarm__e', { replayPreset: 'EARLIEST' });
    await bench.arrived(stream, 1);
    stream.end();
  });

  it('publishes by gRPC with a result for each event, and delivers the bytes as they came', async () => {
    const topicName = '/event/Twin_Note__e';
    const { schemaId, canPublish } = (await bench.client.call('getTopic', { topicName })) as {
      schemaId: string;
      canPublish: boolean;
    };
    expect(canPublish).toBe(true);
    const { schemaJson } = (await bench.client.call('getSchema', { schemaId })) as { schemaJson: string };
    const payload = (avro.parse(schemaJson) as Type).toBuffer({
      CreatedDate: 1,
      CreatedById: '005',
      Text__c: 'hi',
      At__c: null,
    });
    const events = [
      { id: 'k1', schemaId, payload },
      { id: 'k2', schemaId, payload: Buffer.alloc(1024 * 1024 + 1) },
      { id: 'k3', schemaId, payload: Buffer.from('no avro') },
    ];
    const published = bench.client.stream('publishStream', { topicName, events });
    await eventually('the results are there', () => published.responses.length > 0);
    expect(published.responses[0]?.results).toMatchObject([
      { correlationKey: 'k1', error: null },
      { correlationKey: 'k2', error: { code: 'PUBLISH' } },
      { correlationKey: 'k3', error: null },
    ]);
    published.end();
    await expect(bench.client.call('publish', { topicName: '/data/ChangeEvents', events })).rejects.toMatchObject({
      code: status.PERMISSION_DENIED,
    });
    const stream = bench.subscribe(topicName, { replayPreset: 'EARLIEST' });
    await bench.arrived(stream, 2);
    expect(stream.events().map(({ event }) => event.payload)).toEqual([payload, Buffer.from('no avro')]);
    stream.end();
  });

  it('delivers a duplicate under the same EventUuid and another replay id (§8 item 13)', async () => {
    await bench.twin.control('PUT', 'chaos', { duplicateEvents: 1 });
    await bench.twin.call('POST', '/sobjects/Twin_Note__e', { Text__c: 'twice' });
    const stream = bench.subscribe('/event/Twin_Note__e', { replayPreset: 'EARLIEST' });
    await bench.arrived(stream, 2);
    const [one, two] = stream.events();
    expect(one?.event.id).toBe(two?.event.id);
    expect(one?.replayId).not.toEqual(two?.replayId);
    stream.end();
  });

  it('lets a managed subscription go on where it was committed, for one reader at a time', async () => {
    for (const text of ['1', '2', '3']) await bench.twin.call('POST', '/sobjects/Twin_Note__e', { Text__c: text });
    const first = bench.client.stream('managedSubscribe', { developerName: 'Twin_Reader', numRequested: 2 });
    await bench.arrived(first, 2);
    const rival = bench.client.stream('managedSubscribe', { developerName: 'Twin_Reader', numRequested: 2 });
    expect(errorCode(await bench.ended(rival))).toBe('managed.subscription.already.active');
    const { replayId } = eventOf(first, 0);
    first.write({ commitReplayIdRequest: { commitRequestId: 'c1', replayId } });
    await eventually('the commit is answered', () => first.responses.some((got) => got.commitResponse));
    first.end();
    await bench.ended(first);
    const second = bench.client.stream('managedSubscribe', { developerName: 'Twin_Reader', numRequested: 5 });
    await bench.arrived(second, 2);
    expect((await bench.client.decoded(eventOf(second, 0)))['Text__c']).toBe('2');
    second.end();
  });

  it('has ten-byte replay ids when told to, and takes them back', async () => {
    await bench.twin.control('PUT', 'chaos', { replayIdBytes: 10 });
    for (const name of ['A', 'B']) await bench.account(name);
    const first = bench.subscribe('/data/ChangeEvents', { replayPreset: 'EARLIEST' });
    await bench.arrived(first, 2);
    const { replayId } = eventOf(first, 0);
    expect(replayId).toHaveLength(10);
    first.end();
    const second = bench.subscribe('/data/ChangeEvents', { replayPreset: 'CUSTOM', replayId });
    await bench.arrived(second, 1);
    expect((await bench.client.decoded(eventOf(second, 0)))['Name']).toBe('B');
    second.end();
  });

  it('changes the schema of events in the middle of a stream, and shows both by id', async () => {
    await bench.account('Before');
    const stream = bench.subscribe('/data/AccountChangeEvent', { replayPreset: 'EARLIEST' });
    await bench.arrived(stream, 1);
    await bench.twin.control('POST', 'events/fields', { object: 'Account', name: 'Added__c' });
    await bench.twin.call('POST', '/sobjects/Account', { Name: 'After', Added__c: 'new' });
    await bench.arrived(stream, 2);
    const [before, after] = stream.events();
    expect(before?.event.schemaId).not.toBe(after?.event.schemaId);
    expect(await bench.client.decoded(before)).toMatchObject({ Name: 'Before' });
    expect(await bench.client.decoded(after)).toMatchObject({ Name: 'After', Added__c: 'new' });
    expect(
      (await bench.twin.call('GET', `/event/eventSchema/${before?.event.schemaId}?payloadFormat=COMPACT`)).status,
    ).toBe(200);
    expect((await bench.twin.call('GET', '/sobjects/AccountChangeEvent/eventSchema')).body).toMatchObject({
      uuid: after?.event.schemaId,
    });
    stream.end();
  });
});

import { afterEach, describe, expect, it } from '@jest/globals';
import { crmOrgName, TransientFault, type CrmBatch, type CrmCursor } from '@tandem/domain';
import { AnsweringOrg, isLogin } from '../../fixtures/answering-org.js';
import { SpeakingBus, type HeardFetch } from '../../fixtures/speaking-bus.js';
import { SalesforceConnection } from '../salesforce-connection.js';
import { SalesforceOrgs } from '../salesforce-orgs.js';
import { eventBusDefinition } from './bus-protocol.js';
import { SalesforceChangeFeed } from './salesforce-change-feed.js';
import { SalesforceDoor } from './salesforce-door.js';

const NAMES = ['changeType', 'changeOrigin', 'transactionKey'];
const schema = {
  type: 'record',
  name: 'AccountChangeEvent',
  fields: [
    {
      name: 'ChangeEventHeader',
      type: {
        type: 'record',
        name: 'ChangeEventHeader',
        fields: [
          { name: 'entityName', type: 'string' },
          { name: 'recordIds', type: { type: 'array', items: 'string' } },
          ...NAMES.map((name) => ({ name, type: 'string' })),
          { name: 'sequenceNumber', type: 'int' },
          { name: 'commitTimestamp', type: 'long' },
          { name: 'commitNumber', type: 'long' },
          ...['nulledFields', 'changedFields'].map((name) => ({ name, type: { type: 'array', items: 'string' } })),
        ],
      },
    },
    { name: 'Name', type: ['null', 'string'] },
    {
      name: 'BillingAddress',
      type: [
        'null',
        {
          type: 'record',
          name: 'Address',
          fields: ['Street', 'City'].map((name) => ({ name, type: ['null', 'string'] })),
        },
      ],
    },
    { name: 'Phone', type: ['null', 'string'] },
  ],
};

const id = '001000000000001AAA';
const change = (header: object = {}) => ({
  ChangeEventHeader: {
    entityName: 'Account',
    recordIds: [id],
    changeType: 'UPDATE',
    changeOrigin: 'com/salesforce/api/rest/67.0;client=Console',
    transactionKey: 'tx-1',
    sequenceNumber: 1,
    commitTimestamp: Date.parse('2026-03-01T10:00:00Z'),
    commitNumber: 12,
    nulledFields: ['0x08'],
    changedFields: ['0x02', '2-0x02'],
    ...header,
  },
  Name: 'Ada Example',
  BillingAddress: { Street: null, City: 'Vienna' },
  Phone: null,
});
const position = Buffer.from('00000000005a94f00000', 'hex');
const now = new Date('2026-03-01T11:00:00Z');
const channel = { org: crmOrgName('main'), name: '/data/AccountChangeEvent' };
const row = { Id: id, IsDeleted: false, SystemModstamp: '2026-03-01T09:59:00.000+0000' };

let org: AnsweringOrg;
let bus: SpeakingBus;

afterEach(async () => {
  bus.stop();
  await org.stop();
});

type Speak = Parameters<typeof SpeakingBus.start>[2];

/** Subscribes, and gives the batches up to the one that `enough` names. */
async function read(speak: Speak, after: CrmCursor | undefined, enough: number, fails = false) {
  org = await AnsweringOrg.start((call, itself) =>
    isLogin(call) ? itself.token() : { json: { done: true, records: [row] } },
  );
  bus = await SpeakingBus.start(eventBusDefinition, schema, speak);
  const options = { org: channel.org, loginUrl: org.url, clientId: 'id', clientSecret: 'secret' };
  const orgs = new SalesforceOrgs([new SalesforceConnection(options, { now: () => now })]);
  const door = new SalesforceDoor(orgs, [{ org: channel.org, endpoint: bus.url, channels: [channel.name] }], {
    now: () => now,
  });
  const batches: CrmBatch[] = [];
  let reached: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (reached = resolve));
  const subscription = door.open(channel, after, (batch) => {
    batches.push(batch);
    if (batches.length === enough) reached();
    return fails ? Promise.reject(new TransientFault('test.down', 'The database is away.')) : Promise.resolve();
  });
  const fault = await Promise.race([subscription.ended, all.then(() => (fails ? subscription.ended : undefined))]);
  await subscription.close();
  return {
    batches,
    fault,
    told: batches.flatMap(({ events }) => events.map((event) => new SalesforceChangeFeed().open(event))),
  };
}

const answeredOnce =
  (events: (bus: SpeakingBus) => readonly object[]): Speak =>
  (_fetch, stream, itself) => {
    if (itself.fetches.length === 1)
      stream.write({ events: events(itself), latestReplayId: position, pendingNumRequested: 99 });
  };

describe('ChannelSubscription', () => {
  it('gives an event as JSON with the names of its changed fields, and its position byte by byte (§3.1, §3.3)', async () => {
    const { batches, told } = await read(
      answeredOnce((itself) => [itself.event('e1', position, change())]),
      undefined,
      1,
    );
    expect(told[0]).toMatchObject({
      isEcho: false,
      happenings: [
        { entity: 'account', recordId: id, change: 'updated', fields: ['Name', 'BillingAddress.City', 'Phone'] },
      ],
    });
    expect(Buffer.from(batches[0]?.position ?? [])).toEqual(position);
    expect(bus.fetches[0]).toMatchObject({ replayPreset: 'LATEST', numRequested: 100 });
  });

  it('asks for as many as were committed, and for none where the commit failed', async () => {
    const speak = answeredOnce((itself) => [1, 2].map((n) => itself.event(`e${n}`, position, change())));
    const { fault } = await read(speak, undefined, 1, true);
    expect(fault).toMatchObject({ code: 'test.down' });
    expect(bus.fetches).toHaveLength(1);
  });

  it('knows our own write again, and gives a merged event as one change a record', async () => {
    const { told } = await read(
      answeredOnce((itself) => [
        itself.event('e1', position, change({ changeOrigin: 'com/salesforce/api/rest/67.0;client=tandem/' })),
        itself.event('e2', position, change({ recordIds: [id, '001000000000002AAA'] })),
      ]),
      undefined,
      1,
    );
    expect(told.map(({ isEcho }) => isEcho)).toEqual([true, false]);
    expect(told[1]?.happenings.map(({ dedupeKey }) => dedupeKey)).toEqual([
      'tx-1:1:001000000000001',
      'tx-1:1:001000000000002',
    ]);
    expect(bus.schemasAsked).toBe(1);
  });

  it('moves the cursor on by an answer without events', async () => {
    const { batches } = await read(
      answeredOnce(() => []),
      { position: Buffer.from([7]), keptAt: now },
      1,
    );
    expect(batches[0]).toMatchObject({ events: [], position });
    expect(bus.fetches[0]).toMatchObject({ replayPreset: 'CUSTOM', replayId: Buffer.from([7]) });
  });

  it('looks at the records and begins with the oldest event where the bus no longer knows the cursor', async () => {
    const speak: Speak = (fetch: HeardFetch, stream, itself) => {
      if (fetch.replayPreset === 'CUSTOM') itself.fail(stream, 3, 'subscription.fetch.replayid.corrupted');
      else if (fetch.replayPreset === 'EARLIEST')
        stream.write({
          events: [itself.event('e1', position, change())],
          latestReplayId: position,
          pendingNumRequested: 99,
        });
    };
    const { batches, told } = await read(speak, { position: Buffer.from([7]), keptAt: now }, 2);
    expect(batches.map(({ because, position: at }) => [because, at !== undefined])).toEqual([
      ['cursor-lost', false],
      [undefined, true],
    ]);
    expect(told[0]?.happenings).toMatchObject([{ recordId: id, change: 'unclear' }]);
    expect(decodeURIComponent(org.calls('/services/data/v67.0/queryAll')[0]?.url ?? '')).toContain(
      'FROM Account WHERE SystemModstamp >= 2026-03-01T10:50:00.000Z',
    );
  });

  it('does the same after 72 hours, when the bus has forgotten what came in between', async () => {
    const keptAt = new Date(now.getTime() - 73 * 3_600_000);
    const { batches } = await read(() => undefined, { position, keptAt }, 1);
    expect(batches[0]?.because).toBe('cursor-lost');
  });

  it('looks at the records where a transaction had too much to tell', async () => {
    const overflow = change({ changeType: 'GAP_OVERFLOW', recordIds: ['000000000000000AAA'] });
    const { batches } = await read(
      answeredOnce((itself) => [itself.event('e1', position, overflow)]),
      undefined,
      2,
    );
    expect(batches.map(({ because }) => because)).toEqual(['overflow', undefined]);
  });

  it('logs in anew after the bus refused the session, and says that it may be opened again', async () => {
    const { fault } = await read(
      (_fetch, stream, itself) => itself.fail(stream, 16, 'service.auth.error'),
      undefined,
      1,
    );
    expect(fault).toMatchObject({ kind: 'transient', code: 'crm.session_expired' });
    expect(org.heard.filter(isLogin)).toHaveLength(2);
  });

  it.each([
    [8, 'subscription.limit.exceeded', 'suspending', 'crm.delivery_budget_spent'],
    [5, 'topic.not.found', 'suspending', 'crm.channel_unknown'],
    [14, 'service.unavailable', 'transient', 'crm.bus_unavailable'],
    [7, 'something.new', 'suspending', 'crm.channel_hidden'],
  ])('turns status %i with %s into a %s fault', async (status, code, kind, ours) => {
    const { fault } = await read((_fetch, stream, itself) => itself.fail(stream, status, code), undefined, 1);
    expect(fault).toMatchObject({ kind, code: ours });
  });
});

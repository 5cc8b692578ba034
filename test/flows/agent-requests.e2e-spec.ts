import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { seedCatalogue, type Catalogue } from '../golden/catalogue.js';
import type { GoldenCase } from '../golden/golden-order.js';
import { g01 } from '../golden/orders/g01-guest-one-line.js';
import { g08 } from '../golden/orders/g08-cancel-after-release.js';
import { playOrder } from '../golden/play-order.js';
import { goldenSites } from '../golden/sites.js';
import { freshDatabase, type FreshDatabase } from '../support/environment/index.js';
import { eventually } from '../support/eventually.js';
import type { CrmRecord } from '../support/stack/crm-twin.js';
import type { LifeStep } from '../support/stack/oms-shapes.js';
import { startStack, type Stack } from '../support/stack/start-stack.js';

const [site] = goldenSites;
if (!site) throw new Error('There is no golden site.');
/** What the site of the test calls the hold of agents: nothing is said, so that the usual one holds. */
const hold = 'CustomerFraudCheck';

interface Standing {
  readonly number: string;
  readonly crmOrderId: string;
}

describe('What agents ask for in the CRM', () => {
  let database: FreshDatabase | undefined;
  let stack: Stack | undefined;
  let catalogue: Catalogue | undefined;
  let made = 0;
  const running = (): Stack => {
    if (!stack) throw new Error('The stack did not start.');
    return stack;
  };

  beforeAll(async () => {
    database = await freshDatabase();
    stack = await startStack({ databaseUrl: database.url, crmEvents: true });
    catalogue = await seedCatalogue(stack.crm);
    await eventually('all channels are listened to', async () =>
      (await running().crm.listeners()) >= 4 ? true : undefined,
    );
  }, 120_000);

  afterAll(async () => {
    await stack?.stop();
    await database?.drop();
  }, 60_000);

  const drafted = (shape: typeof g01, life: readonly LifeStep[]): GoldenCase => {
    if (!catalogue) throw new Error('The catalogue was not seeded.');
    made += 1;
    const order = shape.place({ site, suffix: `AG${made}`, turn: made, catalogue, paceMs: 50, now: Date.now() });
    return { ...order, life, acts: [] };
  };

  /** An order that stands at this status. */
  const standing = async (status: string, life: readonly LifeStep[] = [], shape = g01): Promise<Standing> => {
    const order = drafted(shape, life);
    const { crmOrderId } = await playOrder(running(), order);
    await shows(crmOrderId, 'OMS_Status__c', status);
    return { number: order.number, crmOrderId };
  };

  const shows = (crmOrderId: string, field: string, value: unknown) =>
    eventually(`${field} of ${crmOrderId} is ${String(value)}`, async () => {
      const [order] = await running().crm.records('Order', { field: 'Id', value: crmOrderId });
      return (order?.[field] ?? null) === value ? order : undefined;
    });

  /** What the panel does: a record that says what is asked, and an event that wakes the middleware. */
  const ask = async (order: string, fields: Readonly<Record<string, unknown>>): Promise<string> => {
    made += 1;
    const key = `ask-${made}`;
    const id = await running().agent.create('OMS_Action_Request__c', {
      ...{ Order__c: order, Request_Key__c: key, Status__c: 'Requested', ...fields },
    });
    await tell(order, id, String(fields['Action__c']));
    return id;
  };
  const tell = (order: string, id: string, action: string) =>
    running().agent.create('OMS_Agent_Request__e', { Request_Id__c: id, Order_Id__c: order, Action__c: action });

  const answered = (id: string, status: string): Promise<CrmRecord> =>
    eventually(`request ${id} is ${status}`, async () => {
      const [request] = await running().crm.records('OMS_Action_Request__c', { field: 'Id', value: id });
      return request?.['Status__c'] === status ? request : undefined;
    });

  const effectsOf = async ({ number }: Standing) =>
    (await running().oms.writes(number)).effective.filter(({ by }) => by === 'api');

  it('is done at the OMS, shown by the order, and answered on the request', async () => {
    const order = await standing('open');
    const request = await answered(
      await ask(order.crmOrderId, { Action__c: 'Cancel', Reason__c: 'Changed her mind' }),
      'Confirmed',
    );

    expect(request).toMatchObject({ Answer__c: 'The OMS has cancelled it.' });
    expect(request['Answered_At__c']).toBeTruthy();
    expect(request['Confirmed_At__c']).toBeTruthy();
    expect(await running().oms.order(order.number)).toMatchObject({
      ...{ IsCancelled: true, CancelComments: 'Changed her mind', CancelReason: { ReasonId: '1000.000' } },
    });
    await shows(order.crmOrderId, 'OMS_Status__c', 'cancelled');
  });

  it('holds an order back and lets it go again', async () => {
    const order = await standing('open');
    await answered(await ask(order.crmOrderId, { Action__c: 'Hold' }), 'Confirmed');
    await shows(order.crmOrderId, 'OMS_Holds__c', hold);
    await answered(await ask(order.crmOrderId, { Action__c: 'Release hold' }), 'Confirmed');
    await shows(order.crmOrderId, 'OMS_Holds__c', null);
  });

  it('is confirmed only once the warehouse has agreed, where it is asked after release', async () => {
    const life = [
      { do: 'allocate', after: 50 },
      { do: 'release', after: 50 },
    ] as const;
    const order = await standing('released', life, g08);
    const key = `${site.id}:${order.number}:1`;
    // Not now, says the warehouse; it is asked again after half an hour (§3.6).
    await running().oms.chooseAsTenant({ lateCancelAnswer: '250' });
    const id = await ask(order.crmOrderId, { Action__c: 'Cancel', Order_Line_Key__c: key });

    await answered(id, 'Accepted');
    await running().oms.chooseAsTenant({ lateCancelAnswer: '200' });
    await running().oms.advanceClock(31 * 60_000);
    expect(await answered(id, 'Confirmed')).toMatchObject({ Answer__c: 'The warehouse has agreed: it is cancelled.' });
    const writes = (await running().crm.writes()).effective.filter(({ recordId }) => recordId === id);
    expect(writes.flatMap(({ changes }) => changes['Status__c']?.to ?? [])).toEqual([
      'Requested',
      'Accepted',
      'Confirmed',
    ]);
  });

  it('has one effect, however often the CRM tells of it', async () => {
    const order = await standing('open');
    const id = await ask(order.crmOrderId, { Action__c: 'Hold' });
    await answered(id, 'Confirmed');
    const before = { oms: await effectsOf(order), crm: (await running().crm.writes()).effective.length };
    await tell(order.crmOrderId, id, 'Hold');
    // What is told later in the same lane is through: so is the repeat.
    await answered(await ask(order.crmOrderId, { Action__c: 'Reroute' }), 'Refused');
    expect(await effectsOf(order)).toEqual(before.oms);
    const writes = (await running().crm.writes()).effective.slice(before.crm);
    expect(writes.filter(({ recordId }) => recordId === id)).toEqual([]);
  });

  it.each([
    ['an order that was never sent', { Action__c: 'Cancel' }, 'never been sent'],
    [
      'a line that the order does not have',
      { Action__c: 'Cancel', Order_Line_Key__c: 'aurora-us:X:9' },
      'has no line aurora-us:X:9',
    ],
    [
      'more units than there are',
      { Action__c: 'Cancel', Order_Line_Key__c: 'LINE', Quantity__c: 99 },
      '99 units are to be cancelled',
    ],
    ['what the site does not let agents do', { Action__c: 'Reroute' }, 'does not let agents ask for another location'],
  ])('is refused with its reason, for %s', async (what, fields, sentence) => {
    const unsent = what === 'an order that was never sent';
    const order = unsent ? await neverSent() : await standing('open');
    const own =
      'Order_Line_Key__c' in fields && fields.Order_Line_Key__c === 'LINE'
        ? { Order_Line_Key__c: `${site.id}:${order.number}:1` }
        : {};
    const request = await answered(await ask(order.crmOrderId, { ...fields, ...own }), 'Refused');
    expect(request['Answer__c']).toContain(sentence);
    expect(await effectsOf(order)).toHaveLength(unsent ? 0 : 1);
  });

  it('is refused for an order that is shipped already', async () => {
    const life = (['allocate', 'release', 'pick', 'pack', 'ship'] as const).map((step) => ({ do: step, after: 50 }));
    const order = await standing('shipped', life);
    const request = await answered(await ask(order.crmOrderId, { Action__c: 'Cancel' }), 'Refused');
    expect(request['Answer__c']).toBe(
      'Nothing is left to cancel: all units are shipped already. Take the goods back by a return.',
    );
  });

  it('has one effect where the service dies after the OMS has done it and before that is kept', async () => {
    const order = await standing('open');
    const client = new pg.Client({ connectionString: database?.url });
    await client.connect();
    try {
      // The commit after the OMS's answer is the only one on the way that writes to the audit trail.
      await client.query('BEGIN; LOCK TABLE audit_entries IN SHARE ROW EXCLUSIVE MODE');
      const id = await ask(order.crmOrderId, { Action__c: 'Hold' });
      await eventually('the OMS holds the order', async () =>
        (await running().oms.order(order.number))?.IsOnHold === true ? true : undefined,
      );
      await running().killSyncApi('SIGKILL');
      await client.query('ROLLBACK');
      await running().startSyncApi();
      await answered(id, 'Confirmed');
      await shows(order.crmOrderId, 'OMS_Holds__c', hold);
      expect(await effectsOf(order)).toHaveLength(2);
    } finally {
      await client.end();
    }
  }, 60_000);

  const neverSent = async (): Promise<Standing> => {
    const order = drafted(g01, []);
    const { order: crmOrderId = '' } = await running().crm.seed(order.records);
    return { number: order.number, crmOrderId };
  };
});

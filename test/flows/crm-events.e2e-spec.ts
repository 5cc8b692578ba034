import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../support/environment/index.js';
import { eventually } from '../support/eventually.js';
import { startStack, type Stack } from '../support/stack/start-stack.js';

/** A channel for accounts, one for contacts, one for orders, one for what agents ask. */
const channels = 4;
const place = { BillingStreet: '12 Saltmarsh Row', BillingCity: 'Eastfold', BillingPostalCode: '04021' };

describe('Changes in the CRM, told over its Pub/Sub API', () => {
  let database: FreshDatabase | undefined;
  let stack: Stack | undefined;

  const running = (): Stack => {
    if (!stack) throw new Error('The stack did not start.');
    return stack;
  };
  const listened = () =>
    eventually('all channels are listened to', async () =>
      (await running().crm.listeners()) === channels ? true : undefined,
    );

  beforeAll(async () => {
    database = await freshDatabase();
    stack = await startStack({ databaseUrl: database.url, crmEvents: true });
    await listened();
  }, 120_000);

  afterAll(async () => {
    await stack?.stop();
    await database?.drop();
  }, 60_000);

  const household = (key: string) =>
    running().agent.create('Account', {
      ...place,
      BillingState: 'ME',
      BillingCountry: 'US',
      Name: 'Thornwick',
      OMS_Customer_Key__c: key,
    });

  /** Saves of the customer at the OMS once there are so many. */
  const saves = (key: string, count: number) =>
    eventually(`${count} saves of ${key} arrive`, async () => {
      const sent = await running().oms.customerSaves(key);
      return sent.length >= count ? sent : undefined;
    });

  /** Why records were looked at instead of told of, so far. */
  const reconciled = async (): Promise<readonly string[]> => {
    const client = new pg.Client({ connectionString: database?.url });
    await client.connect();
    try {
      const { rows } = await client.query<{ because: string }>(
        `SELECT DISTINCT details->>'because' AS because FROM audit_entries WHERE action = 'crm-channel.reconciled'`,
      );
      return rows.map(({ because }) => because);
    } finally {
      await client.end();
    }
  };

  it('while the service is away are caught up with from its cursor', async () => {
    const id = await household('EV-AWAY');
    await saves('EV-AWAY', 1);
    await running().killSyncApi('SIGTERM');
    await running().agent.change('Account', id, { Phone: '+1 202 555 0123' });
    await running().startSyncApi();

    expect((await saves('EV-AWAY', 2)).at(-1)).toMatchObject({ Phone: '+12025550123' });
    expect(await reconciled()).toEqual([]);
  });

  it('are found by looking at the records where the CRM no longer knows the cursor, each with one effect', async () => {
    const id = await household('EV-LOST');
    await saves('EV-LOST', 1);
    await running().killSyncApi('SIGTERM');
    await running().agent.change('Account', id, { Phone: '+1 202 555 0124' });
    await running().crm.setChaos({ corruptedCursors: channels });
    await running().startSyncApi();
    await saves('EV-LOST', 2);
    await listened();

    await eventually('the loss is in the audit trail', async () =>
      (await reconciled()).includes('cursor-lost') ? true : undefined,
    );
    // What the oldest events tell again is known already.
    await household('EV-BEHIND');
    await saves('EV-BEHIND', 1);
    expect(await running().oms.customerSaves('EV-LOST')).toHaveLength(2);
    expect((await running().crm.fired())['corruptedCursors']).toBeGreaterThan(0);
  });

  it('that the CRM tells of without their fields are read there', async () => {
    const id = await household('EV-GAP');
    await saves('EV-GAP', 1);
    await running().crm.setChaos({ gapRatio: 1 });
    await running().agent.change('Account', id, { Phone: '+1 202 555 0125' });

    expect((await saves('EV-GAP', 2)).at(-1)).toMatchObject({ Phone: '+12025550125' });
    await running().crm.setChaos({ gapRatio: 0 });
    expect((await running().crm.fired())['gapRatio']).toBeGreaterThan(0);
  });

  it('that come twice have one effect', async () => {
    await running().crm.setChaos({ duplicateEvents: 1 });
    await household('EV-TWICE');
    await running().crm.setChaos({ duplicateEvents: 0 });
    await saves('EV-TWICE', 1);
    await household('EV-LATER');
    await saves('EV-LATER', 1);
    expect(await running().oms.customerSaves('EV-TWICE')).toHaveLength(1);
  });
});

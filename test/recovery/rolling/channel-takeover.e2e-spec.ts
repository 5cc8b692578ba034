import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../../support/environment/index.js';
import { eventually } from '../../support/eventually.js';
import type { Service } from '../../support/stack/service.js';
import { startReplicas, type Replicas } from './replicas.js';

/** A channel for accounts, one for contacts, one for orders, one for what agents ask. */
const channels = 4;

const household = (key: string) => ({
  ...{ BillingStreet: '12 Saltmarsh Row', BillingCity: 'Eastfold', BillingPostalCode: '04021', BillingState: 'ME' },
  ...{ BillingCountry: 'US', Name: 'Thornwick', OMS_Customer_Key__c: key },
});

const strikes = {
  killed: { strike: (replica: Service) => replica.kill('SIGKILL'), mend: (replica: Service) => replica.start() },
  'told to stop': { strike: (replica: Service) => replica.stop(), mend: (replica: Service) => replica.start() },
  'held still': {
    strike: async (replica: Service) => void replica.signal('SIGSTOP'),
    mend: async (replica: Service) => void replica.signal('SIGCONT'),
  },
};

describe('The channels of the CRM, each read by one of two replicas', () => {
  let database: FreshDatabase | undefined;
  let replicas: Replicas | undefined;

  const running = (): Replicas => {
    if (replicas === undefined) throw new Error('The replicas did not start.');
    return replicas;
  };

  beforeAll(async () => {
    database = await freshDatabase();
    replicas = await startReplicas({ databaseUrl: database.url, crmEvents: true });
    await eventually('all channels are listened to', async () =>
      (await running().crm.listeners()) === channels ? true : undefined,
    );
  }, 120_000);

  afterAll(async () => {
    for (const replica of replicas?.all ?? []) replica.signal('SIGCONT');
    await replicas?.stop();
    await database?.drop();
  }, 60_000);

  async function rows<T extends pg.QueryResultRow>(statement: string): Promise<readonly T[]> {
    const client = new pg.Client({ connectionString: database?.url });
    await client.connect();
    try {
      return (await client.query<T>(statement)).rows;
    } finally {
      await client.end();
    }
  }

  const takings = async () =>
    (
      await rows<{ n: number }>(`SELECT coalesce(sum(token), 0)::int AS n FROM duties WHERE name LIKE 'crm-events %'`)
    )[0]?.n ?? 0;

  for (const [how, { strike, mend }] of Object.entries(strikes)) {
    it(`are read on by the other when one is ${how}`, async () => {
      const before = await takings();
      const took: number[] = [];
      for (const [index, replica] of running().all.entries()) {
        const key = `TAKEN-${how.slice(0, 4).trim().toUpperCase()}-${index}`;
        await strike(replica);
        const begun = performance.now();
        await running().agent.create('Account', household(key));
        await eventually(`${key} is saved`, async () =>
          (await running().oms.customerSaves(key)).length > 0 ? true : undefined,
        );
        took.push(Math.round(performance.now() - begun));
        await mend(replica);
      }
      process.stdout.write(
        `A change in the CRM, as one of its readers is ${how}, is saved after ${took.join(' and ')} ms\n`,
      );
      expect((await takings()) - before).toBeGreaterThanOrEqual(channels);
    });
  }

  it('change the OMS once for every change, whoever read it', async () => {
    const twice = `SELECT dedupe_key FROM message_archive WHERE source LIKE 'crm.events.%' AND state <> 'duplicate'
      GROUP BY dedupe_key HAVING count(*) > 1`;
    expect(await rows(twice)).toEqual([]);
    // One that was held still within its call cannot know, so that another says the same once more: without an effect.
    const { effective } = await running().oms.writes();
    const changed = effective.flatMap(({ entity, key }) => (entity === 'customer' ? [key] : []));
    for (const mark of ['KILL-0', 'KILL-1', 'TOLD-0', 'TOLD-1', 'HELD-0', 'HELD-1'])
      expect(changed.filter((key) => key.endsWith(`TAKEN-${mark}`))).toHaveLength(1);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '../support/environment/index.js';
import { eventually } from '../support/eventually.js';
import { startStack, type Stack } from '../support/stack/start-stack.js';

interface OrgAnswer {
  readonly org: string;
  readonly budget: { readonly used: number; readonly limit: number; readonly keptForOrders: number };
  readonly report: { readonly features: object; readonly orderStatuses: readonly object[]; readonly lacks: object[] };
}

describe('An org of the CRM, as operators see it', () => {
  let database: FreshDatabase | undefined;
  let stack: Stack | undefined;

  beforeAll(async () => {
    database = await freshDatabase();
    stack = await startStack({ databaseUrl: database.url });
  }, 120_000);

  afterAll(async () => {
    await stack?.stop();
    await database?.drop();
  }, 60_000);

  it('has what its package brings, and says what its statuses count as', async () => {
    const [answer] = (await stack?.syncApi.operations('crm-orgs')) as readonly OrgAnswer[];
    expect(answer).toMatchObject({
      org: 'main',
      budget: { limit: 100_000, keptForOrders: 10_000 },
      report: {
        features: { multiCurrency: true, stateCountryPicklists: false, personAccounts: false, orderManagement: false },
        lacks: [],
      },
    });
    expect(answer?.report.orderStatuses).toContainEqual({ status: 'Draft', countsAs: 'Draft' });
  });

  it('shows in the health of the service how many of its calls are left', async () => {
    const details = await eventually('the org has answered', async () => {
      const { details } = (await stack?.syncApi.health()) as { details: Record<string, object> };
      const calls = details['crm-main'];
      return calls && 'used' in calls ? calls : undefined;
    });
    expect(details).toMatchObject({ status: 'up', limit: 100_000, keptForOrders: 10_000 });
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { omsClaims, proveClaims, type Capability } from '@tandem/domain/testing';
import { startManhattanTwin, type ManhattanTwin } from '@tandem/vendor-twins';
import { twinViews } from '../contract/manhattan/twin-target.js';
import { ManhattanWorld } from '../contract/manhattan/world.js';
import { askJson } from '../support/stack/json-http.js';
import { sandboxTarget } from './sandbox-target.js';

const APP = { clientId: 'sandbox-app', clientSecret: 'sandbox-secret' };
const USER = { username: 'svc-sandbox', password: 'sandbox-pass', organization: 'AURORA', userOrgs: ['AURORA'] };
/** What no kit can have of a tenant that it knows by URL and credentials alone. */
const BEYOND: readonly Capability[] = ['tenant-settings', 'virtual-clock', 'messages', 'message-shapes'];

/** What a person sets for a tenant that was prepared for the kit. */
const environmentOf = (url: string) => ({
  TANDEM_SANDBOX_BASE_URL: url,
  TANDEM_SANDBOX_AUTH_URL: url,
  TANDEM_SANDBOX_CLIENT_ID: APP.clientId,
  TANDEM_SANDBOX_CLIENT_SECRET: APP.clientSecret,
  TANDEM_SANDBOX_USERNAME: USER.username,
  TANDEM_SANDBOX_PASSWORD: USER.password,
  TANDEM_SANDBOX_ORGANIZATION: USER.organization,
  TANDEM_SANDBOX_MANUAL_LIFE: 'yes',
  TANDEM_SANDBOX_CENTER: 'DC-EAST',
  TANDEM_SANDBOX_STORE: 'STORE-7',
  TANDEM_SANDBOX_VIEW_NETWORK: 'Ship To Home',
  TANDEM_SANDBOX_VIEW_LOCATION: 'Stores',
  TANDEM_SANDBOX_VIEW_STATUS_ONLY: 'Status Only',
  TANDEM_SANDBOX_UNLIMITED_ITEM: 'UNLIMITED-1',
  TANDEM_SANDBOX_PROMISING_CONFIG: 'Ship To Home',
  TANDEM_SANDBOX_DEMAND_TYPE: 'Allocation',
  TANDEM_SANDBOX_SHORT_REASON_CANCEL: 'Inventory Not Found',
  TANDEM_SANDBOX_SHORT_REASON_REALLOCATE: 'Store Reject',
  TANDEM_SANDBOX_RECEIPTS: 'yes',
});

describe('The kit at a tenant that it knows by URL and credentials', () => {
  let twin: ManhattanTwin;

  beforeAll(async () => {
    twin = await startManhattanTwin({ port: 0, pubsubPort: 0, clients: [APP], users: [USER] });
    await askJson('PUT', `${twin.url}/control/lives/*`, { body: { steps: [] } });
    const views = twinViews({ center: 'DC-EAST', store: 'STORE-7' });
    await askJson('PUT', `${twin.url}/control/inventory/views`, { body: { organization: 'AURORA', views } });
  });
  afterAll(() => twin.close());

  it('proves every claim that needs no more than that', async () => {
    const world = await ManhattanWorld.around(sandboxTarget(environmentOf(twin.url)), Date.now().toString(36));
    try {
      const results = await proveClaims(world, omsClaims);
      expect(results.filter(({ result }) => result === 'failed')).toEqual([]);
      const skipped = new Set(results.flatMap(({ id, result }) => (result === 'skipped' ? [id] : [])));
      const beyond = omsClaims.filter(({ needs }) => needs.some((need) => BEYOND.includes(need)));
      expect(skipped).toEqual(new Set(beyond.map(({ id }) => id)));
    } finally {
      await world.close();
    }
  });
});

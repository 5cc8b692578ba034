import { PubSub } from '@google-cloud/pubsub';
import { locationId, omsOrganization, sku } from '@tandem/domain';
import { aSite, type Capability, type MessageShape, type StockSync, type TenantSettings } from '@tandem/domain/testing';
import { startManhattanTwin, type ManhattanTwin } from '@tandem/vendor-twins';
import { findRabbit } from '../../support/environment/index.js';
import { askJson } from '../../support/stack/json-http.js';
import { pullInbox, pushInbox, queueInbox, type Inbox } from './inbox.js';
import type { Tenant } from './oms-api.js';
import type { DoorName, Target } from './target.js';
import { PLAIN_CHAOS, PLAIN_SWITCHES, switchesOf } from './twin-switches.js';

const TOPIC = 'projects/twin/topics/orders';
const ORGANIZATION = omsOrganization('AURORA');
const CREDENTIALS = { clientId: 'contract', clientSecret: 'contract-secret' };
const UNLIMITED = sku('UNLIMITED-1');
const USER = { username: 'svc-contract', password: 'contract-pass' };

/** A twin of its own, on free ports. */
export async function twinTarget(run: string): Promise<Target> {
  const begun: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const end of begun.splice(0).reverse()) await end();
  };
  try {
    const user = { ...USER, organization: ORGANIZATION, userOrgs: [ORGANIZATION] };
    const twin = await startManhattanTwin({ port: 0, pubsubPort: 0, clients: [CREDENTIALS], users: [user] });
    begun.push(() => twin.close());
    const rabbit = await findRabbit();
    if (!('missing' in rabbit)) begun.push(() => rabbit.stop());
    return { ...(await targetAt(twin, rabbit, run)), close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

type Rabbit = Awaited<ReturnType<typeof findRabbit>>;

async function targetAt(twin: ManhattanTwin, rabbit: Rabbit, run: string): Promise<Omit<Target, 'close'>> {
  const lacks = new Map<Capability, string>();
  if ('missing' in rabbit) lacks.set('queue-door', rabbit.missing);
  const control = controlOf(twin);
  const locations = { center: locationId('DC-EAST'), store: locationId('STORE-7') };
  await control('lives/*', { steps: [] });
  await control('inventory/views', { organization: ORGANIZATION, views: twinViews(locations) });
  return {
    tenant: tenantOf(twin),
    site: aSite(),
    lacks,
    reasons: { cancel: 'Inventory Not Found', reallocate: 'Store Reject' },
    views: { network: 'Ship To Home', location: 'Stores', statusOnly: 'Status Only' },
    locations,
    promising: { configName: 'Ship To Home', demandType: 'Allocation' },
    unlimited: UNLIMITED,
    listen: async (door: DoorName, shape: MessageShape) => {
      await control('chaos', chaosOf(shape));
      const inbox = await opened(door, twin, 'missing' in rabbit ? '' : rabbit.url, `contract-${run}`);
      await control('publishing', publishingTo(door, inbox, shape, `contract-${run}`));
      return inbox;
    },
    ...switchesAt(twin),
  };
}

const controlOf =
  ({ url }: ManhattanTwin, method: 'PUT' | 'POST' = 'PUT') =>
  (path: string, body: unknown) =>
    askJson(method, `${url}/control/${path}`, { body });

const tenantOf = ({ url }: ManhattanTwin): Tenant => ({
  baseUrl: url,
  authUrl: url,
  availabilityUrl: url,
  ...CREDENTIALS,
  ...USER,
  organization: ORGANIZATION,
});

/** What can be turned at the twin, and how all of it is turned back. */
function switchesAt(twin: ManhattanTwin): Pick<Target, 'syncStock' | 'settings' | 'advance' | 'restore'> {
  const [put, post] = [controlOf(twin), controlOf(twin, 'POST')];
  return {
    syncStock: async ({ view, kind, recordsInPage, lostPages }: StockSync) => {
      const pages = { chunk: recordsInPage ?? 2_000, skipPages: lostPages ?? [] };
      await post('inventory/sync', { organization: ORGANIZATION, view, kind, ...pages });
    },
    settings: async (settings: TenantSettings) => {
      await put('config', switchesOf(settings));
    },
    advance: async (advanceMs) => {
      await post('clock', { advanceMs });
    },
    restore: async () => {
      await put('config', PLAIN_SWITCHES);
      await put('chaos', PLAIN_CHAOS);
      await put('publishing', { http: null, amqp: null, pubsub: null, consolidated: false });
    },
  };
}

/** One view of each kind, of a warehouse and a store. */
export function twinViews({ center, store }: Readonly<Record<'center' | 'store', string>>) {
  const places = [
    { id: center, kind: 'DistributionCenters' },
    { id: store, kind: 'Stores' },
  ];
  const thresholds = { outThreshold: 0, limitedThreshold: 5 };
  return [
    {
      name: 'Ship To Home',
      id: 'view-network',
      type: 'network',
      locations: places,
      infiniteItems: [UNLIMITED],
      ...thresholds,
    },
    { name: 'Stores', id: 'view-location', type: 'location', locations: places, ...thresholds },
    {
      name: 'Status Only',
      id: 'view-status',
      type: 'network',
      locations: places,
      publishesQuantity: false,
      ...thresholds,
    },
  ];
}

function chaosOf({ copies, reorderWithinMs, dropRatio, ...shape }: MessageShape) {
  const { unknownAttributes = false, withoutChangeLog = false, datesWithoutFraction = false } = shape;
  return {
    copies: copies ?? 1,
    shuffleWithinMs: reorderWithinMs ?? 0,
    dropRatio: dropRatio ?? 0,
    unknownAttributes,
    withoutChangeLog,
    datesWithoutFraction,
  };
}

async function opened(door: DoorName, twin: ManhattanTwin, broker: string, name: string): Promise<Inbox> {
  if (door === 'push' || door === 'pubsub-push') return pushInbox();
  if (door === 'queue') return queueInbox(broker, name);
  const client = new PubSub({ projectId: 'twin', apiEndpoint: twin.pubsub ?? '', emulatorMode: true });
  await client.createTopic(TOPIC).catch(() => undefined);
  const [subscription] = await client.topic(TOPIC).createSubscription(`${name}-${Date.now()}`);
  return pullInbox(client, subscription);
}

function publishingTo(door: DoorName, inbox: Inbox, shape: MessageShape, queue: string) {
  const body = shape.body ?? 'bare';
  const nowhere = { http: null, amqp: null, pubsub: null };
  const grouped = { consolidated: shape.consolidated ?? false, consolidationMs: 150 };
  switch (door) {
    case 'push':
      return { ...nowhere, ...grouped, http: { url: inbox.url, shape: body } };
    case 'pubsub-push':
      return { ...nowhere, ...grouped, http: { url: inbox.url, shape: 'pubsub-push' } };
    case 'queue':
      return { ...nowhere, ...grouped, amqp: { url: inbox.url, queue, shape: body } };
    case 'pull':
      return { ...nowhere, ...grouped, pubsub: { topic: TOPIC, shape: body } };
  }
}

import { PubSub } from '@google-cloud/pubsub';
import { locationId, omsOrganization, sku } from '@tandem/domain';
import { aSite, type Capability } from '@tandem/domain/testing';
import { pullInbox } from '../contract/manhattan/inbox.js';
import type { Target } from '../contract/manhattan/target.js';

type Environment = Readonly<Record<string, string | undefined>>;

const REQUIRED = [
  'BASE_URL',
  'AUTH_URL',
  'CLIENT_ID',
  'CLIENT_SECRET',
  'USERNAME',
  'PASSWORD',
  'ORGANIZATION',
] as const;
const ITS_OWN = 'The settings of a sandbox are its own and are not changed by the kit.';

/**
 * A tenant of the vendor, named by `TANDEM_SANDBOX_…`. What depends on its settings is skipped, since the kit changes nothing there
 * but orders, customers and stock of its own naming.
 * @throws naming every variable that is missing
 */
export function sandboxTarget(environment: Environment): Target {
  const read = (name: string) => environment[`TANDEM_SANDBOX_${name}`] ?? '';
  const missing = REQUIRED.filter((name) => read(name) === '').map((name) => `TANDEM_SANDBOX_${name}`);
  if (missing.length > 0) throw new Error(`The sandbox needs ${missing.join(', ')}.`);
  const baseUrl = read('BASE_URL');
  const site = aSite();
  const organization = omsOrganization(read('ORGANIZATION'));
  const oms = { ...site.oms, organization, orderType: read('ORDER_TYPE') || site.oms.orderType };
  const refuse = () => Promise.reject(new Error(ITS_OWN));
  return {
    tenant: {
      baseUrl,
      authUrl: read('AUTH_URL'),
      availabilityUrl: read('AVAILABILITY_URL') || baseUrl,
      clientId: read('CLIENT_ID'),
      clientSecret: read('CLIENT_SECRET'),
      username: read('USERNAME'),
      password: read('PASSWORD'),
      organization,
    },
    site: { ...site, oms },
    lacks: lacking(read),
    reasons: { cancel: read('SHORT_REASON_CANCEL'), reallocate: read('SHORT_REASON_REALLOCATE') },
    ...stockOf(read),
    settings: refuse,
    syncStock: refuse,
    advance: refuse,
    listen: async () => {
      const client = new PubSub(read('PUBSUB_PROJECT') === '' ? {} : { projectId: read('PUBSUB_PROJECT') });
      return Promise.resolve(pullInbox(client, client.subscription(read('PUBSUB_SUBSCRIPTION'))));
    },
    restore: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

/** What of its stock the kit may ask, and set. */
const stockOf = (read: (name: string) => string) => ({
  views: {
    network: read('VIEW_NETWORK'),
    location: read('VIEW_LOCATION'),
    statusOnly: read('VIEW_STATUS_ONLY'),
  },
  locations: { center: locationId(read('CENTER')), store: locationId(read('STORE')) },
  promising: { configName: read('PROMISING_CONFIG'), demandType: read('DEMAND_TYPE') },
  unlimited: sku(read('UNLIMITED_ITEM') || 'none'),
});

/** Each thing that this tenant does not offer, with the reason; what is offered is said by a variable. */
function lacking(read: (name: string) => string): Map<Capability, string> {
  const lacks = new Map<Capability, string>([
    ['tenant-settings', ITS_OWN],
    ['virtual-clock', 'The clock of a sandbox cannot be advanced.'],
    ['availability-feed', 'The schedule of its syncs is its own.'],
    ['message-shapes', 'How a sandbox publishes is its own.'],
    ['push-door', 'A sandbox publishes to Pub/Sub only (§7.1).'],
    ['queue-door', 'A sandbox publishes to Pub/Sub only (§7.1).'],
  ]);
  const unless = (name: string, capability: Capability, says: string) => {
    if (read(name) === '') lacks.set(capability, `${says}: TANDEM_SANDBOX_${name} is not set.`);
  };
  unless('MANUAL_LIFE', 'manual-life', 'Orders may move by themselves');
  unless('SHORT_REASON_CANCEL', 'shorts', 'Reasons of shorts differ by tenant');
  unless('RECEIPTS', 'receipts', 'The kit may not post return receipts');
  unless('CENTER', 'stock', 'No location is named whose stock the kit may set');
  unless('VIEW_NETWORK', 'inventory', 'No availability view is named');
  unless('UNLIMITED_ITEM', 'unlimited-stock', 'No item of unlimited stock is named');
  unless('PROMISING_CONFIG', 'promises', 'No promising configuration is named');
  unless('DEMAND_TYPE', 'promises', 'No type of demand is named');
  unless('PUBSUB_SUBSCRIPTION', 'messages', 'No subscription is named');
  unless('PUBSUB_SUBSCRIPTION', 'pull-door', 'No subscription is named');
  return lacks;
}

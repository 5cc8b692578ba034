import {
  ManhattanAvailabilityFeed,
  ManhattanConnection,
  ManhattanConnections,
  ManhattanCustomers,
  ManhattanInventory,
  ManhattanMoney,
  ManhattanOrderBook,
  ManhattanOrderChanges,
  ManhattanOrderFeed,
  ManhattanOrders,
  ManhattanReasons,
  ManhattanReturns,
} from '@tandem/adapters-manhattan';
import { omsOrganization, type OmsOrganization } from '@tandem/domain';
import { given } from '@tandem/domain';
import type { AdapterChoices, OmsPorts } from '@tandem/domain/testing';
import type { Target } from './target.js';

/** The adapter on connections of its own, put together by its public constructors. */
export function adapterOn(
  { tenant, views: { statusOnly }, promising }: Pick<Target, 'tenant' | 'views' | 'promising'>,
  gatewayUrl: string,
  choices: AdapterChoices,
): { ports: OmsPorts; close: () => Promise<void> } {
  const organization = omsOrganization(tenant.organization);
  const connection = new ManhattanConnection({
    organization: choices.organization === 'forbidden' ? omsOrganization('NOT-OURS') : organization,
    baseUrl: gatewayUrl,
    authUrl: gatewayUrl,
    availabilityUrl: gatewayUrl,
    grant: 'password',
    clientId: tenant.clientId,
    clientSecret: tenant.clientSecret,
    username: tenant.username,
    password: choices.credentials === 'refused' ? `${tenant.password}-wrong` : tenant.password,
    ...given({
      organizationHeader: choices.organization === 'forbidden' ? 'SelectedOrganization' : undefined,
      budget: choices.callsPerHour === undefined ? undefined : { perHour: choices.callsPerHour },
    }),
  });
  const connections = new ManhattanConnections(
    new Map<OmsOrganization, ManhattanConnection>([[organization, connection]]),
  );
  return {
    ports: portsOn(connections, organization, { statusOnly, promising }, choices),
    close: () => connections.close(),
  };
}

function portsOn(
  connections: ManhattanConnections,
  organization: OmsOrganization,
  { statusOnly, promising }: { readonly statusOnly: string } & Pick<Target, 'promising'>,
  choices: AdapterChoices,
): OmsPorts {
  const { cancelBy, lateCancels, releasedReroute, allocatedReroute, searchPageSize, returnShippingMethod } = choices;
  const views = { [statusOnly]: { asks: 'status' as const, publishesQuantity: false } };
  return {
    orders: new ManhattanOrders(connections),
    changes: new ManhattanOrderChanges(
      connections,
      given({ cancelBy, lateCancels, releasedReroute, allocatedReroute }),
    ),
    book: new ManhattanOrderBook(connections, given({ pageSize: searchPageSize })),
    returns: new ManhattanReturns(connections, given({ returnShippingMethod })),
    customers: new ManhattanCustomers(connections),
    money: new ManhattanMoney(connections),
    reasons: new ManhattanReasons(connections),
    feed: new ManhattanOrderFeed(),
    inventory: new ManhattanInventory(connections, { views, promising: { [organization]: promising } }),
    availabilityFeed: new ManhattanAvailabilityFeed({ views }),
  };
}

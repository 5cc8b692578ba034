import {
  SalesforceAgentRequests,
  SalesforceChangeFeed,
  SalesforceConnection,
  SalesforceCustomers,
  SalesforceDoor,
  SalesforceOrderBook,
  SalesforceOrders,
  SalesforceOrgs,
  SalesforceProjections,
} from '@tandem/adapters-salesforce';
import { Clock } from '@tandem/domain';
import type { CrmChoices, CrmPorts } from '@tandem/domain/testing';
import type { CrmTarget } from './target.js';

class WallClock extends Clock {
  override now = () => new Date();
}

/** §3.1 and the package's own event. */
export const CHANNELS = {
  account: '/data/AccountChangeEvent',
  contact: '/data/ContactChangeEvent',
  order: '/data/OrderChangeEvent',
  requests: '/event/OMS_Agent_Request__e',
} as const;

/** The adapter on connections of its own, put together by its public constructors. */
export function crmAdapterOn({ name, org }: CrmTarget, gatewayUrl: string, choices: CrmChoices): CrmPorts {
  const clock = new WallClock();
  const { credentials, apiVersion, client, timeoutMs, currency, signsIn } = choices;
  const secret = credentials === 'refused' ? `${org.clientSecret}-wrong` : org.clientSecret;
  const options = {
    org: name,
    clientId: org.clientId,
    ...(signsIn === 'by-assertion' ? { jwt: org.assertion } : { clientSecret: secret }),
    ...{ apiVersion, client, timeoutMs, currency },
  };
  const orgs = new SalesforceOrgs([new SalesforceConnection({ ...options, loginUrl: gatewayUrl }, clock)]);
  // The bus is told the address of the org (§3.3), which must be its own.
  const listening = new SalesforceOrgs([new SalesforceConnection({ ...options, loginUrl: org.loginUrl }, clock)]);
  const buses =
    org.eventsUrl === undefined
      ? []
      : [{ org: name, endpoint: org.eventsUrl, channels: Object.values<string>(CHANNELS) }];
  return {
    orders: new SalesforceOrders(orgs),
    book: new SalesforceOrderBook(orgs),
    projections: new SalesforceProjections(orgs),
    customers: new SalesforceCustomers(orgs),
    requests: new SalesforceAgentRequests(orgs),
    feed: new SalesforceChangeFeed(client),
    door: new SalesforceDoor(listening, buses, clock),
  };
}

import {
  CrmDoor,
  Defect,
  type Clock,
  type CrmBatch,
  type CrmChannel,
  type CrmCursor,
  type CrmOrgName,
} from '@tandem/domain';
import type { SalesforceConnection } from '../salesforce-connection.js';
import type { SalesforceOrgs } from '../salesforce-orgs.js';
import { ChannelSubscription } from './channel-subscription.js';
import { OrgEvents } from './org-events.js';
import { Reconciliation } from './reconciliation.js';

/** §3.1: by default an org may select five entities; these three, and the requests of agents, which are an event of our own. */
export const DEFAULT_CHANNELS: readonly string[] = [
  '/data/AccountChangeEvent',
  '/data/ContactChangeEvent',
  '/data/OrderChangeEvent',
  '/event/OMS_Agent_Request__e',
];

export interface ListeningOrg {
  readonly org: CrmOrgName;
  /** `https://api.pubsub.salesforce.com:7443`, or the European one (§3.3). */
  readonly endpoint: string;
  readonly channels: readonly string[];
}

export class SalesforceDoor extends CrmDoor {
  private readonly buses = new Map<CrmOrgName, OrgEvents>();

  constructor(
    private readonly orgs: SalesforceOrgs,
    private readonly listening: readonly ListeningOrg[],
    private readonly clock: Clock,
  ) {
    super();
  }

  override channels(): readonly CrmChannel[] {
    return this.listening.flatMap(({ org, channels }) => channels.map((name) => ({ org, name })));
  }

  override open(channel: CrmChannel, after: CrmCursor | undefined, handler: (batch: CrmBatch) => Promise<void>) {
    const connection = this.orgs.of(channel.org);
    return new ChannelSubscription(channel, after, handler, {
      bus: this.busOf(connection),
      reconciliation: new Reconciliation(connection),
      now: () => this.clock.now(),
    });
  }

  /** One for all channels of an org: they share a connection (§3.3: up to 1,000 streams) and the schemas. */
  private busOf(connection: SalesforceConnection): OrgEvents {
    const known = this.buses.get(connection.org);
    if (known) return known;
    const settings = this.listening.find(({ org }) => org === connection.org);
    if (!settings) throw new Defect(`CRM org ${connection.org} is not listened to.`);
    const bus = new OrgEvents(settings.endpoint, connection.grants);
    this.buses.set(connection.org, bus);
    return bus;
  }
}

import { Logger, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import {
  ManhattanConnection,
  ManhattanConnections,
  ManhattanCustomers,
  ManhattanOrderBook,
  ManhattanOrderChanges,
  ManhattanOrderFeed,
  ManhattanOrders,
  ManhattanReturns,
  PubsubDoor,
} from '@tandem/adapters-manhattan';
import {
  DEFAULT_CHANNELS,
  SalesforceAgentRequests,
  SalesforceChangeFeed,
  SalesforceConnection,
  SalesforceCustomers,
  SalesforceDoor,
  SalesforceOrderBook,
  SalesforceOrders,
  SalesforceOrgReports,
  SalesforceOrgs,
  SalesforceProjections,
} from '@tandem/adapters-salesforce';
import {
  Clock,
  Countries,
  CrmAgentRequests,
  CrmChangeFeed,
  CrmCustomers,
  CrmDoor,
  CrmOrderBook,
  CrmOrders,
  CrmOrgReports,
  CrmProjections,
  OmsCustomers,
  OmsOrderBook,
  OmsOrderChanges,
  OmsOrderFeed,
  OmsOrders,
  OmsReturns,
  PhoneNumbers,
  Sites,
} from '@tandem/domain';
import { LoggerModule } from 'nestjs-pino';
import { ConsoleModule } from './console/console.module.js';
import { CrmEventsModule } from './crm-events/crm-events.module.js';
import { CustomersModule } from './customers/customers.module.js';
import { FulfillmentModule } from './fulfillment/fulfillment.module.js';
import { OrdersModule } from './orders/orders.module.js';
import { MessagingModule } from './persistence/messaging.module.js';
import { PersistenceModule } from './persistence/persistence.module.js';
import { RebuildModule } from './rebuild/rebuild.module.js';
import { CallerProof } from './platform/caller-proof.js';
import { OmsDoors } from './platform/doors.js';
import { FaultFilter } from './platform/fault.filter.js';
import { loggingOptions } from './platform/logging.js';
import type { OmsConnectionSettings } from './platform/oms-connection-settings.js';
import type { CrmConnectionSettings, Settings } from './platform/settings.js';
import { statusMapsOf } from './platform/status-maps.js';
import { SystemClock } from './platform/system-clock.js';
import { WorldPhoneNumbers } from './platform/world-phone-numbers.js';
import { ReconciliationModule } from './reconciliation/reconciliation.module.js';

/** All that a process is made of. */
export interface Installation {
  readonly settings: Settings;
  readonly sites: Sites;
  readonly countries: Countries;
  readonly connections: {
    readonly crm: readonly CrmConnectionSettings[];
    readonly oms: readonly OmsConnectionSettings[];
  };
}

/** The CRM is Salesforce. */
function crmProviders(connections: readonly CrmConnectionSettings[], sites: Sites, clock: Clock): Provider[] {
  const managed = sites.all().flatMap(({ crmOrg, crmModel }) => (crmModel === 'order-management' ? [crmOrg] : []));
  const orgs = new SalesforceOrgs(connections.map((settings) => new SalesforceConnection(settings, clock)));
  const listening = connections.flatMap(({ org, events }) =>
    events ? [{ org, endpoint: events.endpoint, channels: events.channels ?? DEFAULT_CHANNELS }] : [],
  );
  return [
    { provide: CrmOrders, useFactory: () => new SalesforceOrders(orgs) },
    { provide: CrmOrderBook, useFactory: () => new SalesforceOrderBook(orgs) },
    { provide: CrmAgentRequests, useFactory: () => new SalesforceAgentRequests(orgs) },
    { provide: CrmCustomers, useFactory: () => new SalesforceCustomers(orgs) },
    { provide: CrmProjections, useFactory: () => new SalesforceProjections(orgs) },
    { provide: CrmOrgReports, useFactory: () => new SalesforceOrgReports(orgs, clock, new Set(managed)) },
    { provide: CrmChangeFeed, useFactory: () => new SalesforceChangeFeed() },
    { provide: CrmDoor, useFactory: () => new SalesforceDoor(orgs, listening, clock) },
  ];
}

/** The OMS is Manhattan. */
function omsProviders(connections: readonly OmsConnectionSettings[], sites: Sites): Provider[] {
  const organizations = new ManhattanConnections(
    new Map(connections.map((settings) => [settings.organization, new ManhattanConnection(settings)])),
  );
  return [
    { provide: OmsOrderChanges, useFactory: () => new ManhattanOrderChanges(organizations) },
    { provide: OmsOrders, useFactory: () => new ManhattanOrders(organizations) },
    { provide: OmsOrderBook, useFactory: () => new ManhattanOrderBook(organizations) },
    { provide: OmsReturns, useFactory: () => new ManhattanReturns(organizations) },
    { provide: OmsCustomers, useFactory: () => new ManhattanCustomers(organizations) },
    { provide: OmsOrderFeed, useFactory: () => new ManhattanOrderFeed({ statusMaps: statusMapsOf(sites) }) },
    { provide: OmsDoors, useFactory: () => new OmsDoors(connections.flatMap(doorOf)) },
  ];
}

const doorLog = new Logger('oms-doors');
const onDoorFailure = (fault: unknown) =>
  doorLog.warn({ err: fault }, 'A door of the OMS failed; it is opened again, and what it took comes again.');

const doorOf = ({ pubsub }: OmsConnectionSettings): readonly PubsubDoor[] =>
  pubsub ? [new PubsubDoor({ ...pubsub, onFailure: onDoorFailure })] : [];

function foundations({ settings, sites, countries, connections }: Installation): DynamicModule {
  const clock = new SystemClock();
  const proof = {
    provide: CallerProof,
    inject: [Clock],
    useFactory: (clock: Clock) => new CallerProof(settings.callers, clock),
  };
  const known: Provider[] = [
    { provide: Clock, useValue: clock },
    { provide: Sites, useValue: sites },
    { provide: Countries, useValue: countries },
    { provide: PhoneNumbers, useFactory: () => new WorldPhoneNumbers() },
  ];
  const providers = [
    ...known,
    proof,
    ...crmProviders(connections.crm, sites, clock),
    ...omsProviders(connections.oms, sites),
  ];
  return { module: FoundationsModule, global: true, providers, exports: providers };
}

/** What every flow stands on: time, sites, callers, and the far sides behind their ports. */
@Module({})
class FoundationsModule {}

/** The composition root: the only file that names the far sides. Another adapter is another line here. */
@Module({})
export class AppModule {
  static of(installation: Installation): DynamicModule {
    const { settings } = installation;
    return {
      module: AppModule,
      imports: [
        LoggerModule.forRoot(loggingOptions(settings.logLevel)),
        foundations(installation),
        PersistenceModule.forRoot(settings.databaseUrl),
        MessagingModule.forRoot(settings),
        CustomersModule,
        OrdersModule,
        FulfillmentModule,
        CrmEventsModule,
        ReconciliationModule,
        RebuildModule,
        ConsoleModule,
      ],
      providers: [{ provide: APP_FILTER, useClass: FaultFilter }],
    };
  }
}

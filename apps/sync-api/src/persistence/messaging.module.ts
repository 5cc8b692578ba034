import { randomUUID } from 'node:crypto';
import { Logger, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { Clock } from '@tandem/domain';
import {
  Duties,
  LaneConsumer,
  LaneGenerations,
  MessageBus,
  MessageWriter,
  OutboxRelay,
  PostgresMessageBus,
  RabbitMessageBus,
  topologyWith,
  UnitOfWork,
  type ConnectionBack,
  type ConnectionDown,
} from '@tandem/messaging';
import { DataSource } from 'typeorm';
import type { BrokerNames } from '../platform/broker-settings.js';
import { Doors } from '../platform/doors.js';
import { Engine } from '../platform/engine.js';
import { Lanes } from '../platform/lanes.js';
import type { Settings } from '../platform/settings.js';
import { faultLog } from '../platform/fault-log.js';

const logger = new Logger('messaging');
const onFailure = (error: unknown) =>
  logger.warn({ err: error }, 'The message bus or the relay failed; it is tried again.');
const onDutiesFailure = (error: unknown) =>
  logger.warn({ err: error }, 'The session that holds the duties of this replica failed; it is made anew.');

function onConnection(change: ConnectionDown | ConnectionBack): void {
  if ('wasDownForMs' in change) logger.log(change, 'A far side answers again; what waited for it goes on.');
  else logger.warn(change, 'A far side does not answer a site: messages that need it wait, and it is probed.');
}

function busFor({ broker, brokerNames, databaseUrl, lanes }: Settings): MessageBus {
  const { prefix, omsEventsQueue, omsDeadLetterQueues: adopted } = brokerNames;
  const queues = topologyWith(lanes);
  if (broker !== undefined)
    return new RabbitMessageBus({ ...broker, prefix, queues, external: [omsEventsQueue], adopted, onFailure });
  return new PostgresMessageBus({ connection: { connectionString: databaseUrl }, queues, onFailure });
}

const engineOf = ({ lanes }: Settings): Provider => ({
  provide: Engine,
  inject: [MessageBus, OutboxRelay, Duties, DataSource],
  useFactory: (bus: MessageBus, relay: OutboxRelay, duties: Duties, database: DataSource) =>
    new Engine({ bus, relay, duties, generations: new LaneGenerations(database), lanes }),
});

const omsQueues = ({ omsEventsQueue, omsDeadLetterQueues }: BrokerNames) => [omsEventsQueue, ...omsDeadLetterQueues];

const providersFor = (settings: Settings): Provider[] => [
  { provide: Doors, useValue: new Doors(settings.broker ? omsQueues(settings.brokerNames) : []) },
  { provide: MessageBus, useFactory: () => busFor(settings) },
  {
    provide: MessageWriter,
    inject: [Clock],
    useFactory: (clock: Clock) => new MessageWriter(clock, randomUUID),
  },
  {
    provide: OutboxRelay,
    inject: [DataSource, MessageBus],
    useFactory: (database: DataSource, bus: MessageBus) =>
      new OutboxRelay(database, bus, { queues: topologyWith(settings.lanes), onFailure }),
  },
  {
    provide: UnitOfWork,
    inject: [DataSource, OutboxRelay],
    useFactory: (database: DataSource, relay: OutboxRelay) => new UnitOfWork(database, relay),
  },
  {
    provide: LaneConsumer,
    inject: [MessageBus, DataSource, UnitOfWork],
    useFactory: (bus: MessageBus, database: DataSource, work: UnitOfWork) =>
      new LaneConsumer({ bus, database, work, random: Math.random, onFault: faultLog(logger), onConnection }),
  },
  {
    provide: Duties,
    inject: [DataSource],
    useFactory: (database: DataSource) => new Duties(database, { onFailure: onDutiesFailure }),
  },
  engineOf(settings),
  {
    provide: Lanes,
    inject: [Engine, LaneConsumer, CommandBus],
    useFactory: (engine: Engine, consumer: LaneConsumer, commands: CommandBus) => new Lanes(engine, consumer, commands),
  },
];

/** Messages on their way: out of the outbox, over the bus, to the use cases. */
@Module({})
export class MessagingModule {
  static forRoot(settings: Settings): DynamicModule {
    return {
      module: MessagingModule,
      global: true,
      imports: [CqrsModule.forRoot()],
      providers: providersFor(settings),
      exports: [Doors, Duties, MessageBus, MessageWriter, OutboxRelay, UnitOfWork, LaneConsumer, Engine, Lanes],
    };
  }
}

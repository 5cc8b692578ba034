export { catalog, isMessageName, type MessageBody, type MessageDeclaration, type MessageName } from './catalog.js';
export {
  causedBy,
  messageId,
  MessageWriter,
  type Cause,
  type Message,
  type MessageId,
  type MessageParts,
} from './envelope.js';
export { decodeMessage } from './decode-message.js';
export { describeCatalog } from './describe-catalog.js';
export { LaneGenerations } from './lanes/lane-generations.js';
export {
  defaultLanes,
  laneName,
  laneOf,
  lanesOf,
  mostLanes,
  routesOf,
  topology,
  topologyWith,
  type LaneQueue,
  type MessageOn,
  type QueueName,
} from './topology.js';
export {
  MessageBus,
  type ConsumeOptions,
  type Delivery,
  type QueueDepth,
  type RawDelivery,
  type RoutedMessage,
  type Subscription,
} from './bus/message-bus.js';
export { PostgresMessageBus, type PostgresMessageBusOptions } from './bus/postgres/postgres-message-bus.js';
export { brokerTopology, type TopologyMode } from './bus/rabbit/broker-topology.js';
export { definitionsFor, rightsFor, scriptFor } from './bus/rabbit/topology-papers.js';
export type { BrokerAccess } from './bus/rabbit/rabbit-connection.js';
export { RabbitMessageBus, type RabbitMessageBusOptions } from './bus/rabbit/rabbit-message-bus.js';
export { Inbox, type Claimed, type InboxEntry } from './inbox/inbox.js';
export { HandledMessages } from './inbox/handled-messages.js';
export { messagingMigrations } from './migrations/messaging-migrations.js';
export { OutboxRelay, type RelayLag, type RelayOptions } from './outbox/outbox-relay.js';
export { Duties, type DutiesOptions, type Duty } from './duties/duties.js';
export { assertOnDuty, type DutyToken } from './duties/on-duty.js';
export { UnitOfWork } from './outbox/unit-of-work.js';
export { WakeableLoop } from './wakeable-loop.js';
export { StatementClient } from './statement-client.js';
export { databaseFault } from './database-faults.js';
export { Outbox } from './outbox/outbox.js';
export { done, failed, type Outcome } from './recovery/outcome.js';
export {
  MessageArchive,
  type ArchivedMessage,
  type ArchiveRecord,
  type ArchiveState,
} from './archive/message-archive.js';
export { redactHeaders } from './archive/redact-headers.js';
export { parkReason, type ParkReason } from './archive/park-reason.js';
export {
  ParkedMessages,
  type GroupName,
  type ParkedEntry,
  type ParkedGroup,
  type ParkedMessage,
} from './archive/parked-messages.js';
export { Replays, type ParkedCount, type ParkedSelection, type Replay } from './archive/replays.js';
export {
  LaneConsumer,
  type BatchHandler,
  type LaneConsumerOptions,
  type MessageHandler,
} from './recovery/lane-consumer.js';
export type { ConnectionBack, ConnectionDown } from './recovery/connection-breakers.js';
export { inTraceOf } from './recovery/consumer-span.js';
export { defaultRecovery, recoveryAfter, type Recovery, type RecoverySettings } from './recovery/recovery-policy.js';

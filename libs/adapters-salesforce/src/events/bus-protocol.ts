import { loadPackageDefinition, type ChannelCredentials, type Client, type ClientDuplexStream } from '@grpc/grpc-js';
import type { Metadata, ServiceError } from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';
import { Defect } from '@tandem/domain';

const field = (type: string, id: number, rule?: 'repeated') => ({ type, id, ...(rule && { rule }) });

/** The part of `eventbus.v1` that we use (§3.3), with its field numbers. Written down here, so that no file need travel with the build. */
const EVENT_BUS = {
  nested: {
    eventbus: {
      nested: {
        v1: {
          nested: {
            TopicRequest: { fields: { topicName: field('string', 1) } },
            TopicInfo: {
              fields: {
                topicName: field('string', 1),
                tenantGuid: field('string', 2),
                canPublish: field('bool', 3),
                canSubscribe: field('bool', 4),
                schemaId: field('string', 5),
                rpcId: field('string', 6),
              },
            },
            SchemaRequest: { fields: { schemaId: field('string', 1) } },
            SchemaInfo: {
              fields: { schemaJson: field('string', 1), schemaId: field('string', 2), rpcId: field('string', 3) },
            },
            EventHeader: { fields: { key: field('string', 1), value: field('bytes', 2) } },
            ProducerEvent: {
              fields: {
                id: field('string', 1),
                schemaId: field('string', 2),
                payload: field('bytes', 3),
                headers: field('EventHeader', 4, 'repeated'),
              },
            },
            ConsumerEvent: { fields: { event: field('ProducerEvent', 1), replayId: field('bytes', 2) } },
            ReplayPreset: { values: { LATEST: 0, EARLIEST: 1, CUSTOM: 2 } },
            FetchRequest: {
              fields: {
                topicName: field('string', 1),
                replayPreset: field('ReplayPreset', 2),
                replayId: field('bytes', 3),
                numRequested: field('int32', 4),
                authRefresh: field('string', 5),
              },
            },
            FetchResponse: {
              fields: {
                events: field('ConsumerEvent', 1, 'repeated'),
                latestReplayId: field('bytes', 2),
                rpcId: field('string', 3),
                pendingNumRequested: field('int32', 4),
              },
            },
            PubSub: {
              methods: {
                Subscribe: {
                  requestType: 'FetchRequest',
                  requestStream: true,
                  responseType: 'FetchResponse',
                  responseStream: true,
                },
                GetSchema: { requestType: 'SchemaRequest', responseType: 'SchemaInfo' },
                GetTopic: { requestType: 'TopicRequest', responseType: 'TopicInfo' },
              },
            },
          },
        },
      },
    },
  },
};

export interface FetchRequest {
  readonly topicName: string;
  readonly replayPreset?: 'LATEST' | 'EARLIEST' | 'CUSTOM';
  readonly replayId?: Uint8Array;
  readonly numRequested: number;
}

export interface BusEvent {
  readonly event?: { readonly id: string; readonly schemaId: string; readonly payload: Buffer } | null;
  readonly replayId: Buffer;
}

export interface FetchResponse {
  readonly events: readonly BusEvent[];
  readonly latestReplayId: Buffer;
  readonly pendingNumRequested: number;
}

type Answered<Answer> = (error: ServiceError | null, answer?: Answer) => void;

export interface EventBusClient extends Client {
  subscribe(metadata: Metadata): ClientDuplexStream<FetchRequest, FetchResponse>;
  getSchema(
    request: { readonly schemaId: string },
    metadata: Metadata,
    options: { readonly deadline: number },
    answered: Answered<{ readonly schemaJson: string }>,
  ): void;
}

type ClientClass = new (address: string, credentials: ChannelCredentials, options: object) => EventBusClient;

export const eventBusDefinition = fromJSON(EVENT_BUS as Parameters<typeof fromJSON>[0], {
  defaults: true,
  enums: String,
  longs: Number,
});

/** A client of the event bus at `host:port`. Connects at the first call, and again when a connection was lost. */
export function eventBusClient(address: string, credentials: ChannelCredentials): EventBusClient {
  const service = eventBusDefinition['eventbus.v1.PubSub'];
  const found: unknown = Object.entries(loadPackageDefinition(eventBusDefinition)['eventbus'] ?? {}).find(
    ([name]) => name === 'v1',
  )?.[1];
  const clientClass: unknown = found && typeof found === 'object' && 'PubSub' in found ? found.PubSub : undefined;
  if (!service || typeof clientClass !== 'function') throw new Defect('The protocol of the event bus is not complete.');
  // Pings keep firewalls from dropping a channel that may be silent for 270 s (§3.3).
  return new (clientClass as ClientClass)(address, credentials, {
    'grpc.keepalive_time_ms': 60_000,
    'grpc.keepalive_timeout_ms': 20_000,
    'grpc.keepalive_permit_without_calls': 1,
    'grpc.initial_reconnect_backoff_ms': 500,
    'grpc.max_reconnect_backoff_ms': 30_000,
  });
}

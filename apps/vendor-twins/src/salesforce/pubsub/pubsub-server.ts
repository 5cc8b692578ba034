import { fileURLToPath } from 'node:url';
import {
  Server,
  ServerCredentials,
  status,
  type handleUnaryCall,
  type ServerDuplexStream,
  type ServiceDefinition,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import type { Tls } from '../options.js';
import { admit, newRpc, topicOf, type PubsubApi, type Rpc } from './pubsub-api.js';
import { managedSubscribe, type ManagedState } from './managed-subscribe.js';
import type { OpenStreams } from './open-streams.js';
import { publish, publishStream } from './publish.js';
import type { FetchRequest, FetchResponse, ManagedFetchRequest, PublishRequest } from './rpc-shapes.js';
import { subscribe } from './subscribe.js';

const largestRequestBytes = 4 * 1024 * 1024;

export interface PubsubServer {
  /** `host:port` */
  address: string;
  /** resets every connection, in the middle of whatever it carries */
  cut(): void;
  close(): void;
}

/** Serves the org's events by the Pub/Sub API on 127.0.0.1; port 0 takes any free one (§3.3). */
export async function startPubsubServer(
  bus: PubsubApi,
  streams: OpenStreams,
  port: number,
  tls: Tls | undefined,
): Promise<PubsubServer> {
  const server = new Server({ 'grpc.max_receive_message_length': largestRequestBytes });
  server.addService(pubsubService(), calls(bus, streams));
  const credentials = tls
    ? ServerCredentials.createSsl(null, [{ private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.cert) }])
    : ServerCredentials.createInsecure();
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, credentials, (error, taken) => (error ? reject(error) : resolve(taken)));
  });
  const address = `127.0.0.1:${bound}`;
  return { address, cut: () => server.drain(address, 0), close: () => server.forceShutdown() };
}

function pubsubService(): ServiceDefinition {
  const proto = fileURLToPath(new URL('./eventbus.proto', import.meta.url));
  const definition = loadSync(proto, { longs: Number, enums: String, defaults: true });
  const service = definition['eventbus.v1.PubSub'];
  if (!service || 'format' in service) throw new Error('the proto defines no service eventbus.v1.PubSub');
  return service;
}

function calls(bus: PubsubApi, streams: OpenStreams) {
  const managed: ManagedState = { committed: new Map(), active: new Set() };
  return {
    getTopic: unary(bus, ({ topicName }: { topicName: string }, rpc) => topicInfo(bus, topicName, rpc)),
    getSchema: delayed(
      bus,
      unary(bus, ({ schemaId }: { schemaId: string }, rpc) => schemaInfo(bus, schemaId, rpc)),
    ),
    publish: unary(bus, (request: PublishRequest, rpc) => publish(bus, request, rpc)),
    publishStream: (call: ServerDuplexStream<PublishRequest, object>) => publishStream(bus, streams, call),
    subscribe: (call: ServerDuplexStream<FetchRequest, FetchResponse>) => subscribe(bus, streams, call),
    managedSubscribe: (call: ServerDuplexStream<ManagedFetchRequest, object>) =>
      managedSubscribe(bus, streams, managed, call),
  };
}

function unary<Request>(
  bus: PubsubApi,
  answer: (request: Request, rpc: Rpc) => object,
): handleUnaryCall<Request, object> {
  return ({ request, metadata }, callback) => {
    const rpc = newRpc();
    try {
      admit(bus, metadata, rpc);
      callback(null, answer(request, rpc));
    } catch (error) {
      callback(error instanceof Error ? error : new Error(String(error)));
    }
  };
}

/** A schema may be long in coming, while events go on arriving (§8 item 14). */
function delayed<Request>(bus: PubsubApi, handle: handleUnaryCall<Request, object>): handleUnaryCall<Request, object> {
  return (call, callback) => {
    const { schemaDelayMs } = bus.chaos.switches;
    if (schemaDelayMs === 0) return handle(call, callback);
    bus.chaos.count('schemaDelayMs');
    setTimeout(() => handle(call, callback), schemaDelayMs);
  };
}

function topicInfo(bus: PubsubApi, topicName: string, rpc: Rpc) {
  const topic = topicOf(bus, topicName, rpc);
  const { object } = topic;
  return {
    topicName,
    tenantGuid: `core/prod/${bus.organizationId}`,
    canPublish: object?.event !== undefined,
    canSubscribe: !bus.chaos.switches.subscribeDenied,
    // A channel of several entities has no schema of its own.
    schemaId: object ? bus.events.schemaOf(object).id : '',
    rpcId: rpc.id,
  };
}

function schemaInfo(bus: PubsubApi, schemaId: string, rpc: Rpc) {
  if (schemaId === '')
    throw rpc.refuse(status.INVALID_ARGUMENT, 'schema.validation.empty', 'The schema ID must not be empty.');
  const schema = bus.events.schemaById(schemaId);
  if (!schema) throw rpc.refuse(status.NOT_FOUND, 'schema.not.found', `The schema ${schemaId} was not found.`);
  return { schemaJson: schema.json, schemaId, rpcId: rpc.id };
}

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { FastifyInstance } from 'fastify';
import { Server, ServerCredentials, type ServiceDefinition } from '@grpc/grpc-js';
import { fromJSON, type PackageDefinition } from '@grpc/proto-loader';
import type { Broker } from './broker.js';
import { publisherCalls, subscriberCalls } from './calls.js';

/** Larger than the 10 MB that a publish may have. */
const LARGEST_REQUEST_BYTES = 12 * 1024 * 1024;

export interface PubsubServer {
  /** `host:port`, as `PUBSUB_EMULATOR_HOST` wants it. */
  address: string;
  close(): void;
}

/** Serves a broker as Google Pub/Sub over gRPC, without TLS, on 127.0.0.1; port 0 takes any free one. */
export async function startPubsubServer(broker: Broker, port: number): Promise<PubsubServer> {
  const server = new Server({ 'grpc.max_receive_message_length': LARGEST_REQUEST_BYTES });
  server.addService(service('google.pubsub.v1.Publisher'), publisherCalls(broker));
  server.addService(service('google.pubsub.v1.Subscriber'), subscriberCalls(broker));
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, taken) =>
      error ? reject(error) : resolve(taken),
    );
  });
  return { address: `127.0.0.1:${bound}`, close: () => server.forceShutdown() };
}

/** What the topics and subscriptions hold now, and a way to break the streams. */
export function addPubsubRoutes(app: FastifyInstance, broker: Broker): void {
  app.get('/control/pubsub', () => broker.report());
  app.post('/control/pubsub/cut', () => {
    broker.cut();
    return broker.report();
  });
}

let loaded: PackageDefinition | undefined;

/** The definitions that the official client brings along, so that both sides speak the same version. */
function service(name: string): ServiceDefinition {
  loaded ??= load(createRequire(import.meta.url).resolve('@google-cloud/pubsub/build/protos/protos.json'));
  const definition = loaded[name];
  if (!definition || 'format' in definition) throw new Error(`the protos define no service ${name}`);
  return definition;
}

function load(descriptor: string): PackageDefinition {
  const parsed = JSON.parse(readFileSync(descriptor, 'utf8')) as Parameters<typeof fromJSON>[0];
  return fromJSON(parsed, { longs: Number, enums: String, defaults: true });
}

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Server, ServerCredentials, status, type ServerDuplexStream } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

export interface ScriptedMessage {
  readonly id: string;
  readonly body: string;
  readonly attributes?: Record<string, string>;
  readonly deliveryAttempt?: number;
}

type Pull = ServerDuplexStream<{ readonly maxOutstandingMessages?: unknown }, object>;
interface Call {
  readonly request: { readonly ackIds: readonly string[]; readonly ackDeadlineSeconds?: number };
}
type Done = (error: null, answer: object) => void;

function subscriberService(): Parameters<Server['addService']>[0] {
  const folder = join(
    dirname(createRequire(import.meta.url).resolve('@google-cloud/pubsub/package.json')),
    'build',
    'protos',
  );
  const definition = loadSync('google/pubsub/v1/pubsub.proto', {
    includeDirs: [folder, join(folder, '..', '..', '..', '..', 'google-gax', 'build', 'protos')],
    longs: Number,
  });
  return Reflect.get(definition, 'google.pubsub.v1.Subscriber') as Parameters<Server['addService']>[0];
}

async function bound(server: Server): Promise<number> {
  return await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, at) =>
      error ? reject(error) : resolve(at),
    );
  });
}

const delivery = (messages: readonly ScriptedMessage[]): object => ({
  receivedMessages: messages.map(({ id, body, attributes = {}, deliveryAttempt = 0 }) => ({
    ackId: id,
    deliveryAttempt,
    message: { data: Buffer.from(body), attributes, messageId: `m-${id}`, publishTime: { seconds: 1, nanos: 0 } },
  })),
});

/** The subscriber's side of Google Pub/Sub, as far as a pull needs it: says what it is told and keeps what it is answered. */
export async function startPubsub() {
  const service = subscriberService();
  const [pulls, acked, nacked]: [Pull[], string[], string[]] = [[], [], []];
  const limits: unknown[] = [];
  const refusal: { code: number | undefined } = { code: undefined };
  const server = new Server();
  server.addService(service, {
    streamingPull: (pull: Pull) => {
      if (refusal.code !== undefined) return void pull.emit('error', { code: refusal.code, details: 'refused' });
      pulls.push(pull);
      pull.once('data', (first: { maxOutstandingMessages?: unknown }) => limits.push(first.maxOutstandingMessages));
      pull.on('error', () => undefined);
    },
    acknowledge: ({ request }: Call, done: Done) => {
      acked.push(...request.ackIds);
      done(null, {});
    },
    modifyAckDeadline: ({ request }: Call, done: Done) => {
      if (!request.ackDeadlineSeconds) nacked.push(...request.ackIds);
      done(null, {});
    },
  });
  const port = await bound(server);
  const deliver = (...messages: readonly ScriptedMessage[]): void => void pulls.at(-1)?.write(delivery(messages));
  const drop = (code: number = status.UNAVAILABLE): void => {
    for (const pull of pulls.splice(0)) pull.emit('error', { code, details: 'dropped' });
  };
  return {
    endpoint: `127.0.0.1:${port}`,
    pulls,
    acked,
    nacked,
    limits,
    refusal,
    deliver,
    drop,
    close: () => server.forceShutdown(),
  };
}

import { fileURLToPath } from 'node:url';
import {
  credentials as channelCredentials,
  loadPackageDefinition,
  Metadata,
  type ChannelCredentials,
  type Client,
  type ClientDuplexStream,
  type GrpcObject,
  type ServiceError,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import avro, { type Type } from 'avsc';

/** What comes over a stream of `@grpc/grpc-js`, of any of the calls. */
export interface Received {
  events: { event: { id: string; schemaId: string; payload: Buffer }; replayId: Buffer }[];
  latestReplayId: Buffer;
  pendingNumRequested: number;
  results: { replayId: Buffer; error: { code: string; msg: string } | null; correlationKey: string }[];
  commitResponse: { commitRequestId: string; error: { code: string } | null } | null;
}

export interface OpenStream {
  responses: Received[];
  /** the error that ended it, or `ended` when it ended without one */
  ending: () => ServiceError | 'ended' | undefined;
  events: () => Received['events'];
  write: (request: object) => void;
  end: () => void;
}

type Unary = (
  request: object,
  metadata: Metadata,
  callback: (error: ServiceError | null, answer: unknown) => void,
) => void;
type Duplex = (metadata: Metadata) => ClientDuplexStream<object, Received>;

/** The official gRPC library and the published proto, and nothing of ours. */
export class PubsubClient {
  private readonly client: Client & Record<string, unknown>;

  constructor(
    address: string,
    private readonly session: { token: string; url: string },
    channel: ChannelCredentials = channelCredentials.createInsecure(),
  ) {
    const proto = fileURLToPath(new URL('../pubsub/eventbus.proto', import.meta.url));
    const loaded = loadPackageDefinition(loadSync(proto, { enums: String, longs: Number, defaults: true }));
    const PubSub = ((loaded['eventbus'] as GrpcObject)['v1'] as GrpcObject)['PubSub'] as unknown as new (
      address: string,
      channel: ChannelCredentials,
    ) => Client & Record<string, unknown>;
    this.client = new PubSub(address, channel);
  }

  metadata(change: Record<string, string | undefined> = {}): Metadata {
    const metadata = new Metadata();
    const tenantid = this.session.token.split('!')[0];
    const named = { accesstoken: this.session.token, instanceurl: this.session.url, tenantid, ...change };
    for (const [name, value] of Object.entries(named)) if (value !== undefined) metadata.set(name, value);
    return metadata;
  }

  call(name: string, request: object, metadata = this.metadata()): Promise<unknown> {
    return new Promise((resolve, reject) => {
      (this.client[name] as Unary).call(this.client, request, metadata, (error, answer) =>
        error ? reject(error) : resolve(answer),
      );
    });
  }

  stream(name: string, first: object, metadata = this.metadata()): OpenStream {
    const stream = (this.client[name] as Duplex).call(this.client, metadata);
    const responses: Received[] = [];
    let ending: ServiceError | 'ended' | undefined;
    stream.on('data', (response: Received) => responses.push(response));
    stream.on('error', (error: ServiceError) => (ending = error));
    stream.on('end', () => (ending ??= 'ended'));
    stream.write(first);
    return {
      responses,
      ending: () => ending,
      events: () => responses.flatMap(({ events }) => events),
      write: (request) => stream.write(request),
      end: () => stream.end(),
    };
  }

  /** The event's record, read with the schema that GetSchema gives. */
  async decoded(received: Received['events'][number] | undefined): Promise<Record<string, unknown>> {
    if (!received) throw new Error('there is no event to decode');
    const { schemaId, payload } = received.event;
    const { schemaJson } = (await this.call('getSchema', { schemaId })) as { schemaJson: string };
    const type = avro.parse(schemaJson) as Type;
    return type.fromBuffer(payload) as Record<string, unknown>;
  }

  close() {
    this.client.close();
  }
}

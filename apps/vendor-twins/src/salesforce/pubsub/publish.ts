import { status, type ServerDuplexStream } from '@grpc/grpc-js';
import { admit, newRpc, refresh, replayId, topicOf, type PubsubApi, type Rpc } from './pubsub-api.js';
import type { OpenStreams } from './open-streams.js';
import type { ProducerEvent, PublishRequest } from './rpc-shapes.js';
import { onRequests } from './subscribe.js';

const largestEventBytes = 1024 * 1024;

/** Publishes what a request brings: a result for each event, of which some may be errors (§3.3). */
export function publish(bus: PubsubApi, request: PublishRequest, rpc: Rpc) {
  const topic = topicOf(bus, request.topicName, rpc);
  const { object } = topic;
  if (!object?.event)
    throw rpc.refuse(status.PERMISSION_DENIED, 'topic.meta.permission', `${topic.name} cannot be published to.`);
  if (request.events.length === 0)
    throw rpc.refuse(status.INVALID_ARGUMENT, 'publish.event.count.invalid', 'A request holds at least one event.');
  const results = request.events.map((event) => publishOne(bus, object.name, event));
  return { results, schemaId: bus.events.schemaOf(object).id, rpcId: rpc.id };
}

function publishOne(bus: PubsubApi, source: string, { id, schemaId, payload }: ProducerEvent) {
  if (payload.length > largestEventBytes) return failed(id, 'The event is larger than 1 MB.');
  if (!bus.events.schemaById(schemaId)) return failed(id, `The schema ${schemaId} was not found.`);
  if (bus.chaos.strikes('publishFailRatio')) return failed(id, 'Failed to publish the event.');
  const position = bus.events.publishRaw(source, schemaId, id, Buffer.from(payload));
  return { replayId: replayId(bus, position), correlationKey: id };
}

function failed(correlationKey: string, msg: string) {
  return { error: { code: 'PUBLISH', msg }, correlationKey };
}

/** `PublishStream`: one topic, and closed when nothing comes for as long as `publishIdleMs` (§3.3). */
export function publishStream(bus: PubsubApi, streams: OpenStreams, call: ServerDuplexStream<PublishRequest, object>) {
  const rpc = newRpc();
  let topicName = '';
  let timer: NodeJS.Timeout | undefined;
  const restart = () => {
    clearTimeout(timer);
    const because = 'Nothing was published for too long.';
    timer = setTimeout(
      () => call.emit('error', rpc.refuse(status.CANCELLED, 'publish.stream.sweeper.timeout', because)),
      bus.chaos.switches.publishIdleMs,
    );
  };
  onRequests<PublishRequest, object>(call, streams, {
    open: () => {
      admit(bus, call.metadata, rpc);
      restart();
    },
    take: (request) => {
      restart();
      if (topicName !== '' && request.topicName !== '' && request.topicName !== topicName)
        throw rpc.refuse(status.INVALID_ARGUMENT, 'publish.topic.mismatch', 'The topic of a stream cannot be changed.');
      refresh(bus, request.authRefresh, rpc);
      topicName = request.topicName === '' ? topicName : request.topicName;
      call.write(publish(bus, { ...request, topicName }, rpc));
    },
    close: () => clearTimeout(timer),
  });
}

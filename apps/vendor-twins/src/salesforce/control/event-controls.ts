import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Events } from '../events/events.js';
import { list, text } from '../org/json.js';
import type { Org } from '../org/org.js';
import { Refusal } from '../org/refusal.js';
import type { PubsubApi } from '../pubsub/pubsub-api.js';
import type { OpenStreams } from '../pubsub/open-streams.js';
import type { PubsubServer } from '../pubsub/pubsub-server.js';
import { rpcRefusal, streamFaults } from '../pubsub/rpc-refusal.js';
import { answered, body } from './control-answer.js';

interface EventControls {
  org: Org;
  events: Events;
  bus: PubsubApi;
  streams: OpenStreams;
  pubsub: PubsubServer;
}

/** Controls of the event side, for tests: no part of the vendor's surface. */
export function openEventControls(server: FastifyInstance, twin: EventControls) {
  const report = () => ({
    pubsub: twin.pubsub.address,
    streams: twin.streams.count(),
    kept: twin.events.log.size(),
    delivered: twin.bus.delivered.events,
  });
  const action = (path: string, work: (request: FastifyRequest) => void) =>
    server.post(`/control/events/${path}`, (request: FastifyRequest, reply: FastifyReply) =>
      answered(reply, () => {
        work(request);
        return report();
      }),
    );
  server.get('/control/events', report);
  // Everything published so far is older than the retention, and so is every replay id.
  action('expire', () => twin.events.log.expire());
  action('cut', () => twin.pubsub.cut());
  action('fail', (request) => failStreams(twin, text(body(request), 'fault') ?? ''));
  action('gap', (request) => {
    const given = body(request);
    const recordIds = (list(given, 'recordIds') ?? []).map(String);
    const fallback = recordIds.length > 0 ? 'GAP_UPDATE' : 'GAP_OVERFLOW';
    twin.events.gap(objectNamed(twin.org, given), recordIds, text(given, 'changeType') ?? fallback);
  });
  action('fields', (request) => {
    const given = body(request);
    twin.events.addField(objectNamed(twin.org, given), text(given, 'name') ?? '', 255);
  });
}

function failStreams({ streams }: EventControls, fault: string) {
  const planned = streamFaults[fault];
  if (!planned)
    throw new Refusal(
      'INVALID_FIELD',
      `no such stream fault: ${fault}; there are ${Object.keys(streamFaults).join(', ')}`,
    );
  streams.fail(() => rpcRefusal(planned.code, planned.errorCode, planned.sentence, 'ordered'));
}

function objectNamed(org: Org, given: unknown) {
  const object = org.schema.object(text(given, 'object') ?? '');
  if (!object) throw new Refusal('INVALID_TYPE', `sObject type '${text(given, 'object') ?? ''}' is not supported.`);
  return object;
}

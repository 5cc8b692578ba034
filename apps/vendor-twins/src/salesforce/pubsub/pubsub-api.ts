import { randomUUID } from 'node:crypto';
import { status, type Metadata } from '@grpc/grpc-js';
import type { Chaos } from '../control/chaos.js';
import type { Topic } from '../events/channels.js';
import type { Events } from '../events/events.js';
import { positionOf, replayIdOf } from '../events/replay-id.js';
import type { Sessions } from '../rest/sessions.js';
import { rpcRefusal } from './rpc-refusal.js';

/** What every call of the Pub/Sub API stands on. */
export interface PubsubApi {
  events: Events;
  chaos: Chaos;
  sessions: Sessions;
  organizationId: string;
  /** the `instance_url` of the org's tokens */
  instanceUrl: () => string;
  /** deliveries that count against the day's allocation (§3.1) */
  delivered: { events: number };
}

/** One call: its refusals carry its id. */
export interface Rpc {
  id: string;
  refuse: (code: status, errorCode: string, sentence: string) => Error;
}

export function newRpc(): Rpc {
  const id = randomUUID();
  return { id, refuse: (code, errorCode, sentence) => rpcRefusal(code, errorCode, sentence, id) };
}

/** Token, instance and tenant come with every call (§3.3). Throws UNAUTHENTICATED. */
export function admit(bus: PubsubApi, metadata: Metadata, rpc: Rpc) {
  const [token, instance, tenant] = ['accesstoken', 'instanceurl', 'tenantid'].map((name) => header(metadata, name));
  if (!token || !instance || !tenant || instance.replace(/\/$/, '') !== bus.instanceUrl() || !isOurs(bus, tenant))
    throw rpc.refuse(
      status.UNAUTHENTICATED,
      'service.auth.headers.invalid',
      'The accesstoken, instanceurl and tenantid metadata are missing or wrong.',
    );
  if (bus.chaos.switches.permanent401 || !bus.sessions.use(token))
    throw rpc.refuse(status.UNAUTHENTICATED, 'service.auth.error', 'An authentication exception occurred.');
}

const isOurs = (bus: PubsubApi, tenant: string) => tenant.slice(0, 15) === bus.organizationId.slice(0, 15);

function header(metadata: Metadata, name: string): string | undefined {
  return metadata.get(name)[0]?.toString();
}

/** A token given within a stream (§3.3: auth_refresh). */
export function refresh(bus: PubsubApi, token: string, rpc: Rpc) {
  if (token !== '' && !bus.sessions.use(token))
    throw rpc.refuse(status.INVALID_ARGUMENT, 'service.auth.refresh.invalid', 'The refresh token is invalid.');
}

export function topicOf(bus: PubsubApi, name: string, rpc: Rpc): Topic {
  if (name === '')
    throw rpc.refuse(status.INVALID_ARGUMENT, 'topic.validation.empty', 'The topic name must not be empty.');
  const topic = bus.events.channels.topic(name);
  if (!topic) throw rpc.refuse(status.NOT_FOUND, 'topic.not.found', `The topic ${name} was not found.`);
  return topic;
}

export function subscribable(bus: PubsubApi, topic: Topic, rpc: Rpc) {
  if (bus.chaos.switches.subscribeDenied)
    throw rpc.refuse(
      status.PERMISSION_DENIED,
      'subscription.topic.cannot.subscribe',
      `The user is not permitted to subscribe to ${topic.name}.`,
    );
  if (bus.chaos.switches.deliveryQuotaExceeded)
    throw rpc.refuse(
      status.RESOURCE_EXHAUSTED,
      'subscription.limit.exceeded',
      'The daily event delivery allocation is used up.',
    );
}

/** The place a replay id names. Throws for one that is corrupted or too old (§3.3). */
export function placeOf(bus: PubsubApi, replayId: Buffer, rpc: Rpc): number {
  if (replayId.length === 0)
    throw rpc.refuse(
      status.INVALID_ARGUMENT,
      'subscription.fetch.replayid.validation.failed',
      'A replay ID is needed for the CUSTOM preset.',
    );
  const position = positionOf(replayId);
  if (position !== undefined && bus.events.log.isReadable(position) && !bus.chaos.takes('corruptedCursors'))
    return position;
  throw rpc.refuse(
    status.INVALID_ARGUMENT,
    'subscription.fetch.replayid.corrupted',
    'The Replay ID validation failed. Ensure that the Replay ID is valid.',
  );
}

export function replayId(bus: PubsubApi, position: number): Buffer {
  return replayIdOf(position, bus.chaos.switches.replayIdBytes === 10 ? 10 : 8);
}

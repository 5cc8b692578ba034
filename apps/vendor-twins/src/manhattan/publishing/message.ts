import type { Caller } from '../wire/caller.js';
import type { JsonObject } from '../wire/json.js';
import type { SeededRandom } from '../wire/seeded-random.js';
import { vendorTime } from '../wire/vendor-time.js';

/** What a message is of, and which component publishes it (§7.2, §7.5). */
export interface MessageKind {
  messageType: string;
  queueName: string;
  component: 'order' | 'inventory' | 'xint';
}

const ORDER: MessageKind = {
  messageType: 'PublishOrderEventMSGType',
  queueName: 'queue.publishOrderEvent',
  component: 'order',
};

/** One outbound message: attributes (all of them strings, §7.2) and the JSON body. */
export interface OutboundMessage {
  id: string;
  attributes: Record<string, string>;
  component: MessageKind['component'];
  payload: JsonObject;
}

/** `MSG_ID_PK` has 34 characters; copies of a message share it. */
export function messageId(random: SeededRandom, now: number): string {
  return `${now}${random.digits(21)}`;
}

/** The same message with other names of attributes; an empty name leaves the attribute out (§7.2, §12, §13). */
export function renamed(message: OutboundMessage, names: Record<string, string>): OutboundMessage {
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.attributes)) attributes[names[name] ?? name] = value;
  delete attributes[''];
  return { ...message, attributes };
}

/** A message with the attributes of an internally published one (§7.2). */
export function outboundMessage(
  caller: Caller,
  id: string,
  payload: JsonObject,
  now: number,
  { messageType, queueName, component }: MessageKind = ORDER,
): OutboundMessage {
  const [, traceId = '', spanId = ''] = caller.traceparent?.split('-') ?? [];
  const attributes = {
    User: caller.user,
    Organization: caller.organization,
    Location: '',
    SelectedOrganization: caller.organization,
    SelectedLocation: '',
    SelectedBusinessUnit: '',
    AllBusinessUnitsAccessible: 'true',
    TenantId: 'twin',
    UserLocale: 'en',
    ProvisioningProfile: 'twin',
    MSG_TYPE: messageType,
    OUTBOUND_MSG_TYPE: messageType,
    MSG_ID_PK: id,
    QueueName: queueName,
    direction: component === 'xint' ? 'Outbound' : 'Internal',
    ...(component === 'xint' ? { BROKER_TYPE: 'googlepubsub', IsRetransmitMsg: 'false' } : {}),
    TRANSACTIONAL: 'true',
    PERSIST_TO_MSG_STORE: 'true',
    msg_submission_time: vendorTime(now),
    msg_submission_time_utc: `${vendorTime(now)}Z`,
    TRACE_ID: traceId,
    SPAN_ID: spanId,
    'app-id': component,
    ComponentName: component,
    Label: '',
    MessageCategory: 'Outbound',
    ENCRYPTED_OAUTH_TOKEN: 'twin-encrypted-token',
  };
  return { id, attributes, component, payload };
}

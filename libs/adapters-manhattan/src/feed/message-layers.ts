import type { FeedDelivery } from '@tandem/domain';
import { isRecord, type JsonRecord } from '../json.js';
import { Fields, unreadable } from './fields.js';

/** Message attributes by lower-case name. */
export type Attributes = Readonly<Record<string, string>>;

/** One order of a message, with the attributes that stood on the layers around it. */
export interface Publish {
  readonly attributes: Attributes;
  readonly order: Fields;
}

export interface OpenedMessage {
  /** `MSG_ID_PK`, else the broker's message id (§7.2). */
  readonly messageId: string | undefined;
  readonly publishes: readonly Publish[];
}

/** A broker's envelope around a wrapped document around a list of wrapped documents, each as text, needs eight. */
const DEEPEST = 8;

/** A message with what stands around it. */
export interface Layer {
  readonly content: unknown;
  readonly attributes: Attributes;
  readonly path: string;
  readonly depth: number;
}

/**
 * Takes every known wrapping off a message, in whatever order they were put on: the push envelope of the broker
 * (`message.data` in base64), the landing format `OriginalHeaders/OriginalPayload` (payload as object or as JSON text, §7.2),
 * the consolidated list `{ data: […], ConsolidatedPayload }` (§7.3). The innermost attribute of a name counts, for the vendor
 * itself wrote that one.
 */
export function openMessage(delivery: FeedDelivery): OpenedMessage {
  return open(outermost(delivery));
}

/** What is within every wrapping but lists, which are the content itself where nothing is known of its names (§6.3). */
export function openBody(delivery: FeedDelivery): Layer {
  let layer = outermost(delivery);
  for (let inner = unwrap(layer); inner; inner = unwrap(layer)) {
    if (layer.depth >= DEEPEST) throw unreadable(layer.path || 'body', 'nesting.too_deep');
    layer = { ...inner, depth: layer.depth + 1 };
  }
  return layer;
}

function outermost({ headers, body }: FeedDelivery): Layer {
  const content = parseJson(decode(body, 'body'), 'body');
  return { content, attributes: attributesOf(headers), path: '', depth: 0 };
}

function open(layer: Layer): OpenedMessage {
  const { content, attributes, path, depth } = layer;
  if (depth > DEEPEST) throw unreadable(path || 'body', 'nesting.too_deep');
  const entries = entriesOf(content);
  if (entries) {
    // Consolidation has nothing to send where nothing was published (§7.3): an empty list has lost what it was sent for.
    if (entries.length === 0) throw unreadable(path || 'data', 'list.empty');
    const opened = entries.map((entry, index) =>
      open({ content: entry, attributes, path: `${path || 'data'}[${index}]`, depth: depth + 1 }),
    );
    return { messageId: messageIdOf(attributes), publishes: opened.flatMap(({ publishes }) => publishes) };
  }
  const inner = unwrap(layer);
  if (inner) return open({ ...inner, depth: depth + 1 });
  return { messageId: messageIdOf(attributes), publishes: [{ attributes, order: Fields.of(content, path) }] };
}

function entriesOf(content: unknown): readonly unknown[] | undefined {
  if (Array.isArray(content)) return content as readonly unknown[];
  if (!isRecord(content) || isOrder(content)) return undefined;
  const list = content['data'] ?? content['Data'];
  return Array.isArray(list) ? list : undefined;
}

function unwrap({ content, attributes, path }: Layer): Omit<Layer, 'depth'> | undefined {
  if (typeof content === 'string') return { content: parseJson(content, path || 'body'), attributes, path };
  if (!isRecord(content)) return undefined;
  const { message, OriginalPayload: payload, OriginalHeaders: headers } = content;
  if (!isOrder(content) && isRecord(message) && typeof message['data'] === 'string') {
    const text = decode(Buffer.from(message['data'], 'base64'), 'message.data');
    const id = message['messageId'] ?? message['message_id'];
    const pushed = { ...attributesOf({ messageId: id }), ...attributesOf(message['attributes']) };
    return { content: parseJson(text, 'message.data'), attributes: { ...attributes, ...pushed }, path };
  }
  if (payload === undefined || payload === null) return undefined;
  return { content: payload, attributes: { ...attributes, ...attributesOf(headers) }, path: path || 'OriginalPayload' };
}

const isOrder = (content: JsonRecord) => 'OrderId' in content;

const messageIdOf = (attributes: Attributes): string | undefined =>
  attributes['msg_id_pk'] ?? attributes['messageid'] ?? attributes['message-id'];

/** Scalars as text, under their names in lower case; what is empty is left out. */
function attributesOf(headers: unknown): Attributes {
  if (!isRecord(headers)) return {};
  const scalars = Object.entries(headers).filter(
    ([, value]) => value !== '' && ['string', 'number', 'boolean'].includes(typeof value),
  );
  return Object.fromEntries(scalars.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decode(bytes: Uint8Array, field: string): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw unreadable(field, 'utf8.expected');
  }
}

function parseJson(text: string, field: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw unreadable(field, 'json.expected');
  }
}

import type { Clock } from '@tandem/domain';
import type { MessageBody, MessageName } from './catalog.js';

declare const owner: unique symbol;
/** A UUID. Kept through every retry and replay, so that a repeat is recognised. */
export type MessageId = string & { readonly [owner]: 'message' };
export const messageId = (value: string) => value as MessageId;

/** What led to a message. All of it travels on, so that an effect can be walked back to its root. */
export interface Cause {
  readonly causeId?: MessageId | undefined;
  /** The archived foreign message at the root of it all (`message_archive.id`). */
  readonly archiveId?: string | undefined;
  /** W3C trace context, `00-<trace>-<span>-<flags>`. */
  readonly traceparent?: string | undefined;
}

interface Envelope<N extends MessageName> extends Cause {
  readonly id: MessageId;
  readonly name: N;
  /** The business key (an order's number, say). Messages of one key keep their order. */
  readonly key: string;
  readonly site: string;
  readonly body: MessageBody<N>;
  /** UTC, ISO 8601. */
  readonly occurredAt: string;
}

/** A message of ours as it travels, as JSON. A union over the catalog: the name tells the body. */
export type Message<N extends MessageName = MessageName> = { readonly [K in N]: Envelope<K> }[N];

/** What a message tells the ones that it leads to. */
export const causedBy = (message: Message): Cause => ({
  causeId: message.id,
  archiveId: message.archiveId,
  traceparent: message.traceparent,
});

export interface MessageParts<N extends MessageName> {
  readonly key: string;
  readonly site: string;
  readonly body: MessageBody<N>;
  readonly cause?: Cause;
}

/** Writes new messages: gives each its id and its time. */
export class MessageWriter {
  /** @param newId yields a fresh UUID at each call. */
  constructor(
    private readonly clock: Clock,
    private readonly newId: () => string,
  ) {}

  write<N extends MessageName>(name: N, { cause, ...parts }: MessageParts<N>): Envelope<N> {
    return { id: messageId(this.newId()), name, ...parts, occurredAt: this.clock.now().toISOString(), ...cause };
  }
}

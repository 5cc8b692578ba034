import type { OutboundMessage } from './message.js';

/** Where messages go. `deliver` resolves when the receiver has acknowledged, and rejects when it has not. */
export interface Target {
  deliver(message: OutboundMessage): Promise<void>;
  close(): Promise<void>;
}

export interface HttpTargetSettings {
  url: string;
  bearer?: string;
  hmacSecret?: string;
  shape: 'wrapped' | 'bare' | 'pubsub-push';
}

export interface AmqpTargetSettings {
  url: string;
  queue: string;
  shape: 'bare' | 'wrapped';
}

export interface PubsubTargetSettings {
  /** `projects/…/topics/…` of the order messages. */
  topic: string;
  /** Of the messages about stock. */
  availabilityTopic: string;
  /** Whether messages carry the id of their order as ordering key. */
  orderingKeys: boolean;
  shape: 'bare' | 'wrapped';
}

/** The document of a message: the order itself, or headers and order side by side (§7.2). */
export function wrap({ attributes, payload }: OutboundMessage) {
  return { OriginalHeaders: attributes, OriginalPayload: payload };
}

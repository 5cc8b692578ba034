/**
 * The part of `google.pubsub.v1` that the twin reads and writes, as the loaded protos give it: camel case, every field
 * present with its default, 64-bit integers as numbers, durations and times as seconds and nanoseconds.
 */
export interface Seconds {
  seconds: number;
  nanos: number;
}

export interface PubsubMessage {
  data: Buffer;
  attributes: Record<string, string>;
  /** Set by the server. */
  messageId: string;
  publishTime: Seconds;
  orderingKey: string;
}

export interface Topic {
  name: string;
}

export interface Subscription {
  name: string;
  topic: string;
  /** 10 … 600; 0 asks for the default of 10. */
  ackDeadlineSeconds: number;
  filter: string;
  enableExactlyOnceDelivery: boolean;
  deadLetterPolicy: { deadLetterTopic: string; maxDeliveryAttempts: number } | null;
  retryPolicy: { minimumBackoff: Seconds | null; maximumBackoff: Seconds | null } | null;
}

export interface ReceivedMessage {
  ackId: string;
  message: PubsubMessage;
  /** 0 unless the subscription has a dead-letter policy. */
  deliveryAttempt: number;
}

export interface StreamingPullRequest {
  /** In the first request of a stream only. */
  subscription: string;
  ackIds: string[];
  modifyDeadlineSeconds: number[];
  modifyDeadlineAckIds: string[];
  streamAckDeadlineSeconds: number;
  /** 0 is no limit. */
  maxOutstandingMessages: number;
  maxOutstandingBytes: number;
}

export interface ListRequest {
  project: string;
  pageSize: number;
  pageToken: string;
}

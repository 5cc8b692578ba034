import type { handleUnaryCall, ServerDuplexStream, ServerErrorResponse, ServerUnaryCall } from '@grpc/grpc-js';
import { checkDeadline, type Broker } from './broker.js';
import { invalidArgument } from './rpc-refusal.js';
import type {
  ListRequest,
  PubsubMessage,
  ReceivedMessage,
  StreamingPullRequest,
  Subscription,
  Topic,
} from './rpc-shapes.js';
import { streamingPull } from './streaming-pull.js';
import type { Consumer } from './subscription-queue.js';

/** How long a pull waits for a first message before it answers that there is none. */
const PULL_WAIT_MS = 1_000;

type Call<Request> = ServerUnaryCall<Request, unknown>;

/** A call that answers at once. */
function unary<Request, Answer>(answer: (request: Request) => Answer): handleUnaryCall<Request, Answer> {
  return ({ request }, callback) => {
    try {
      callback(null, answer(request));
    } catch (error) {
      callback(statusOf(error));
    }
  };
}

/** A refusal is the caller's fault; everything else is ours and stays an internal error. */
function statusOf(error: unknown): ServerErrorResponse | Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** `google.pubsub.v1.Publisher`; calls that are not here are answered UNIMPLEMENTED. */
export function publisherCalls(broker: Broker) {
  return {
    createTopic: unary((topic: Topic) => broker.createTopic(topic)),
    getTopic: unary(({ topic }: { topic: string }) => broker.topic(topic)),
    listTopics: unary((request: ListRequest) => {
      const { rows, nextPageToken } = pageOf(broker.topicsOf(request.project), request);
      return { topics: rows, nextPageToken };
    }),
    deleteTopic: unary(({ topic }: { topic: string }) => {
      broker.deleteTopic(topic);
      return {};
    }),
    publish: unary(({ topic, messages }: { topic: string; messages: PubsubMessage[] }) => ({
      messageIds: broker.publish(topic, messages),
    })),
  };
}

/** `google.pubsub.v1.Subscriber`; calls that are not here are answered UNIMPLEMENTED. */
export function subscriberCalls(broker: Broker) {
  const named = ({ subscription }: { subscription: string }) => broker.subscription(subscription);
  return {
    createSubscription: unary((subscription: Subscription) => broker.createSubscription(subscription)),
    getSubscription: unary((request: { subscription: string }) => named(request).settings),
    listSubscriptions: unary((request: ListRequest) => {
      const { rows, nextPageToken } = pageOf(broker.subscriptionsOf(request.project), request);
      return { subscriptions: rows, nextPageToken };
    }),
    deleteSubscription: unary(({ subscription }: { subscription: string }) => {
      broker.deleteSubscription(subscription);
      return {};
    }),
    acknowledge: unary((request: { subscription: string; ackIds: string[] }) => {
      named(request).queue.acknowledge(request.ackIds);
      return {};
    }),
    modifyAckDeadline: unary((request: { subscription: string; ackIds: string[]; ackDeadlineSeconds: number }) => {
      const { ackIds, ackDeadlineSeconds } = request;
      if (ackDeadlineSeconds !== 0) checkDeadline(ackDeadlineSeconds);
      for (const ackId of ackIds) named(request).queue.modifyDeadline(ackId, ackDeadlineSeconds);
      return {};
    }),
    pull: pull(broker),
    streamingPull: (call: ServerDuplexStream<StreamingPullRequest, object>) => streamingPull(broker, call),
  };
}

interface PullRequest {
  subscription: string;
  maxMessages: number;
  returnImmediately: boolean;
}

function pull(broker: Broker): handleUnaryCall<PullRequest, { receivedMessages: ReceivedMessage[] }> {
  return (call, callback) => {
    try {
      const { settings, queue } = broker.subscription(call.request.subscription);
      if (call.request.maxMessages <= 0) throw invalidArgument('max_messages must be positive.');
      const answer = (receivedMessages: ReceivedMessage[]) => {
        clearTimeout(timer);
        queue.detach(consumer);
        callback(null, { receivedMessages });
      };
      const consumer: Consumer = {
        ackDeadlineSeconds: settings.ackDeadlineSeconds,
        maxMessages: call.request.maxMessages,
        maxBytes: 0,
        deliver: answer,
        end: (because) => {
          clearTimeout(timer);
          callback(because);
        },
      };
      const timer = setTimeout(() => answer([]), call.request.returnImmediately ? 0 : PULL_WAIT_MS);
      abandoned(call, () => {
        clearTimeout(timer);
        queue.detach(consumer);
      });
      queue.attach(consumer);
    } catch (error) {
      callback(statusOf(error));
    }
  };
}

function abandoned<Request>(call: Call<Request>, then: () => void): void {
  call.on('cancelled', then);
}

/** A page token is the index of its first row. @throws RpcRefusal */
function pageOf<Row>(all: Row[], { pageSize, pageToken }: ListRequest): { rows: Row[]; nextPageToken: string } {
  const start = Number(pageToken || 0);
  if (!Number.isInteger(start) || start < 0) throw invalidArgument(`Invalid page token (token=${pageToken}).`);
  const end = start + (pageSize || 100);
  return { rows: all.slice(start, end), nextPageToken: end < all.length ? String(end) : '' };
}

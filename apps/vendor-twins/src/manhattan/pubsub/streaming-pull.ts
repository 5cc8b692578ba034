import type { ServerDuplexStream } from '@grpc/grpc-js';
import { checkDeadline, type Broker } from './broker.js';
import { invalidArgument } from './rpc-refusal.js';
import type { StreamingPullRequest } from './rpc-shapes.js';
import type { Consumer, SubscriptionQueue } from './subscription-queue.js';

interface OpenPull {
  queue: SubscriptionQueue;
  consumer: Consumer;
}

/** One `StreamingPull`: the first request names the subscription and its flow control, later ones acknowledge and keep it alive. */
export function streamingPull(broker: Broker, call: ServerDuplexStream<StreamingPullRequest, object>): void {
  let open: OpenPull | undefined;
  const leave = () => {
    if (open) open.queue.detach(open.consumer);
    open = undefined;
  };
  call.on('data', (request: StreamingPullRequest) => {
    try {
      if (open) goOn(open, request);
      else {
        open = begin(broker, call, request);
        settle(open.queue, request);
        open.queue.attach(open.consumer);
      }
    } catch (error) {
      leave();
      call.emit('error', error);
    }
  });
  call.on('end', () => {
    leave();
    call.end();
  });
  for (const ending of ['cancelled', 'close', 'error']) call.on(ending, leave);
}

function begin(
  broker: Broker,
  call: ServerDuplexStream<StreamingPullRequest, object>,
  request: StreamingPullRequest,
): OpenPull {
  const { queue } = broker.subscription(request.subscription);
  checkDeadline(request.streamAckDeadlineSeconds);
  const consumer: Consumer = {
    ackDeadlineSeconds: request.streamAckDeadlineSeconds,
    maxMessages: request.maxOutstandingMessages,
    maxBytes: request.maxOutstandingBytes,
    deliver: (receivedMessages) => void call.write({ receivedMessages }),
    end: (because) => void call.emit('error', because),
  };
  return { queue, consumer };
}

/** @throws RpcRefusal for what only the first request may carry */
function goOn({ queue, consumer }: OpenPull, request: StreamingPullRequest): void {
  const { subscription, maxOutstandingMessages, maxOutstandingBytes, streamAckDeadlineSeconds } = request;
  if (subscription !== '' || maxOutstandingMessages !== 0 || maxOutstandingBytes !== 0)
    throw invalidArgument('The subscription and its flow control are set in the first request of a stream only.');
  if (streamAckDeadlineSeconds !== 0) {
    checkDeadline(streamAckDeadlineSeconds);
    consumer.ackDeadlineSeconds = streamAckDeadlineSeconds;
  }
  settle(queue, request);
}

function settle(queue: SubscriptionQueue, request: StreamingPullRequest): void {
  const { ackIds, modifyDeadlineAckIds, modifyDeadlineSeconds } = request;
  if (modifyDeadlineAckIds.length !== modifyDeadlineSeconds.length)
    throw invalidArgument('modify_deadline_ack_ids and modify_deadline_seconds must be of one length.');
  if (modifyDeadlineSeconds.some((seconds) => seconds < 0)) throw invalidArgument('A deadline must not be negative.');
  queue.acknowledge(ackIds);
  modifyDeadlineAckIds.forEach((ackId, index) => queue.modifyDeadline(ackId, modifyDeadlineSeconds[index] ?? 0));
}

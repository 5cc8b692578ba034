import type { VirtualClock } from '../wire/virtual-clock.js';
import { alreadyExists, invalidArgument, notFound, unavailable, unimplemented } from './rpc-refusal.js';
import type { PubsubMessage, Seconds, Subscription, Topic } from './rpc-shapes.js';
import { SubscriptionQueue, type Redelivery } from './subscription-queue.js';

interface Subscribed {
  settings: Subscription;
  queue: SubscriptionQueue;
}

const TOPIC_NAME = /^projects\/[^/]+\/topics\/[A-Za-z][\w.~+%-]{2,254}$/;
const SUBSCRIPTION_NAME = /^projects\/[^/]+\/subscriptions\/[A-Za-z][\w.~+%-]{2,254}$/;
/** What a subscription names whose topic was deleted. */
const DELETED_TOPIC = '_deleted-topic_';

/** Topics and subscriptions, as in Google Pub/Sub. @throws RpcRefusal where the service would refuse */
export class Broker {
  private readonly topics = new Map<string, Topic>();
  private readonly subscriptions = new Map<string, Subscribed>();
  private lastMessageId = 1_000_000_000;

  constructor(private readonly clock: VirtualClock) {}

  createTopic(topic: Topic): Topic {
    if (!isTopicName(topic.name)) throw invalidArgument(`Invalid resource name given (name=${topic.name}).`);
    if (this.topics.has(topic.name)) throw alreadyExists(topic.name);
    this.topics.set(topic.name, topic);
    return topic;
  }

  ensureTopic(name: string): void {
    if (!this.topics.has(name)) this.createTopic({ name });
  }

  topic(name: string): Topic {
    const topic = this.topics.get(name);
    if (!topic) throw notFound(name);
    return topic;
  }

  topicsOf(project: string): Topic[] {
    return [...this.topics.values()].filter(({ name }) => name.startsWith(`${project}/topics/`));
  }

  /** Its subscriptions stay, with what they have not delivered. */
  deleteTopic(name: string): void {
    this.topic(name);
    this.topics.delete(name);
    for (const { settings } of this.subscriptions.values()) if (settings.topic === name) settings.topic = DELETED_TOPIC;
  }

  /** Gives every subscription that the topic has now a copy each; answers the message ids. */
  publish(topicName: string, messages: Pick<PubsubMessage, 'data' | 'attributes' | 'orderingKey'>[]): string[] {
    this.topic(topicName);
    if (messages.length === 0) throw invalidArgument('The request contains no messages.');
    const queues = [...this.subscriptions.values()].filter(({ settings }) => settings.topic === topicName);
    return messages.map(({ data, attributes, orderingKey }) => {
      if (data.length === 0 && Object.keys(attributes).length === 0)
        throw invalidArgument('One or more messages in the publish request is empty.');
      this.lastMessageId += 1;
      const messageId = String(this.lastMessageId);
      const message = { data, attributes, orderingKey, messageId, publishTime: timeOf(this.clock.now()) };
      for (const { queue } of queues) queue.offer(message);
      return messageId;
    });
  }

  createSubscription(wanted: Subscription): Subscription {
    const settings = { ...wanted, ackDeadlineSeconds: wanted.ackDeadlineSeconds || 10 };
    if (!SUBSCRIPTION_NAME.test(settings.name))
      throw invalidArgument(`Invalid resource name given (name=${settings.name}).`);
    if (this.subscriptions.has(settings.name)) throw alreadyExists(settings.name);
    this.topic(settings.topic);
    checkDeadline(settings.ackDeadlineSeconds);
    if (settings.filter !== '') throw unimplemented('This stand-in does not filter messages.');
    if (settings.enableExactlyOnceDelivery) throw unimplemented('This stand-in delivers at least once only.');
    const queue = new SubscriptionQueue(this.clock, this.redeliveryOf(settings));
    this.subscriptions.set(settings.name, { settings, queue });
    return settings;
  }

  subscription(name: string): Subscribed {
    const subscribed = this.subscriptions.get(name);
    if (!subscribed) throw notFound(name);
    return subscribed;
  }

  subscriptionsOf(project: string): Subscription[] {
    const all = [...this.subscriptions.values()].map(({ settings }) => settings);
    return all.filter(({ name }) => name.startsWith(`${project}/subscriptions/`));
  }

  deleteSubscription(name: string): void {
    const { queue } = this.subscription(name);
    this.subscriptions.delete(name);
    queue.purge();
    queue.dismiss(notFound(name));
  }

  /** Forgets every message, and leaves topics, subscriptions and their consumers. */
  purge(): void {
    for (const { queue } of this.subscriptions.values()) queue.purge();
  }

  /** Breaks every stream, as the service does from time to time; messages and leases stay. */
  cut(): void {
    for (const { queue } of this.subscriptions.values()) queue.dismiss(unavailable());
  }

  report() {
    const subscriptions = [...this.subscriptions.values()].map(({ settings, queue }) => ({
      name: settings.name,
      topic: settings.topic,
      ...queue.counters,
    }));
    return { topics: [...this.topics.keys()], subscriptions };
  }

  private redeliveryOf({ name, deadLetterPolicy, retryPolicy }: Subscription): Redelivery {
    const minimum = retryPolicy ? milliseconds(retryPolicy.minimumBackoff, 10) : 0;
    const maximum = retryPolicy ? milliseconds(retryPolicy.maximumBackoff, 600) : 0;
    return {
      backoffMs: (deliveries) => Math.min(maximum, minimum * 2 ** (deliveries - 1)),
      maxDeliveries: deadLetterPolicy ? deadLetterPolicy.maxDeliveryAttempts || 5 : Number.POSITIVE_INFINITY,
      bury: (message, deliveries) => {
        const topic = deadLetterPolicy?.deadLetterTopic ?? '';
        // The service keeps trying when the dead-letter topic is missing; here the message is lost, as without subscribers.
        if (this.topics.has(topic)) this.publish(topic, [buried(message, name, deliveries)]);
      },
    };
  }
}

export function isTopicName(name: string): boolean {
  return TOPIC_NAME.test(name);
}

/** @throws RpcRefusal outside of 10 … 600 seconds */
export function checkDeadline(seconds: number): void {
  if (seconds < 10 || seconds > 600)
    throw invalidArgument(`Invalid ack deadline given (deadline=${seconds}); it must be between 10 and 600 seconds.`);
}

/** What a dead-lettered message tells about its past. */
function buried(message: PubsubMessage, subscription: string, deliveries: number) {
  const [, project = '', , short = ''] = subscription.split('/');
  const attributes = {
    ...message.attributes,
    CloudPubSubDeadLetterSourceSubscription: short,
    CloudPubSubDeadLetterSourceSubscriptionProject: project,
    CloudPubSubDeadLetterSourceDeliveryCount: String(deliveries),
    CloudPubSubDeadLetterSourceTopicPublishTime: new Date(message.publishTime.seconds * 1_000).toISOString(),
  };
  return { data: message.data, attributes, orderingKey: message.orderingKey };
}

function timeOf(epochMs: number): Seconds {
  return { seconds: Math.floor(epochMs / 1_000), nanos: (epochMs % 1_000) * 1_000_000 };
}

function milliseconds(duration: Seconds | null, otherwiseSeconds: number): number {
  return duration ? duration.seconds * 1_000 + duration.nanos / 1_000_000 : otherwiseSeconds * 1_000;
}

import type { Channel, ConsumeMessage, SocketOptions } from 'amqplib';
import { laneName, lanesOf, queueNamed, topology, type LaneQueue } from '../../topology.js';
import {
  MessageBus,
  type ConsumeOptions,
  type Delivery,
  type RawDelivery,
  type RoutedMessage,
  type Subscription,
} from '../message-bus.js';
import { within } from '../within.js';
import { answerWithinMs, RabbitConnection } from './rabbit-connection.js';
import { RabbitPublisher, type Sending } from './rabbit-publisher.js';
import { declareExternal, declareLane } from './rabbit-queues.js';
import { RabbitReader, type RabbitReaderOptions } from './rabbit-reader.js';

export interface RabbitMessageBusOptions {
  readonly url: string;
  /** Stands before the name of every queue of ours, so that several installations share one virtual host. */
  readonly prefix?: string;
  readonly queues?: readonly LaneQueue[];
  readonly socket?: SocketOptions;
  readonly window?: number;
  readonly confirmWithinMs?: number;
  readonly onFailure: (error: unknown) => void;
}

const attemptsHeader = 'x-tandem-attempts';
const positionHeader = 'x-tandem-position';

/** The message bus on RabbitMQ 3.10 and later: quorum queues, confirms, no plugin. */
export class RabbitMessageBus extends MessageBus {
  /** Two, since a broker that is short of memory stops the connections that send, and ours must still take and acknowledge. */
  private readonly sending: RabbitConnection;
  private readonly taking: RabbitConnection;
  private readonly publisher: RabbitPublisher;
  private readonly readers = new Set<RabbitReader>();
  private readonly queues: readonly LaneQueue[];
  private readonly prefix: string;

  constructor(private readonly options: RabbitMessageBusOptions) {
    super();
    const {
      url,
      prefix = '',
      queues = topology,
      socket = {},
      window = 1_000,
      confirmWithinMs = 10_000,
      onFailure,
    } = options;
    this.queues = queues;
    this.prefix = prefix;
    this.sending = new RabbitConnection({
      url,
      name: `${prefix}tandem-sending`,
      socket,
      onFailure,
      onConnect: () => undefined,
    });
    const onConnect = () => this.readers.forEach((reader) => reader.wake());
    this.taking = new RabbitConnection({ url, name: `${prefix}tandem-taking`, socket, onFailure, onConnect });
    const declare = (channel: Channel) => this.declareLanes(channel);
    this.publisher = new RabbitPublisher({ connection: this.sending, declare, window, confirmWithinMs });
  }

  override async start(): Promise<void> {
    await this.sending.open();
    await this.taking.open();
    await this.publisher.ready();
  }

  override async publish(messages: readonly RoutedMessage[]): Promise<void> {
    await this.publisher.send(messages.map((message) => this.sendingOf(message)));
  }

  override async consume(
    queue: string,
    { batchSize }: ConsumeOptions,
    handler: (batch: readonly Delivery[]) => Promise<void>,
  ) {
    const readers = lanesOf(queueNamed(queue, this.queues)).map((name, lane) => {
      const physical = this.prefix + name;
      const take = (batch: readonly ConsumeMessage[]) =>
        handler(batch.map((message) => deliveryOf(message, queue, lane)));
      return this.reader({
        queue: physical,
        batchSize,
        together: 1,
        declare: (channel) => declareLane(channel, physical),
        handler: take,
      });
    });
    return this.subscribe(readers);
  }

  override async consumeExternal(
    queue: string,
    { batchSize }: ConsumeOptions,
    handler: (batch: readonly RawDelivery[]) => Promise<void>,
  ) {
    const declare = () => declareExternal(this.taking, queue);
    const take = (batch: readonly ConsumeMessage[]) => handler(batch.map(rawDeliveryOf));
    // No order is promised: while the database commits one batch, the next is read and written.
    return this.subscribe([this.reader({ queue, batchSize, together: 2, declare, handler: take })]);
  }

  override async depths() {
    const channel = await this.taking.channel();
    const asked = this.queues.flatMap(lanesOf).map(async (queue) => {
      const { messageCount } = await within(answerWithinMs, channel.checkQueue(this.prefix + queue));
      return { queue, messages: messageCount };
    });
    const depths = await Promise.all(asked);
    await channel.close();
    return depths;
  }

  override async healthy() {
    const { blocked } = this.sending;
    if (blocked !== undefined)
      return { up: false, detail: `The message broker takes nothing at the moment: ${blocked}.` };
    return this.sending.connected && this.taking.connected
      ? { up: true, detail: 'The message broker is connected.' }
      : { up: false, detail: 'The connection to the message broker is lost and is being made anew.' };
  }

  override async close({ graceMs }: { readonly graceMs: number }): Promise<void> {
    await within(graceMs, Promise.all([...this.readers].map((reader) => reader.close()))).catch(this.options.onFailure);
    await Promise.all([this.taking.close(), this.sending.close()]);
  }

  private reader(
    own: Pick<RabbitReaderOptions, 'queue' | 'batchSize' | 'together' | 'declare' | 'handler'>,
  ): RabbitReader {
    return new RabbitReader({ connection: this.taking, onFailure: this.options.onFailure, ...own });
  }

  private subscribe(readers: readonly RabbitReader[]): Subscription {
    for (const reader of readers) {
      this.readers.add(reader);
      reader.start();
    }
    const close = async () => {
      await Promise.all(readers.map((reader) => reader.close()));
      for (const reader of readers) this.readers.delete(reader);
    };
    return { close };
  }

  private async declareLanes(channel: Channel): Promise<void> {
    for (const lane of this.queues.flatMap(lanesOf)) await declareLane(channel, this.prefix + lane);
  }

  private sendingOf({ queue, lane, messageId, name, attempts, position, body }: RoutedMessage): Sending {
    return {
      queue: this.prefix + laneName(queue, lane),
      body: Buffer.from(body),
      properties: {
        messageId,
        type: name,
        contentType: 'application/json',
        persistent: true,
        mandatory: true,
        headers: { [attemptsHeader]: attempts, [positionHeader]: position },
      },
    };
  }
}

function deliveryOf({ content, properties }: ConsumeMessage, queue: string, lane: number): Delivery {
  const attempts: unknown = properties.headers?.[attemptsHeader];
  return {
    queue,
    lane,
    messageId: textOf(properties.messageId),
    attempts: typeof attempts === 'number' ? attempts : 0,
    position: placeOf(properties.headers?.[positionHeader]),
    body: content,
  };
}

const rawDeliveryOf = ({ content, properties }: ConsumeMessage): RawDelivery => ({
  headers: properties.headers ?? {},
  body: content,
  contentType: textOf(properties.contentType),
  messageId: textOf(properties.messageId),
});

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** A place in the outbox; a header that lies about it is as good as none. */
const placeOf = (value: unknown) => {
  const text = textOf(value);
  return text !== undefined && /^\d{1,18}$/.test(text) ? text : undefined;
};

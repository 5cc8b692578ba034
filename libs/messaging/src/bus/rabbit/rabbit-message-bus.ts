import { PermanentFault } from '@tandem/domain';
import type { ConsumeMessage } from 'amqplib';
import { laneName, lanesOf, queueNamed, topology, withLanes, type LaneQueue } from '../../topology.js';
import {
  MessageBus,
  type ConsumeOptions,
  type Delivery,
  type RawDelivery,
  type RoutedMessage,
  type Subscription,
} from '../message-bus.js';
import { within } from '../within.js';
import { brokerTopology, type BrokerTopology, type TopologyMode } from './broker-topology.js';
import { answered, discard, RabbitConnection, type BrokerAccess } from './rabbit-connection.js';
import { RabbitPublisher, type Sending } from './rabbit-publisher.js';
import { declareExternal, declareLane, declareTopology, deleteLane } from './rabbit-queues.js';
import { RabbitReader, type RabbitReaderOptions } from './rabbit-reader.js';
import { Turns } from '../../turns.js';
import { probeType, verifyTopology } from './verify-topology.js';

export interface RabbitMessageBusOptions extends BrokerAccess {
  /** Stands before the name of every queue of ours, so that several installations share one virtual host. */
  readonly prefix?: string;
  readonly queues?: readonly LaneQueue[];
  /** By default what we need is made where it is missing. */
  readonly topology?: TopologyMode;
  /** Queues of somebody else's that will be taken from. */
  readonly external?: readonly string[];
  /** Those of them that are never made: they are there, or we do not start. */
  readonly adopted?: readonly string[];
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
  private readonly turns = new Turns();
  private queues: readonly LaneQueue[];
  private readonly prefix: string;
  private readonly topology: BrokerTopology;
  private readonly mode: TopologyMode;

  constructor(private readonly options: RabbitMessageBusOptions) {
    super();
    const {
      prefix = '',
      queues = topology,
      topology: mode = 'assert',
      external = [],
      adopted = [],
      window = 1_000,
      confirmWithinMs = 10_000,
      onFailure,
    } = options;
    this.queues = queues;
    this.prefix = prefix;
    this.topology = brokerTopology({ prefix, queues, external, adopted });
    this.mode = mode;
    const { url, tls, login } = options;
    const connection = (purpose: string, onConnect: () => void) =>
      new RabbitConnection({ url, tls, login, name: `${prefix}tandem-${purpose}`, onFailure, onConnect });
    this.sending = connection('sending', () => undefined);
    this.taking = connection('taking', () => this.readers.forEach((reader) => reader.wake()));
    const declare = () => (mode === 'assert' ? this.makeSure() : Promise.resolve());
    this.publisher = new RabbitPublisher({ connection: this.sending, declare, window, confirmWithinMs });
  }

  override async start(): Promise<void> {
    await this.sending.open();
    await this.taking.open();
    if (this.mode === 'verify') await this.makeSure();
    await this.publisher.ready();
  }

  override async publish(messages: readonly RoutedMessage[]): Promise<void> {
    await this.publisher.send(messages.map((message) => this.sendingOf(message)));
  }

  override async consume(
    queue: string,
    { batchSize, lanes }: ConsumeOptions,
    handler: (batch: readonly Delivery[]) => Promise<void>,
  ) {
    if (lanes !== undefined) this.queues = withLanes(this.queues, queue, lanes);
    const readers = lanesOf(queueNamed(queue, this.queues)).map((name, lane) => {
      const physical = this.prefix + name;
      const take = async (batch: readonly ConsumeMessage[]) => {
        const ours = batch.filter(isNoProbe);
        if (ours.length > 0) await handler(ours.map((message) => deliveryOf(message, queue, lane)));
      };
      return this.reader({
        queue: physical,
        batchSize,
        together: 1,
        declare: async (channel) => {
          if (this.mode === 'assert') await declareLane(channel, this.topology, physical);
        },
        // The outbox keeps what is not settled, so that a lane may be lost.
        mend: this.mode === 'assert' ? (channel) => deleteLane(channel, physical) : undefined,
        handler: take,
      });
    });
    return this.subscribe(queue, readers);
  }

  override async consumeExternal(
    queue: string,
    { batchSize }: ConsumeOptions,
    handler: (batch: readonly RawDelivery[]) => Promise<void>,
  ) {
    const declare = async () => {
      if (this.mode === 'assert' && this.topology.external.includes(queue)) await declareExternal(this.taking, queue);
    };
    const take = (batch: readonly ConsumeMessage[]) => handler(batch.map(rawDeliveryOf));
    // No order is promised: while the database commits one batch, the next is read and written.
    return this.subscribe(queue, [
      this.reader({ queue, batchSize, together: 2, declare, mend: undefined, handler: take }),
    ]);
  }

  override async depths() {
    const channel = await this.taking.channel();
    try {
      const asked = this.queues.flatMap(lanesOf).map(async (queue) => {
        const { messageCount } = await answered(`a look at ${queue}`, channel.checkQueue(this.prefix + queue));
        return { queue, messages: messageCount };
      });
      return await Promise.all(asked);
    } finally {
      discard(channel);
    }
  }

  override async healthy() {
    const { blocked } = this.sending;
    if (blocked !== undefined)
      return { up: false, detail: `The message broker takes nothing at the moment: ${blocked}.` };
    if (this.sending.connected && this.taking.connected)
      return { up: true, detail: 'The message broker is connected.' };
    const why = this.sending.lostFor ?? this.taking.lostFor;
    const detail = 'The connection to the message broker is lost and is being made anew.';
    return { up: false, detail: why === undefined ? detail : `${detail} ${why}` };
  }

  override async close({ graceMs }: { readonly graceMs: number }): Promise<void> {
    const ended = Promise.all([...this.readers].map((reader) => reader.close()));
    await within(graceMs, 'Ending what is in hand', ended).catch(this.options.onFailure);
    await Promise.all([this.taking.close(), this.sending.close()]);
  }

  private reader(own: Omit<RabbitReaderOptions, 'connection' | 'onFailure' | 'turns'>): RabbitReader {
    return new RabbitReader({ connection: this.taking, onFailure: this.options.onFailure, turns: this.turns, ...own });
  }

  private subscribe(queue: string, readers: readonly RabbitReader[]): Subscription {
    for (const reader of readers) {
      this.readers.add(reader);
      reader.start();
    }
    const giveUp = async (some: readonly RabbitReader[]) => {
      await Promise.all(some.map((reader) => reader.close()));
      for (const reader of some) this.readers.delete(reader);
    };
    const narrow = async (lanes: number) => {
      this.queues = withLanes(this.queues, queue, lanes);
      await giveUp(readers.slice(lanes));
    };
    return { close: () => giveUp(readers), narrow };
  }

  /** Makes what we need, or looks for it. */
  private async makeSure(): Promise<void> {
    if (this.mode === 'none') return;
    const complaints =
      this.mode === 'assert'
        ? await declareTopology(this.sending, this.topology)
        : await verifyTopology(this.sending, this.topology);
    if (complaints.length > 0) throw topologyFault(complaints);
  }

  private sendingOf({ queue, lane, messageId, name, attempts, position, body }: RoutedMessage): Sending {
    return {
      exchange: this.topology.exchange,
      key: this.prefix + laneName(queue, lane),
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

const topologyFault = (complaints: readonly string[]) =>
  new PermanentFault(
    'bus.topology',
    `The message broker is not as we need it:\n- ${complaints.join('\n- ')}\n` +
      '`npm run topology` prints what the team of the broker has to run; then start again.',
  );

const isNoProbe = ({ properties }: ConsumeMessage) => properties.type !== probeType;

function deliveryOf({ content, properties }: ConsumeMessage, queue: string, lane: number): Delivery {
  return {
    queue,
    lane,
    messageId: textOf(properties.messageId),
    name: textOf(properties.type),
    contentType: textOf(properties.contentType),
    attempts: attemptsOf(properties.headers?.[attemptsHeader]),
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

/** More than any message of ours comes to: a header that lies about it would not even fit into the database. */
const mostAttempts = 1_000_000;

const attemptsOf = (value: unknown) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= mostAttempts ? value : 0;

/** A place in the outbox; a header that lies about it is as good as none. */
const placeOf = (value: unknown) => {
  const text = textOf(value);
  return text !== undefined && /^\d{1,18}$/.test(text) ? text : undefined;
};

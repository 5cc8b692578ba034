import { TransientFault } from '@tandem/domain';
import { connect, type Channel, type ConfirmChannel, type RecoveringChannelModel, type SocketOptions } from 'amqplib';
import { within } from '../within.js';

export interface RabbitConnectionOptions {
  readonly url: string;
  /** Shown by the broker to its operators. */
  readonly name: string;
  readonly socket?: SocketOptions;
  readonly onFailure: (error: unknown) => void;
  readonly onConnect: () => void;
}

/** A call to the broker that is not answered within this many milliseconds never will be. */
export const answerWithinMs = 10_000;

/** A connection that dies while it is being closed never says so: longer than this is not waited for the broker's farewell. */
const farewellWithinMs = 2_000;

/** Seconds. A silent network is noticed after two of them. */
const heartbeat = '5';

/** Grows to two seconds and no further: while we are not connected, orders wait. */
const reconnectDelayMs = (attempt: number) => Math.min(2_000, 100 * 2 ** Math.min(attempt - 1, 10));

/** One connection that comes back by itself. Channels do not: whoever opened one opens it anew after `onConnect`. */
export class RabbitConnection {
  private model: RecoveringChannelModel | undefined;
  private isConnected = false;
  private blockedFor: string | undefined;

  constructor(private readonly options: RabbitConnectionOptions) {}

  get connected(): boolean {
    return this.isConnected;
  }

  /** Why the broker takes no messages at the moment (an alarm of memory or disk), in its own words. */
  get blocked(): string | undefined {
    return this.blockedFor;
  }

  /** Resolves when connected; a first attempt that fails is a TransientFault, later ones are repeated for ever. */
  async open(): Promise<void> {
    const url = new URL(this.options.url);
    if (!url.searchParams.has('heartbeat')) url.searchParams.set('heartbeat', heartbeat);
    const model = await connect(url.href, {
      noDelay: true,
      keepAlive: true,
      timeout: answerWithinMs,
      clientProperties: { connection_name: this.options.name },
      ...this.options.socket,
      recovery: { waitForConnect: false, initialMaxRetries: 0, calculateDelay: reconnectDelayMs },
    });
    this.watch(model);
    try {
      await model.waitForConnect();
    } catch (cause) {
      throw new TransientFault('bus.unavailable', 'The message broker could not be reached or refused us.', { cause });
    }
    this.model = model;
  }

  async channel(): Promise<Channel> {
    return this.silenced(await within(answerWithinMs, this.live().createChannel()));
  }

  async confirmChannel(): Promise<ConfirmChannel> {
    return this.silenced(await within(answerWithinMs, this.live().createConfirmChannel()));
  }

  /** A channel for questions: when the broker says no, which closes it, only the asker is told. */
  async quietChannel(onError: (error: Error) => void): Promise<ConfirmChannel> {
    const channel = await within(answerWithinMs, this.live().createConfirmChannel());
    channel.on('error', onError);
    return channel;
  }

  /** Never rejects: a connection that cannot be closed in order is given up. */
  async close(): Promise<void> {
    const closing = this.model?.close() ?? Promise.resolve();
    this.isConnected = false;
    await within(farewellWithinMs, closing).catch(this.options.onFailure);
  }

  private live(): RecoveringChannelModel {
    if (this.model === undefined || !this.isConnected) {
      throw new TransientFault(
        'bus.unavailable',
        'The message broker is not connected; the connection is being made anew.',
      );
    }
    return this.model;
  }

  /** Every emitter needs a listener for `error`, or it ends the process. The owner of the channel hears `close` in any case. */
  private silenced<C extends Channel>(channel: C): C {
    channel.on('error', this.options.onFailure);
    return channel;
  }

  private watch(model: RecoveringChannelModel): void {
    const { onFailure, onConnect } = this.options;
    model.on('error', onFailure);
    model.on('connect', () => {
      this.isConnected = true;
      onConnect();
    });
    model.on('disconnect', (error) => {
      this.isConnected = false;
      this.blockedFor = undefined;
      onFailure(error);
    });
    model.on('blocked', (reason) => (this.blockedFor = reason));
    model.on('unblocked', () => (this.blockedFor = undefined));
  }
}

/** Closes a channel that is of no more use. One that is closed already, or whose connection is gone, is all that is wanted. */
export function discard(channel: Channel): void {
  within(answerWithinMs, channel.close()).catch(() => undefined);
}

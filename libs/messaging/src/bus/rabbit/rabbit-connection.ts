import { SuspendingFault, TransientFault } from '@tandem/domain';
import {
  connect,
  credentials,
  type Channel,
  type ChannelModel,
  type ConfirmChannel,
  type SocketOptions,
} from 'amqplib';
import { within } from '../within.js';
import { whyNotConnected, type ConnectFailure } from './connect-failure.js';

/** Certificates that are trusted instead of the well-known ones, and our own with its key. All in PEM. */
export interface BrokerTls {
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  readonly passphrase?: string | undefined;
}

/** How a broker is reached, and what we show it. */
export interface BrokerAccess {
  /** `amqp:` or `amqps:`; where there are several, the next one is tried when one is down. */
  readonly url: string | readonly string[];
  readonly tls?: BrokerTls | undefined;
  /** `external`: the broker takes us for whom our certificate names. */
  readonly login?: 'password' | 'external' | undefined;
}

export interface RabbitConnectionOptions extends BrokerAccess {
  /** Shown by the broker to its operators. */
  readonly name: string;
  readonly onFailure: (error: unknown) => void;
  readonly onConnect: () => void;
}

/** A call to the broker that is not answered within this many milliseconds never will be. */
const answerWithinMs = 10_000;

/** What the broker is to answer: it does, or in time this rejects. */
export const answered = <T>(what: string, answer: Promise<T>): Promise<T> =>
  within(answerWithinMs, `The answer of the message broker to ${what}`, answer);

/** A connection that dies while it is being closed never says so: longer than this is not waited for the broker's farewell. */
const farewellWithinMs = 2_000;

/** Seconds. A silent network is noticed after two of them. */
const heartbeat = '5';

/** What the broker says of a failure of its own (AMQP 0-9-1). */
const internalError = 541;
export const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined);

/** Grows to two seconds and no further: while we are not connected, orders wait. */
const reconnectDelayMs = (attempt: number) => Math.min(2_000, 100 * 2 ** Math.min(attempt - 1, 10));

/** One connection that comes back by itself. Channels do not: whoever opened one opens it anew after `onConnect`. */
export class RabbitConnection {
  private readonly urls: readonly URL[];
  /** The one that is tried first. */
  private at = 0;
  private model: ChannelModel | undefined;
  private closed = false;
  private again: NodeJS.Timeout | undefined;
  private trouble: string | undefined;
  private blockedFor: string | undefined;
  private failedInside = false;

  constructor(private readonly options: RabbitConnectionOptions) {
    this.urls = [options.url].flat().map((url) => new URL(url));
  }

  get connected(): boolean {
    return this.model !== undefined;
  }

  /** Why the broker takes no messages at the moment (an alarm of memory or disk), in its own words. */
  get blocked(): string | undefined {
    return this.blockedFor;
  }

  /** Why there is no connection, where that is known. */
  get lostFor(): string | undefined {
    return this.trouble;
  }

  /** Whether the connection before this one was ended by a failure inside the broker: by what we had asked of it last. */
  get brokerFailed(): boolean {
    return this.failedInside;
  }

  /** Resolves when connected; a first attempt that fails is a fault, later ones are repeated for ever. */
  async open(): Promise<void> {
    await this.connectToAny();
  }

  async channel(): Promise<Channel> {
    return this.silenced(await answered('the opening of a channel', this.live().createChannel()));
  }

  async confirmChannel(): Promise<ConfirmChannel> {
    return this.silenced(await answered('the opening of a channel', this.live().createConfirmChannel()));
  }

  /** A channel for questions: when the broker says no, which closes it, only the asker is told. */
  async quietChannel(onError: (error: Error) => void): Promise<ConfirmChannel> {
    const channel = await answered('the opening of a channel', this.live().createConfirmChannel());
    channel.on('error', onError);
    return channel;
  }

  /** Never rejects: a connection that cannot be closed in order is given up. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.again);
    const { model } = this;
    this.model = undefined;
    if (model !== undefined)
      await within(farewellWithinMs, 'The farewell of the message broker', model.close()).catch(this.options.onFailure);
  }

  private live(): ChannelModel {
    if (this.model === undefined) {
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

  /** One round over all hosts, beginning with the one that answered last. */
  private async connectToAny(): Promise<void> {
    const failures: ConnectFailure[] = [];
    for (let tried = 0; tried < this.urls.length; tried++, this.at = (this.at + 1) % this.urls.length) {
      const url = this.urls[this.at];
      if (url === undefined) continue;
      try {
        return this.connectedTo(await connect(url.href, this.socketOptions(url)));
      } catch (error) {
        failures.push(whyNotConnected(error, url));
      }
    }
    throw faultFor(failures);
  }

  private connectedTo(model: ChannelModel): void {
    const { onFailure, onConnect } = this.options;
    model.on('error', onFailure);
    model.on('handler-error', onFailure);
    if (this.closed) {
      model.close().catch(onFailure);
      return;
    }
    model.on('close', (error) => this.lost(model, error));
    model.on('blocked', (reason) => (this.blockedFor = reason));
    model.on('unblocked', () => (this.blockedFor = undefined));
    this.model = model;
    this.trouble = undefined;
    onConnect();
  }

  private lost(model: ChannelModel, error: unknown): void {
    if (model !== this.model) return;
    this.model = undefined;
    this.blockedFor = undefined;
    this.failedInside = codeOf(error) === internalError;
    this.options.onFailure(error ?? new TransientFault('bus.unavailable', 'The message broker closed the connection.'));
    this.connectLater(1);
  }

  private connectLater(attempt: number): void {
    this.again = setTimeout(() => {
      this.connectToAny().catch((error: unknown) => {
        if (this.closed) return;
        this.tell(error);
        this.connectLater(attempt + 1);
      });
    }, reconnectDelayMs(attempt));
  }

  /** A broker that is down for an hour is reported once, and again when it is something else. */
  private tell(error: unknown): void {
    const sentence = error instanceof Error ? error.message : String(error);
    if (sentence !== this.trouble) this.options.onFailure(error);
    this.trouble = sentence;
  }

  private socketOptions(url: URL): SocketOptions {
    const { name, tls, login } = this.options;
    if (!url.searchParams.has('heartbeat')) url.searchParams.set('heartbeat', heartbeat);
    return {
      noDelay: true,
      keepAlive: true,
      timeout: answerWithinMs,
      clientProperties: { connection_name: name },
      ...(login === 'external' && { credentials: credentials.external() }),
      ...tls,
    };
  }
}

/** Where time alone may mend one of the hosts, the fault is transient. */
function faultFor(failures: readonly ConnectFailure[]): TransientFault | SuspendingFault {
  const sentence = failures.map((failure) => failure.sentence).join(' ');
  const details = { cause: failures.at(-1)?.cause };
  return failures.some(({ passes }) => passes)
    ? new TransientFault('bus.unavailable', sentence, details)
    : new SuspendingFault('bus.refuses-us', sentence, details);
}

/** Closes a channel that is of no more use. One that is closed already, or whose connection is gone, is all that is wanted. */
export function discard(channel: Channel): void {
  answered('the closing of a channel', channel.close()).catch(() => undefined);
}

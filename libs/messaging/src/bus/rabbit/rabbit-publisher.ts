import { TransientFault } from '@tandem/domain';
import type { ConfirmChannel, Options } from 'amqplib';
import { discard, type RabbitConnection } from './rabbit-connection.js';

export interface Sending {
  /** Physical name, with its prefix. */
  readonly queue: string;
  readonly body: Buffer;
  readonly properties: Options.Publish;
}

export interface RabbitPublisherOptions {
  readonly connection: RabbitConnection;
  /** Declares every queue that is sent to, on each new channel. */
  readonly declare: (channel: ConfirmChannel) => Promise<void>;
  /** Unconfirmed messages at a time. One by one would be twenty times slower. */
  readonly window: number;
  /** So long without any confirm, in milliseconds, and the sending has failed: confirms never come when the connection is gone. */
  readonly confirmWithinMs: number;
}

/** Unconfirmed bytes at a time, so that large bodies do not fill the memory. */
const windowBytes = 16 * 1024 * 1024;

type Fail = (fault: TransientFault) => void;

/** Sends to queues by name, with confirms, through a sliding window. */
export class RabbitPublisher {
  private opening: Promise<ConfirmChannel> | undefined;
  private readonly running = new Set<Fail>();

  constructor(private readonly options: RabbitPublisherOptions) {}

  /** Resolves when the broker has confirmed all. */
  async send(sendings: readonly Sending[]): Promise<void> {
    if (sendings.length === 0) return;
    const { blocked } = this.options.connection;
    if (blocked !== undefined)
      throw new TransientFault('bus.blocked', `The message broker takes nothing at the moment: ${blocked}.`);
    const channel = await this.ready();
    await this.stream(channel, sendings);
  }

  /** Opens the channel and declares the queues, if that is not done yet. */
  async ready(): Promise<ConfirmChannel> {
    this.opening ??= this.open();
    try {
      return await this.opening;
    } catch (cause) {
      this.opening = undefined;
      throw new TransientFault('bus.unavailable', 'The message broker is not ready to take messages.', { cause });
    }
  }

  private async open(): Promise<ConfirmChannel> {
    const channel = await this.options.connection.confirmChannel();
    channel.on('close', () =>
      this.lose(channel, 'bus.unconfirmed', 'The channel closed before everything was confirmed.'),
    );
    channel.on('return', ({ fields }) => {
      // Comes before the confirm. A new channel declares the queue anew, and the sender sends again.
      this.lose(channel, 'bus.queue-missing', `The queue ${fields.routingKey} does not exist.`);
    });
    await this.options.declare(channel);
    return channel;
  }

  private lose(channel: ConfirmChannel, code: string, sentence: string): void {
    this.opening = undefined;
    for (const fail of this.running) fail(new TransientFault(code, sentence));
    discard(channel);
  }

  private async stream(channel: ConfirmChannel, sendings: readonly Sending[]): Promise<void> {
    const { window, confirmWithinMs } = this.options;
    const { promise, resolve, reject } = Promise.withResolvers<true>();
    const late = () => this.lose(channel, 'bus.unconfirmed', `The broker confirmed nothing for ${confirmWithinMs} ms.`);
    const deadline = setTimeout(late, confirmWithinMs);
    let next = 0;
    let unconfirmed = 0;
    let unconfirmedBytes = 0;

    const confirmed = (bytes: number, refusal: unknown) => {
      if (refusal)
        return reject(new TransientFault('bus.refused', 'The broker refused a message.', { cause: refusal }));
      unconfirmed -= 1;
      unconfirmedBytes -= bytes;
      deadline.refresh();
      if (next === sendings.length && unconfirmed === 0) return resolve(true);
      return push();
    };
    const push = () => {
      for (; unconfirmed < window && unconfirmedBytes < windowBytes; next++) {
        const sending = sendings[next];
        if (sending === undefined) return;
        const { queue, body, properties } = sending;
        unconfirmed += 1;
        unconfirmedBytes += body.length;
        channel.sendToQueue(queue, body, properties, (refusal: unknown) => confirmed(body.length, refusal));
      }
    };

    this.running.add(reject);
    try {
      push();
      await promise;
    } finally {
      clearTimeout(deadline);
      this.running.delete(reject);
    }
  }
}

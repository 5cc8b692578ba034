import { faultOf, TransientFault } from '@tandem/domain';
import type { ConfirmChannel, Options } from 'amqplib';
import { notFound } from './inquiry.js';
import { codeOf, discard, type RabbitConnection } from './rabbit-connection.js';

export interface Sending {
  readonly exchange: string;
  readonly key: string;
  readonly body: Buffer;
  readonly properties: Options.Publish;
}

export interface RabbitPublisherOptions {
  readonly connection: RabbitConnection;
  /** Makes sure of every queue that is sent to: at first, and where one turned out to be missing. */
  readonly declare: () => Promise<void>;
  /** Unconfirmed messages at a time. One by one would be twenty times slower. */
  readonly window: number;
  /** So long without any confirm, in milliseconds, and the sending has failed: confirms never come when the connection is gone. */
  readonly confirmWithinMs: number;
}

/** Unconfirmed bytes at a time, so that large bodies do not fill the memory. */
const windowBytes = 16 * 1024 * 1024;

/** Messages that were handed over together. */
interface Job {
  readonly sendings: readonly Sending[];
  /** The first that is not sent yet. */
  next: number;
  unconfirmed: number;
  readonly resolve: (done: true) => void;
  readonly reject: (fault: TransientFault) => void;
}

/** Sends to queues through our exchange, with confirms, in the order of the calls, through one sliding window. */
export class RabbitPublisher {
  private opening: Promise<ConfirmChannel> | undefined;
  private channel: ConfirmChannel | undefined;
  private readonly jobs = new Set<Job>();
  private declared = false;
  private unconfirmed = 0;
  private unconfirmedBytes = 0;
  private deadline: NodeJS.Timeout | undefined;

  constructor(private readonly options: RabbitPublisherOptions) {}

  /** Resolves when the broker has confirmed all. When one call fails, so do all that are under way: a later one must not overtake it. */
  async send(sendings: readonly Sending[]): Promise<void> {
    if (sendings.length === 0) return;
    const { blocked } = this.options.connection;
    if (blocked !== undefined)
      throw new TransientFault('bus.blocked', `The message broker takes nothing at the moment: ${blocked}.`);
    const channel = await this.ready().catch(laterPerhaps);
    if (channel !== this.channel) throw new TransientFault('bus.unconfirmed', 'The channel closed before it was used.');
    const { promise, resolve, reject } = Promise.withResolvers<true>();
    this.jobs.add({ sendings, next: 0, unconfirmed: 0, resolve, reject });
    this.push(channel);
    await promise;
  }

  /** Opens the channel and makes sure of the queues, if that is not done yet. */
  async ready(): Promise<ConfirmChannel> {
    this.opening ??= this.open();
    try {
      return await this.opening;
    } catch (cause) {
      this.opening = undefined;
      if (faultOf(cause).kind !== 'defect') throw cause;
      throw new TransientFault('bus.unavailable', 'The message broker is not ready to take messages.', { cause });
    }
  }

  private async open(): Promise<ConfirmChannel> {
    // Not before each channel: one queue that the broker cannot serve would hold up what goes to all others.
    if (!this.declared) await this.options.declare();
    this.declared = true;
    const channel = await this.options.connection.confirmChannel();
    channel.on('error', (error) => {
      // The exchange is gone. Of a queue that is gone, a return tells.
      if (codeOf(error) === notFound) this.declared = false;
    });
    channel.on('close', () =>
      this.lose(channel, 'bus.unconfirmed', 'The channel closed before everything was confirmed.'),
    );
    channel.on('return', ({ fields }) => {
      // Comes before the confirm. A new channel looks for the queue anew, and the sender sends again.
      this.declared = false;
      this.lose(
        channel,
        'bus.queue-missing',
        `The queue ${fields.routingKey} does not exist, or is not bound to the exchange ${fields.exchange}.`,
      );
    });
    this.channel = channel;
    return channel;
  }

  private lose(channel: ConfirmChannel, code: string, sentence: string, cause?: unknown): void {
    if (channel !== this.channel) return;
    this.opening = undefined;
    this.channel = undefined;
    this.unconfirmed = 0;
    this.unconfirmedBytes = 0;
    this.watch();
    for (const { reject } of this.jobs) reject(new TransientFault(code, sentence, { cause }));
    this.jobs.clear();
    discard(channel);
  }

  /** Sends as much as the window lets through. A connection that is being closed throws; then nothing of it will be confirmed either. */
  private push(channel: ConfirmChannel): void {
    try {
      this.pushWhatFits(channel);
    } catch (cause) {
      this.lose(channel, 'bus.unconfirmed', 'The channel took nothing any more.', cause);
    }
  }

  private pushWhatFits(channel: ConfirmChannel): void {
    for (const job of this.jobs) {
      for (; job.next < job.sendings.length; job.next++) {
        if (this.unconfirmed >= this.options.window || this.unconfirmedBytes >= windowBytes) return;
        const sending = job.sendings[job.next];
        if (sending !== undefined) this.transmit(channel, job, sending);
      }
    }
  }

  private transmit(channel: ConfirmChannel, job: Job, { exchange, key, body, properties }: Sending): void {
    job.unconfirmed += 1;
    this.unconfirmed += 1;
    this.unconfirmedBytes += body.length;
    if (this.unconfirmed === 1) this.watch();
    channel.publish(exchange, key, body, properties, (refusal: unknown) => {
      if (channel !== this.channel) return;
      if (refusal) return this.lose(channel, 'bus.refused', 'The broker refused a message.', refusal);
      return this.confirmed(channel, job, body.length);
    });
  }

  private confirmed(channel: ConfirmChannel, job: Job, bytes: number): void {
    job.unconfirmed -= 1;
    this.unconfirmed -= 1;
    this.unconfirmedBytes -= bytes;
    if (job.unconfirmed === 0 && job.next === job.sendings.length) {
      this.jobs.delete(job);
      job.resolve(true);
    }
    this.push(channel);
    if (this.unconfirmed === 0) this.watch();
    else this.deadline?.refresh();
  }

  /** A deadline stands while something is unconfirmed, and begins anew with each confirm. */
  private watch(): void {
    clearTimeout(this.deadline);
    const { channel } = this;
    if (channel === undefined || this.unconfirmed === 0) return;
    const { confirmWithinMs } = this.options;
    const late = () => this.lose(channel, 'bus.unconfirmed', `The broker confirmed nothing for ${confirmWithinMs} ms.`);
    this.deadline = setTimeout(late, confirmWithinMs);
  }
}

/** Whoever sends tries again, whatever it is: at the broker, people may mend anything. */
function laterPerhaps(thrown: unknown): never {
  const { kind, code, message } = faultOf(thrown);
  throw kind === 'permanent' ? new TransientFault(code, message, { cause: thrown }) : thrown;
}

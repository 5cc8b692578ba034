import type { Channel, ConsumeMessage } from 'amqplib';
import { WakeableLoop } from '../../wakeable-loop.js';
import { redeliveryPauseMs } from '../redelivery-pause.js';
import { within } from '../within.js';
import { answerWithinMs, discard, type RabbitConnection } from './rabbit-connection.js';

export interface RabbitReaderOptions {
  readonly connection: RabbitConnection;
  readonly queue: string;
  readonly batchSize: number;
  /** Makes sure that the queue exists, on each new channel. */
  readonly declare: (channel: Channel) => Promise<void>;
  readonly handler: (batch: readonly ConsumeMessage[]) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}

/**
 * Bytes that are held at a time, taken and not yet acknowledged. RabbitMQ counts messages only, and four hundred of five megabytes each
 * would be the end of the process: a reader that comes to hold more gives all back and takes fewer at a time from then on.
 */
const mostBytesInHand = 32 * 1024 * 1024;

/** A batch is handled in one transaction, its bytes several times in memory: it ends before it passes so many. */
const mostBytesInBatch = 4 * 1024 * 1024;

/** Deliveries and reconnections wake the reader; unasked it looks now and then whether it is still served. */
const untilWokenMs = 3_000;

/**
 * Reads one physical queue on a channel of its own. A batch that is refused stays in hand and is handed over again: given back with a
 * negative acknowledgement, it would go to the end of the queue, and later messages would overtake it. When the channel goes, the
 * broker puts what was not acknowledged back at the head, in order; so closing the channel is how the rest is given back, and the
 * consumer is never cancelled before that (the next one would start behind what we still hold).
 */
export class RabbitReader {
  private readonly loop: WakeableLoop;
  private channel: Channel | undefined;
  private inHand: ConsumeMessage[] = [];
  private bytesInHand = 0;
  private prefetch: number;
  private failures = 0;
  private unserved = 0;
  private lookedAt = 0;

  constructor(private readonly options: RabbitReaderOptions) {
    this.prefetch = Math.min(options.batchSize * 2, 65_535);
    this.loop = new WakeableLoop(
      () => this.step(),
      () => (this.failures === 0 ? untilWokenMs : redeliveryPauseMs(this.failures)),
      options.onFailure,
    );
  }

  start(): void {
    this.loop.start();
  }

  wake(): void {
    this.loop.wake();
  }

  /** Resolves when the running handler has ended and what it handled is acknowledged; the rest is given back. */
  async close(): Promise<void> {
    await this.loop.stop();
    const channel = this.channel;
    this.forget(channel);
    if (channel !== undefined) await within(answerWithinMs, channel.close()).catch(this.options.onFailure);
  }

  private async step(): Promise<void> {
    if (!this.options.connection.connected) return;
    try {
      if (this.channel === undefined) await this.open();
      else if (this.isTimeToLook()) await this.checkServed(this.channel);
      while (!this.loop.stopped && this.inHand.length > 0) await this.handOver();
      this.failures = 0;
    } catch (error) {
      this.failures += 1;
      throw error;
    }
  }

  private async handOver(): Promise<void> {
    const { channel } = this;
    const batch = this.nextBatch();
    await this.options.handler(batch);
    const last = batch.at(-1);
    // On a new channel the same messages come once more; their old tags mean nothing there.
    if (channel === undefined || channel !== this.channel || last === undefined) return;
    this.inHand.splice(0, batch.length);
    this.bytesInHand -= bytesOf(batch);
    channel.ack(last, true);
    this.failures = 0;
  }

  private nextBatch(): readonly ConsumeMessage[] {
    let bytes = 0;
    const fits = ({ content }: ConsumeMessage, index: number) => {
      bytes += content.length;
      return index === 0 || bytes <= mostBytesInBatch;
    };
    const candidates = this.inHand.slice(0, this.options.batchSize);
    const tooMuch = candidates.findIndex((message, index) => !fits(message, index));
    return tooMuch === -1 ? candidates : candidates.slice(0, tooMuch);
  }

  private async open(): Promise<void> {
    const { connection, declare, queue } = this.options;
    const channel = await connection.channel();
    this.channel = channel;
    channel.on('close', () => this.forget(channel));
    try {
      await declare(channel);
      await within(answerWithinMs, channel.prefetch(this.prefetch));
      await within(
        answerWithinMs,
        channel.consume(queue, (message) => this.take(channel, message)),
      );
    } catch (error) {
      this.drop(channel);
      throw error;
    }
  }

  /** Deliveries wake the reader as well, and a question for each of them would be dear. */
  private isTimeToLook(): boolean {
    return this.inHand.length === 0 && performance.now() - this.lookedAt >= untilWokenMs;
  }

  /**
   * When a quorum queue is deleted and declared anew at once, the broker neither cancels the consumer nor serves it: it shows a consumer
   * and waiting messages, for ever. Seen twice in a row, a new channel is opened. Standing by while another replica is served looks
   * the same; a new channel is as good for that.
   */
  private async checkServed(channel: Channel): Promise<void> {
    this.lookedAt = performance.now();
    try {
      const { messageCount } = await within(answerWithinMs, channel.checkQueue(this.options.queue));
      this.unserved = messageCount > 0 && this.inHand.length === 0 ? this.unserved + 1 : 0;
      if (this.unserved > 1) this.drop(channel);
    } catch (error) {
      this.drop(channel);
      throw error;
    }
  }

  private take(channel: Channel, message: ConsumeMessage | null): void {
    if (channel !== this.channel) return;
    if (message === null) {
      // The broker cancelled us: the queue is gone, or moves. A new channel declares it anew.
      this.drop(channel);
      return;
    }
    this.inHand.push(message);
    this.bytesInHand += message.content.length;
    this.unserved = 0;
    if (this.bytesInHand > mostBytesInHand && this.prefetch > 1) {
      // One that is large by itself is no reason to take fewer than one.
      this.prefetch = Math.max(1, Math.floor(this.inHand.length / 2));
      this.drop(channel);
      return;
    }
    this.loop.wake();
  }

  private drop(channel: Channel): void {
    this.forget(channel);
    discard(channel);
  }

  private forget(channel: Channel | undefined): void {
    if (channel === undefined || channel !== this.channel) return;
    this.channel = undefined;
    this.inHand = [];
    this.bytesInHand = 0;
    this.unserved = 0;
    this.loop.wake();
  }
}

const bytesOf = (messages: readonly ConsumeMessage[]) => messages.reduce((sum, { content }) => sum + content.length, 0);

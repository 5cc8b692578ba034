import { TransientFault } from '@tandem/domain';
import type { Channel, ConsumeMessage } from 'amqplib';
import { WakeableLoop } from '../../wakeable-loop.js';
import { redeliveryPauseMs } from '../redelivery-pause.js';
import { InHand } from './in-hand.js';
import { answered, discard, type RabbitConnection } from './rabbit-connection.js';
import type { Turns } from '../../turns.js';

export interface RabbitReaderOptions {
  readonly connection: RabbitConnection;
  readonly queue: string;
  readonly batchSize: number;
  /** Batches that are handled at a time. More than one only where no order is promised. */
  readonly together: number;
  /** Makes sure that the queue exists: before it is consumed for the first time, and where that has failed. */
  readonly declare: (channel: Channel) => Promise<void>;
  /** Readers of one connection begin to consume one after the other, so that it is known on whose queue the broker failed. */
  readonly turns: Turns;
  /** Makes the queue anew where the broker cannot serve it any more; undefined where that is not ours to do. */
  readonly mend: ((channel: Channel) => Promise<void>) | undefined;
  readonly handler: (batch: readonly ConsumeMessage[]) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}

/** So often in a row the broker has failed as this queue was consumed: then it is the queue. */
const failuresOfABrokenQueue = 2;
/** Each try costs the connection, and all other lanes with it. */
const brokenRestsMs = 30_000;

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
  private inHand = new InHand();
  private prefetch: number;
  private failures = 0;
  private declared = false;
  private broken = 0;
  private unserved = 0;
  private lookedAt = 0;

  constructor(private readonly options: RabbitReaderOptions) {
    this.prefetch = Math.min(options.batchSize * (options.together + 1), 65_535);
    this.loop = new WakeableLoop(
      () => this.step(),
      () => this.pauseMs(),
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
    if (channel !== undefined)
      await answered('the closing of a channel', channel.close()).catch(this.options.onFailure);
  }

  private async step(): Promise<void> {
    if (!this.options.connection.connected) return;
    try {
      if (this.channel === undefined) await this.open();
      else if (this.isTimeToLook()) await this.checkServed(this.channel);
      await this.drain();
      this.failures = 0;
    } catch (error) {
      this.failures += 1;
      throw error;
    }
  }

  /** Hands over batch after batch until nothing is left. When one fails, those beside it are waited for. */
  private async drain(): Promise<void> {
    const running = new Set<Promise<void>>();
    const failures: unknown[] = [];
    for (;;) {
      const batch = this.loop.stopped || failures.length > 0 ? [] : this.inHand.next(this.options.batchSize);
      if (batch.length > 0) {
        const handling: Promise<void> = this.handOver(batch)
          .catch((error: unknown) => void failures.push(error))
          .finally(() => running.delete(handling));
        running.add(handling);
      }
      if (running.size === 0) break;
      if (batch.length === 0 || running.size >= this.options.together) await Promise.race(running);
    }
    this.inHand.again();
    if (failures.length > 0) throw failures[0];
  }

  private async handOver(batch: readonly ConsumeMessage[]): Promise<void> {
    const { channel, inHand } = this;
    await this.options.handler(batch);
    // On a new channel the same messages come once more; their old tags mean nothing there.
    if (channel === undefined || channel !== this.channel) return;
    const last = inHand.settle(batch);
    if (last !== undefined) channel.ack(last, true);
    this.failures = 0;
  }

  private async open(): Promise<void> {
    const { connection, declare, mend, turns } = this.options;
    const channel = await connection.channel();
    this.channel = channel;
    channel.on('close', () => this.forget(channel));
    try {
      if (this.isBroken) await mend?.(channel);
      // Not each time: a broker that has just come back has enough to do, and may not answer this one question.
      if (!this.declared) await declare(channel);
      await answered('a prefetch', channel.prefetch(this.prefetch));
      await turns.take(() => this.consume(channel));
      this.declared = true;
    } catch (error) {
      this.declared = false;
      this.drop(channel);
      throw error;
    }
  }

  /**
   * A broker that dies while it deletes a queue may come back with a queue that has a name and no process: whoever consumes it loses the
   * connection, and so all lanes would stand still. Seen with RabbitMQ 3.10.
   */
  private async consume(channel: Channel): Promise<void> {
    const { connection, queue, mend, onFailure } = this.options;
    try {
      await answered(
        `the consuming of ${queue}`,
        channel.consume(queue, (message) => this.take(channel, message)),
      );
      this.broken = 0;
    } catch (error) {
      if (connection.connected || !connection.brokerFailed) throw error;
      this.broken += 1;
      if (this.isBroken) onFailure(queueBroken(queue, mend !== undefined));
      throw error;
    }
  }

  private get isBroken(): boolean {
    return this.broken >= failuresOfABrokenQueue;
  }

  private pauseMs(): number {
    if (this.isBroken && this.options.mend === undefined) return brokenRestsMs;
    return this.failures === 0 ? untilWokenMs : redeliveryPauseMs(this.failures);
  }

  /** Deliveries wake the reader as well, and a question for each of them would be dear. */
  private isTimeToLook(): boolean {
    return this.inHand.count === 0 && performance.now() - this.lookedAt >= untilWokenMs;
  }

  /**
   * When a quorum queue is deleted and declared anew at once, the broker neither cancels the consumer nor serves it: it shows a consumer
   * and waiting messages, for ever. Seen twice in a row, a new channel is opened. Standing by while another replica is served looks
   * the same; a new channel is as good for that.
   */
  private async checkServed(channel: Channel): Promise<void> {
    this.lookedAt = performance.now();
    try {
      const { messageCount } = await answered(
        `a look at ${this.options.queue}`,
        channel.checkQueue(this.options.queue),
      );
      this.unserved = messageCount > 0 && this.inHand.count === 0 ? this.unserved + 1 : 0;
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
      this.declared = false;
      this.drop(channel);
      return;
    }
    this.inHand.add(message);
    this.unserved = 0;
    if (this.inHand.isTooMuch && this.prefetch > 1) {
      // Gives all back and takes fewer at a time from now on. One that is large by itself is no reason to take none.
      this.prefetch = Math.max(1, Math.floor(this.inHand.count / 2));
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
    this.inHand = new InHand();
    this.unserved = 0;
    this.loop.wake();
  }
}

const queueBroken = (queue: string, mended: boolean) =>
  new TransientFault(
    'bus.queue-broken',
    `The message broker fails whenever the queue ${queue} is consumed. ` +
      (mended
        ? 'It is deleted and made anew; what it held is sent again.'
        : 'Let its team delete the queue and make it anew; of a lane of ours, what it held is sent again.'),
  );

import type { ConsumeMessage } from 'amqplib';

/**
 * Bytes that a reader holds at a time, taken and not yet acknowledged. RabbitMQ counts messages only, and four hundred of five megabytes
 * each would be the end of the process.
 */
const mostBytes = 32 * 1024 * 1024;

/** A batch is handled in one transaction, its bytes several times in memory: it ends before it passes so many. */
const mostBytesInBatch = 4 * 1024 * 1024;

interface Batch {
  readonly messages: readonly ConsumeMessage[];
  done: boolean;
}

/** What a reader has taken over one channel and not acknowledged yet, in order. */
export class InHand {
  private messages: ConsumeMessage[] = [];
  private bytes = 0;
  /** So many at the head are being handled. */
  private handed = 0;
  private batches: Batch[] = [];

  get count(): number {
    return this.messages.length;
  }

  get isTooMuch(): boolean {
    return this.bytes > mostBytes;
  }

  add(message: ConsumeMessage): void {
    this.messages.push(message);
    this.bytes += message.content.length;
  }

  /** The next that nobody handles yet: at most so many, and few where they are large; none where none is there. */
  next(batchSize: number): readonly ConsumeMessage[] {
    const candidates = this.messages.slice(this.handed, this.handed + batchSize);
    let bytes = 0;
    const tooLarge = candidates.findIndex(({ content }, index) => {
      bytes += content.length;
      return index > 0 && bytes > mostBytesInBatch;
    });
    const messages = tooLarge === -1 ? candidates : candidates.slice(0, tooLarge);
    if (messages.length > 0) this.batches.push({ messages, done: false });
    this.handed += messages.length;
    return messages;
  }

  /** Notes that a batch is handled; yields the last message up to which all are, for them to be acknowledged together. */
  settle(handled: readonly ConsumeMessage[]): ConsumeMessage | undefined {
    let last: ConsumeMessage | undefined;
    for (const batch of this.batches) if (batch.messages === handled) batch.done = true;
    for (let [first] = this.batches; first?.done; [first] = this.batches) {
      this.batches.shift();
      this.messages.splice(0, first.messages.length);
      this.handed -= first.messages.length;
      for (const { content } of first.messages) this.bytes -= content.length;
      last = first.messages.at(-1);
    }
    return last;
  }

  /** A batch has failed: all that is not acknowledged is handed over again. */
  again(): void {
    this.handed = 0;
    this.batches = [];
  }
}

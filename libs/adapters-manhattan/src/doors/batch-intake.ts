import { setTimeout as pauseFor } from 'node:timers/promises';

/** A message of a broker that waits to be settled. */
interface Unsettled {
  ack(): void;
  nack(): void;
}

interface IntakeOptions<Message> {
  readonly batchSize: number;
  readonly pauseMs: number;
  readonly handle: (batch: readonly Message[]) => Promise<void>;
  readonly onFailure: (thrown: unknown) => void;
}

const LONGEST_FACTOR = 30;
/** So often a batch is tried before it is given back. */
const MOST_TRIES = 5;

/**
 * Hands messages over in batches, one batch at a time, and acknowledges what was handled. A batch that fails is kept and tried again
 * after a growing pause rather than given back at once: each giving back counts towards the dead letters, and an outage of
 * ours must not send good messages there. From the second try on each message goes alone, so that one that always fails is
 * told from an outage and is the only one given back.
 */
export class BatchIntake<Message extends Unsettled> {
  private readonly waiting: Message[] = [];
  private readonly closing = new AbortController();
  private failures = 0;
  private running: Promise<void> | undefined;

  constructor(private readonly options: IntakeOptions<Message>) {}

  take(message: Message): void {
    if (this.closing.signal.aborted) return message.nack();
    this.waiting.push(message);
    this.running ??= this.drain().finally(() => (this.running = undefined));
  }

  /** Waits as long as the failures so far demand; false where the intake was closed meanwhile. */
  async pause(): Promise<boolean> {
    const factor = Math.min(2 ** this.failures, LONGEST_FACTOR);
    this.failures += 1;
    await pauseFor(this.options.pauseMs * factor, undefined, { signal: this.closing.signal }).catch(() => undefined);
    return !this.closing.signal.aborted;
  }

  /** Waits for the batch that is being handled; all that is not acknowledged is given back. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.running;
    for (const message of this.waiting.splice(0)) message.nack();
  }

  private async drain(): Promise<void> {
    // Whatever arrives in the same turn goes together.
    await Promise.resolve();
    while (this.waiting.length > 0 && !this.closing.signal.aborted) {
      let left = await this.unhandled([this.waiting.splice(0, this.options.batchSize)]);
      for (let tries = 1; left.length > 0 && tries < MOST_TRIES && (await this.pause()); tries += 1) {
        const before = left.length;
        left = await this.unhandled(left.map((message) => [message]));
        // Others went through: what did not is to blame itself.
        if (left.length < before) break;
      }
      for (const message of left) message.nack();
    }
  }

  /** Of one part after the other. Three that fail in a row are an outage: the others are not tried. */
  private async unhandled(parts: readonly (readonly Message[])[]): Promise<readonly Message[]> {
    const left: Message[] = [];
    let failedInARow = 0;
    for (const part of parts) {
      if (failedInARow === 3 || !(await this.isHandled(part))) {
        failedInARow = Math.min(failedInARow + 1, 3);
        left.push(...part);
        continue;
      }
      failedInARow = 0;
      for (const message of part) message.ack();
    }
    return left;
  }

  private async isHandled(part: readonly Message[]): Promise<boolean> {
    try {
      await this.options.handle(part);
      this.failures = 0;
      return true;
    } catch (thrown) {
      this.options.onFailure(thrown);
      return false;
    }
  }
}

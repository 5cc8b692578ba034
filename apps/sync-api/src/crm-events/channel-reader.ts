import type { CrmBatch, CrmChannel, CrmDoor, CrmSubscription, SyncFault } from '@tandem/domain';
import { recoveryAfter } from '@tandem/messaging';
import type { FeedCursors } from '../platform/feed-cursors.js';

/** How long a channel stays ours without a word of us, and how often we say one. Milliseconds. */
const HELD_FOR = 30_000;
const SAID_EVERY = 10_000;
/** A connection may be lost at any hour: the ladder of waits is climbed to here, and never left. */
const LAST_RUNG = 4;

/** One replica alone opens a channel: nobody to come back at the same time as. */
const noJitter = () => 0.5;

export interface ReaderParts {
  readonly door: CrmDoor;
  readonly cursors: FeedCursors;
  /** Names this replica. */
  readonly holder: string;
  readonly receive: (batch: CrmBatch) => Promise<void>;
  readonly onFault: (fault: SyncFault, channel: CrmChannel, afterMs: number) => void;
}

/** Reads one channel for as long as the process lives: holds it, opens it after its cursor, and opens it again when it ended. */
export class ChannelReader {
  private stopping = false;
  private running: Promise<void> | undefined;
  private subscription: CrmSubscription | undefined;
  private endPause: (() => void) | undefined;
  private attempt = 0;

  constructor(
    private readonly channel: CrmChannel,
    private readonly parts: ReaderParts,
  ) {}

  start(): void {
    this.running ??= this.run();
  }

  /** Finishes the running batch. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.endPause?.();
    await this.subscription?.close();
    await this.running;
    await this.parts.cursors.release(this.channel, this.parts.holder).catch(() => undefined);
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      const held = await this.hold();
      const fault = held && (await this.read(held));
      await this.pause(fault ? this.waitAfter(fault) : SAID_EVERY);
    }
  }

  /** Undefined where another replica reads, or the database does not answer: both are asked again later. */
  private hold() {
    return this.parts.cursors.hold(this.channel, this.parts.holder, HELD_FOR).catch(() => undefined);
  }

  private async read({ cursor }: NonNullable<Awaited<ReturnType<FeedCursors['hold']>>>) {
    if (this.stopping) return undefined;
    const subscription = this.parts.door.open(this.channel, cursor, async (batch) => {
      await this.parts.receive(batch);
      this.attempt = 0;
    });
    this.subscription = subscription;
    const saying = setInterval(() => {
      this.hold()
        .then((still) => (still ? undefined : subscription.close()))
        .catch(() => undefined);
    }, SAID_EVERY);
    try {
      return await subscription.ended;
    } finally {
      clearInterval(saying);
      this.subscription = undefined;
    }
  }

  private waitAfter(fault: SyncFault): number {
    this.attempt = Math.min(this.attempt + 1, LAST_RUNG);
    const recovery = recoveryAfter(fault, this.attempt, noJitter);
    const afterMs = waitOf(recovery);
    this.parts.onFault(fault, this.channel, afterMs);
    return afterMs;
  }

  private async pause(forMs: number): Promise<void> {
    if (this.stopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, forMs);
      this.endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.endPause = undefined;
  }
}

/** A channel cannot be parked: what a person must put right is tried again every few minutes. */
function waitOf(recovery: ReturnType<typeof recoveryAfter>): number {
  if (recovery.then === 'retry') return recovery.afterMs;
  return recovery.then === 'suspend' ? recovery.probeAfterMs : 300_000;
}

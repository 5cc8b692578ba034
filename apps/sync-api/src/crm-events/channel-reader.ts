import { setTimeout as sleep } from 'node:timers/promises';
import { faultOf, type CrmBatch, type CrmChannel, type CrmDoor, type SyncFault } from '@tandem/domain';
import { recoveryAfter, type Duties, type Duty, type DutyToken } from '@tandem/messaging';
import type { FeedCursors } from '../platform/feed-cursors.js';

/** A connection may be lost at any hour: the ladder of waits is climbed to here, and never left. */
const LAST_RUNG = 4;

/** One replica alone opens a channel: nobody to come back at the same time as. */
const noJitter = () => 0.5;

export interface ReaderParts {
  readonly door: CrmDoor;
  readonly cursors: FeedCursors;
  readonly duties: Pick<Duties, 'take' | 'giveBack'>;
  readonly receive: (batch: CrmBatch, duty: DutyToken) => Promise<void>;
  readonly onFault: (fault: SyncFault, channel: CrmChannel, afterMs: number) => void;
}

/** Reads one channel for as long as the process lives and the duty is its own: opens it after its cursor, and again when it ended. */
export class ChannelReader {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private attempt = 0;

  constructor(
    private readonly channel: CrmChannel,
    private readonly parts: ReaderParts,
  ) {}

  start(): void {
    this.running ??= this.run();
  }

  /** Finishes the running batch; another replica reads on at once. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { duties } = this.parts;
    const name = `crm-events ${this.channel.org} ${this.channel.name}`;
    for (;;) {
      const duty = await duties.take(name, this.stopping.signal);
      if (duty === undefined) return;
      await this.readWhileOurs(duty);
      await duties.giveBack(duty);
    }
  }

  private async readWhileOurs(duty: Duty): Promise<void> {
    const until = AbortSignal.any([this.stopping.signal, duty.lost]);
    while (!until.aborted) {
      const fault = await this.read(duty, until).catch(faultOf);
      if (fault !== undefined) await this.rest(fault, until);
    }
  }

  private async read(duty: DutyToken, until: AbortSignal): Promise<SyncFault | undefined> {
    const cursor = await this.parts.cursors.open(this.channel);
    if (until.aborted) return undefined;
    const subscription = this.parts.door.open(this.channel, cursor, async (batch) => {
      await this.parts.receive(batch, duty);
      this.attempt = 0;
    });
    let closing: Promise<void> | undefined;
    const close = (): void => {
      closing = subscription.close();
    };
    until.addEventListener('abort', close, { once: true });
    try {
      return await subscription.ended;
    } finally {
      until.removeEventListener('abort', close);
      await closing;
    }
  }

  /** What ended it while it was to end anyway is nobody's fault. */
  private async rest(fault: SyncFault, until: AbortSignal): Promise<void> {
    if (!until.aborted) await pause(this.waitAfter(fault), until);
  }

  private waitAfter(fault: SyncFault): number {
    this.attempt = Math.min(this.attempt + 1, LAST_RUNG);
    const recovery = recoveryAfter(fault, this.attempt, noJitter);
    const afterMs = waitOf(recovery);
    this.parts.onFault(fault, this.channel, afterMs);
    return afterMs;
  }
}

/** Ends with the time, or with the signal. */
const pause = (forMs: number, until: AbortSignal): Promise<void> =>
  sleep(forMs, undefined, { signal: until }).catch(() => undefined);

/** A channel cannot be parked: what a person must put right is tried again every few minutes. */
function waitOf(recovery: ReturnType<typeof recoveryAfter>): number {
  if (recovery.then === 'retry') return recovery.afterMs;
  return recovery.then === 'suspend' ? recovery.probeAfterMs : 300_000;
}

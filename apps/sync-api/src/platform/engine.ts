import type { OpenDoor } from '@tandem/domain';
import type { Duties, LaneGenerations, MessageBus, OutboxRelay } from '@tandem/messaging';

/** Running handlers get so long to finish when the process is told to stop. */
const GRACE_MS = 15_000;

export interface EngineParts {
  readonly bus: MessageBus;
  readonly relay: OutboxRelay;
  readonly duties: Duties;
  readonly generations: LaneGenerations;
  /** Of each queue. */
  readonly lanes: number;
}

/** Starts what takes in work by itself, after the whole app stands, and stops it before anything is taken down. */
export class Engine {
  private readonly intakes: ((lanes: number) => Promise<unknown>)[] = [];
  private readonly doors: (() => Promise<OpenDoor>)[] = [];
  private open: readonly OpenDoor[] = [];
  private running = false;

  constructor(private readonly parts: EngineParts) {}

  /** Names something that begins to take in work once the bus is there, from so many lanes. */
  intake(begin: (lanes: number) => Promise<unknown>): void {
    this.intakes.push(begin);
  }

  /** Names a door that is opened last and closed first. */
  door(open: () => Promise<OpenDoor>): void {
    this.doors.push(open);
  }

  async start(): Promise<void> {
    const { bus, relay, generations, lanes } = this.parts;
    await bus.start();
    this.running = true;
    await generations.begin(lanes);
    // Of a change that is under way: what stands in lanes that are no more is read as well.
    const toRead = Math.max(lanes, ...(await generations.live()));
    for (const begin of this.intakes) await begin(toRead);
    relay.start();
    this.open = await Promise.all(this.doors.map((open) => open()));
  }

  /**
   * What is being handled is finished; what is not stays where it is. The relay goes first: what it has sent is confirmed while the bus is
   * still there, and another replica has its turn at once.
   */
  async stop(): Promise<void> {
    if (!this.running) return;
    this.running = false;
    await Promise.all(this.open.map((door) => door.close()));
    await Promise.all([this.parts.duties.stop(), this.parts.relay.stop()]);
    await this.parts.bus.close({ graceMs: GRACE_MS });
  }
}

import type { OpenDoor } from '@tandem/domain';
import type { Duties, MessageBus, OutboxRelay } from '@tandem/messaging';

/** Running handlers get so long to finish when the process is told to stop. */
const GRACE_MS = 15_000;

/** Starts what takes in work by itself, after the whole app stands, and stops it before anything is taken down. */
export class Engine {
  private readonly intakes: (() => Promise<unknown>)[] = [];
  private readonly doors: (() => Promise<OpenDoor>)[] = [];
  private open: readonly OpenDoor[] = [];
  private running = false;

  constructor(
    private readonly bus: MessageBus,
    private readonly relay: OutboxRelay,
    private readonly duties: Duties,
  ) {}

  /** Names something that begins to take in work once the bus is there. */
  intake(begin: () => Promise<unknown>): void {
    this.intakes.push(begin);
  }

  /** Names a door that is opened last and closed first. */
  door(open: () => Promise<OpenDoor>): void {
    this.doors.push(open);
  }

  async start(): Promise<void> {
    await this.bus.start();
    this.running = true;
    for (const begin of this.intakes) await begin();
    this.relay.start();
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
    await Promise.all([this.duties.stop(), this.relay.stop()]);
    await this.bus.close({ graceMs: GRACE_MS });
  }
}

import { Logger } from '@nestjs/common';
import type { OpenDoor } from '@tandem/domain';
import {
  WakeableLoop,
  type Duties,
  type LaneGenerations,
  type MessageBus,
  type OutboxRelay,
  type Subscription,
} from '@tandem/messaging';

/** Running handlers get so long to finish when the process is told to stop. */
const GRACE_MS = 15_000;

/** How often it is looked whether a change of the number of lanes is over. */
const LOOKS_EVERY_MS = 2_000;

export interface EngineParts {
  readonly bus: Pick<MessageBus, 'start' | 'close'>;
  readonly relay: Pick<OutboxRelay, 'start' | 'stop'>;
  readonly duties: Pick<Duties, 'stop'>;
  readonly generations: Pick<LaneGenerations, 'begin' | 'live'>;
  /** Of each queue. */
  readonly lanes: number;
}

/** Starts what takes in work by itself, after the whole app stands, and stops it before anything is taken down. */
export class Engine {
  private readonly logger = new Logger(Engine.name);
  private readonly intakes: ((lanes: number) => Promise<Subscription>)[] = [];
  private readonly narrowing = new WakeableLoop(
    () => this.narrow(),
    () => LOOKS_EVERY_MS,
    (error) => this.logger.warn({ err: error }, 'Whether a change of lanes is over is not known; it is looked again.'),
  );
  private readonly doors: (() => Promise<OpenDoor>)[] = [];
  private taking: readonly Subscription[] = [];
  private lanesRead = 0;
  private open: readonly OpenDoor[] = [];
  private running = false;

  constructor(private readonly parts: EngineParts) {}

  /** Names something that begins to take in work once the bus is there, from so many lanes. */
  intake(begin: (lanes: number) => Promise<Subscription>): void {
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
    this.lanesRead = Math.max(lanes, ...(await generations.live()));
    const taking = [];
    for (const begin of this.intakes) taking.push(await begin(this.lanesRead));
    this.taking = taking;
    if (this.lanesRead > lanes) this.narrowing.start();
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
    await Promise.all([this.narrowing.stop(), ...this.open.map((door) => door.close())]);
    await Promise.all([this.parts.duties.stop(), this.parts.relay.stop()]);
    await this.parts.bus.close({ graceMs: GRACE_MS });
  }

  /** Lanes that are no more are read until nothing of the old generations is left. */
  private async narrow(): Promise<void> {
    const live = await this.parts.generations.live();
    const lanes = Math.max(this.parts.lanes, ...live);
    if (lanes >= this.lanesRead) return;
    await Promise.all(this.taking.map((subscription) => subscription.narrow(lanes)));
    this.lanesRead = lanes;
  }
}

import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Replays, UnitOfWork, WakeableLoop } from '@tandem/messaging';
import { DataSource } from 'typeorm';
import { Engine } from '../platform/engine.js';

/** How often it is looked for a replay that another replica was asked for. Milliseconds. */
const LOOKS_EVERY = 5_000;
/** Another replica has the portion that is due. Milliseconds. */
const TAKEN_PAUSE = 250;

/** Gives back what was asked for, portion by portion at its pace, on whichever replica comes first. */
@Injectable()
export class ReplayWorker implements OnModuleInit {
  private readonly logger = new Logger(ReplayWorker.name);
  private readonly replays = new Replays();
  private pauseMs = LOOKS_EVERY;
  private readonly loop = new WakeableLoop(
    () => this.step(),
    () => this.pauseMs,
    (error) => this.logger.warn({ err: error }, 'A replay did not get on; it is tried again.'),
  );

  constructor(
    private readonly engine: Engine,
    private readonly database: DataSource,
    private readonly work: UnitOfWork,
  ) {}

  onModuleInit(): void {
    this.engine.door(() => {
      this.loop.start();
      return Promise.resolve({ close: () => this.loop.stop() });
    });
  }

  wake(): void {
    this.loop.wake();
  }

  private async step(): Promise<void> {
    this.pauseMs = LOOKS_EVERY;
    const dueInMs = await this.replays.dueInMs(this.database.manager);
    if (dueInMs === undefined) return;
    this.pauseMs = Math.min(Math.max(dueInMs, 0), LOOKS_EVERY);
    if (dueInMs > 0) return;
    const released = await this.work.run((tx) => this.replays.step(tx));
    if (released === undefined) this.pauseMs = TAKEN_PAUSE;
    else this.loop.wake();
  }
}

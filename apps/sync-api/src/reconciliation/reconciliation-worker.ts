import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { faultOf, Sites, TransientFault } from '@tandem/domain';
import { WakeableLoop } from '@tandem/messaging';
import { Engine } from '../platform/engine.js';
import { newName } from '../platform/new-name.js';
import { Reconciliations, type Compared, type Reconciliation } from '../platform/reconciliations.js';
import { clockOf } from './reconciliation-clock.js';
import { RunReconciliation } from './run-reconciliation.js';

/** How often it is looked whether one waits or is due, how long one stays ours without a word, and when a failed one is tried again. Milliseconds. */
const LOOKS_EVERY = 5_000;
const HELD_FOR = 300_000;
const TRIED_AGAIN_AFTER = 60_000;

/** Runs the reconciliations that were asked for or are due, one at a time, on one replica at a time. */
@Injectable()
export class ReconciliationWorker implements OnModuleInit {
  private readonly logger = new Logger(ReconciliationWorker.name);
  private readonly holder = newName();
  private readonly loop = new WakeableLoop(
    () => this.step(),
    () => LOOKS_EVERY,
    (error) => this.logger.warn({ err: error }, 'A reconciliation was not begun; it is looked again.'),
  );

  constructor(
    private readonly engine: Engine,
    private readonly sites: Sites,
    private readonly reconciliations: Reconciliations,
    private readonly reconcile: RunReconciliation,
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
    for (const site of this.sites.all()) {
      if (site.reconciliation) await this.reconciliations.requestDue(clockOf(site.id, site.reconciliation));
    }
    const next = await this.reconciliations.take(this.holder, HELD_FOR);
    if (!next) return;
    await this.run(next);
    this.loop.wake();
  }

  private async run(reconciliation: Reconciliation): Promise<void> {
    const { id } = reconciliation;
    try {
      const repaired = await this.reconcile.run(reconciliation, {
        progressed: (compared) => this.progressed(reconciliation, compared),
        wait: (ms) => this.wait(ms),
      });
      await this.reconciliations.complete(id, this.holder, repaired);
    } catch (thrown) {
      await this.ended(reconciliation, thrown);
    }
  }

  private async ended({ id, site }: Reconciliation, thrown: unknown): Promise<void> {
    const fault = faultOf(thrown);
    if (this.loop.stopped) return this.reconciliations.letGo(id, this.holder, undefined, 0);
    this.logger.warn({ err: fault, id, site }, 'A reconciliation did not come to its end.');
    return fault.kind === 'permanent' || fault.kind === 'defect'
      ? this.reconciliations.fail(id, this.holder, fault)
      : this.reconciliations.letGo(id, this.holder, fault, TRIED_AGAIN_AFTER);
  }

  private progressed({ id }: Reconciliation, compared: Compared): Promise<void> {
    if (this.loop.stopped) throw stopping();
    return this.reconciliations.progressed(id, this.holder, HELD_FOR, compared);
  }

  private async wait(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 500) {
      if (this.loop.stopped) throw stopping();
      await sleep(Math.min(500, left));
    }
  }
}

const stopping = () => new TransientFault('reconciliation.stopping', 'This replica stops; another one begins anew.');

import { Injectable } from '@nestjs/common';
import {
  Clock,
  faultOf,
  instantOf,
  isAtOms,
  orderKey,
  orderLost,
  pulled,
  repairOf,
  type Repair,
  type TrackedOrder,
} from '@tandem/domain';
import { MessageWriter, type Message } from '@tandem/messaging';
import type { Reconciliation } from '../platform/reconciliations.js';
import { currentTraceparent } from '../platform/tracing.js';
import { Transactions } from '../platform/transactions.js';
import type { Look } from './compare-orders.js';

/** What is kept of an order for its repair, and what is said to whoever carries it on. */
interface Mended {
  readonly tracked: TrackedOrder;
  readonly message: Message;
}

/** Begins the least that makes the differences of orders go. The CRM and the OMS are written to by the lanes of the orders alone. */
@Injectable()
export class RepairOrders {
  constructor(
    private readonly transactions: Transactions,
    private readonly messages: MessageWriter,
    private readonly clock: Clock,
  ) {}

  /** Whether there was anything to do. An order that somebody changes at this moment is left to the next run. */
  async repair(reconciliation: Reconciliation, look: Look): Promise<boolean> {
    const repairs = new Set(look.differences.map((difference) => repairOf(difference, look.ledger).kind));
    const { ledger } = look;
    const mended = ledger && this.mended(reconciliation, { ...look, ledger }, repairs);
    if (!mended) return false;
    try {
      await this.commit(reconciliation, ledger, mended, [...repairs]);
      return true;
    } catch (thrown) {
      const fault = faultOf(thrown);
      if (fault.kind === 'conflict') return false;
      throw fault;
    }
  }

  private mended(
    { id }: Reconciliation,
    look: Look & { readonly ledger: TrackedOrder },
    repairs: ReadonlySet<Repair['kind']>,
  ): Mended | undefined {
    const { ledger } = look;
    if (repairs.has('place-again') && isAtOms(ledger)) {
      return { tracked: orderLost(ledger), message: this.about('order.lost.v1', ledger) };
    }
    if (!repairs.has('pull') && !repairs.has('re-send')) return undefined;
    const learnt = { ...look, recordedAt: instantOf(this.clock.now()), sourceMessage: `reconciliation ${id}` };
    const tracked = repairs.has('pull') ? pulled(ledger, learnt) : ledger;
    return { tracked, message: this.about('order.projection-doubted.v1', ledger) };
  }

  private about(name: 'order.lost.v1' | 'order.projection-doubted.v1', { order }: TrackedOrder): Message {
    const { site, number } = order.terms;
    const cause = { traceparent: currentTraceparent() };
    return this.messages.write(name, { key: number, site, body: { site, orderNumber: number }, cause });
  }

  private commit(
    { id }: Reconciliation,
    before: TrackedOrder,
    { tracked, message }: Mended,
    repairs: readonly Repair['kind'][],
  ): Promise<void> {
    const { site, number } = before.order.terms;
    const details = { reconciliation: id, repairs: repairs.join(', ') };
    return this.transactions.run(async (tx) => {
      if (tracked !== before) await tx.orders.save([tracked]);
      await tx.audit.note([
        {
          action: 'order.reconciled',
          subject: orderKey(site, number),
          actor: 'tandem',
          messageId: message.id,
          details,
        },
      ]);
      await tx.send([message]);
    });
  }
}

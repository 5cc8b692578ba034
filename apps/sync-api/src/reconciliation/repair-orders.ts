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
import { Transactions, type AuditEntry } from '../platform/transactions.js';
import type { Look } from './compare-orders.js';

/** What is kept of an order for its repair, and what is said to whoever carries it on. */
interface Mended {
  readonly before: TrackedOrder;
  readonly tracked: TrackedOrder;
  readonly message: Message;
  readonly repairs: readonly Repair['kind'][];
}

/** Begins the least that makes the differences of orders go. The CRM and the OMS are written to by the lanes of the orders alone. */
@Injectable()
export class RepairOrders {
  constructor(
    private readonly transactions: Transactions,
    private readonly messages: MessageWriter,
    private readonly clock: Clock,
  ) {}

  /** Yields how many it began to repair. One that somebody changes at this moment is left to the next run. */
  async repair(reconciliation: Reconciliation, looks: readonly Look[]): Promise<number> {
    const mended = looks.flatMap((look) => this.mended(reconciliation, look) ?? []);
    if (mended.length === 0) return 0;
    if (await this.isKept(reconciliation, mended)) return mended.length;
    let kept = 0;
    for (const one of mended) if (await this.isKept(reconciliation, [one])) kept += 1;
    return kept;
  }

  private mended({ id }: Reconciliation, look: Look): Mended | undefined {
    const { ledger } = look;
    if (!ledger) return undefined;
    const repairs = new Set(look.differences.map((difference) => repairOf(difference, ledger).kind));
    const own = { before: ledger, repairs: [...repairs] };
    if (repairs.has('place-again') && isAtOms(ledger)) {
      return { ...own, tracked: orderLost(ledger), message: this.about('order.lost.v1', ledger) };
    }
    if (!repairs.has('pull') && !repairs.has('re-send')) return undefined;
    const learnt = { ...look, recordedAt: instantOf(this.clock.now()), sourceMessage: `reconciliation ${id}` };
    const tracked = repairs.has('pull') ? pulled(ledger, learnt) : ledger;
    return { ...own, tracked, message: this.about('order.projection-doubted.v1', ledger) };
  }

  private about(name: 'order.lost.v1' | 'order.projection-doubted.v1', { order }: TrackedOrder): Message {
    const { site, number } = order.terms;
    const cause = { traceparent: currentTraceparent() };
    return this.messages.write(name, { key: number, site, body: { site, orderNumber: number }, cause });
  }

  /** All of them or, where one has changed meanwhile, none. */
  private async isKept(reconciliation: Reconciliation, mended: readonly Mended[]): Promise<boolean> {
    try {
      await this.transactions.run(async (tx) => {
        const changed = mended.filter(({ before, tracked }) => tracked !== before);
        await tx.orders.save(changed.map(({ tracked }) => tracked));
        await tx.audit.note(mended.map((one) => reconciled(reconciliation, one)));
        await tx.send(mended.map(({ message }) => message));
      });
      return true;
    } catch (thrown) {
      const fault = faultOf(thrown);
      if (fault.kind === 'conflict') return false;
      throw fault;
    }
  }
}

const reconciled = ({ id }: Reconciliation, { before: { order }, message, repairs }: Mended): AuditEntry => ({
  ...{ action: 'order.reconciled', actor: 'tandem', messageId: message.id },
  subject: orderKey(order.terms.site, order.terms.number),
  details: { reconciliation: id, repairs: repairs.join(', ') },
});

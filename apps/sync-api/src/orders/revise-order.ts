import {
  isAtOms,
  OmsOrderChanges,
  orderKey,
  OrderLedger,
  orderNumber,
  orderRevised,
  revisionBegun,
  revisionRefused,
  revisionSent,
  siteId,
  Sites,
  TransientFault,
  type PendingRevision,
  type PlacedOrder,
} from '@tandem/domain';
import { causedBy, MessageWriter, type Message } from '@tandem/messaging';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { siteNamed } from '../platform/site-named.js';
import { Transactions } from '../platform/transactions.js';
import { editRefused, notPlacedYet, orderNotKept } from './order-faults.js';
import { WantedEdit } from './wanted-edit.js';

/** Tells the OMS what of a placed order is otherwise in the CRM by now: only that, and once. */
export class ReviseOrder extends Command<void> {
  constructor(readonly message: Message<'order.revision-requested.v1'>) {
    super();
  }
}

@CommandHandler(ReviseOrder)
export class ReviseOrderHandler implements ICommandHandler<ReviseOrder> {
  constructor(
    private readonly sites: Sites,
    private readonly ledger: OrderLedger,
    private readonly edits: WantedEdit,
    private readonly oms: OmsOrderChanges,
    private readonly transactions: Transactions,
    private readonly messages: MessageWriter,
  ) {}

  async execute({ message }: ReviseOrder): Promise<void> {
    const { site: id, orderNumber: number } = message.body;
    const site = siteNamed(this.sites, siteId(id));
    const known = await this.ledger.find(site.id, orderNumber(number));
    if (!known) throw orderNotKept(id, number);
    if (!isAtOms(known)) throw notPlacedYet(id, number);
    // One that was begun and not ended, by us or by a replica that died, goes first, as it was.
    const settled = known.order.pending ? await this.carryOut(message, known, known.order.pending) : known;
    const wanted = await this.edits.of(site, settled);
    // Committed before the OMS is told.
    if (wanted) await this.carryOut(message, await this.save(revisionBegun(settled, wanted)), wanted);
    await this.transactions.run((tx) => tx.claim('orders.place-order', [message.id]));
  }

  private async carryOut(
    message: ReviseOrder['message'],
    tracked: PlacedOrder,
    pending: PendingRevision,
  ): Promise<PlacedOrder> {
    const site = siteNamed(this.sites, tracked.order.terms.site);
    const answer = await this.oms.revise(site, revisionSent(tracked, pending));
    if (answer.kind === 'requested') {
      throw new TransientFault(
        'orders.revision_under_way',
        'The OMS has passed the revision on and has no answer yet.',
      );
    }
    if (answer.kind === 'refused') {
      await this.save(revisionRefused(tracked));
      throw editRefused(tracked, answer.violations);
    }
    return this.commit(message, tracked, orderRevised(tracked, pending, answer.order.at), pending);
  }

  private async commit(
    message: ReviseOrder['message'],
    before: PlacedOrder,
    revised: PlacedOrder,
    { changes }: PendingRevision,
  ): Promise<PlacedOrder> {
    const { site, number } = revised.order.terms;
    await this.transactions.run(async (tx) => {
      const cause = causedBy(message);
      const subject = orderKey(site, number);
      const details = { changed: Object.keys(changes).join(', ') };
      await tx.orders.save([revised]);
      await tx.audit.note([
        { action: 'order.revised', subject, actor: 'tandem', messageId: message.id, details, ...cause },
      ]);
      if (revised.version === before.version) return;
      const body = { site, orderNumber: number, version: revised.version };
      await tx.send([this.messages.write('order.revised.v1', { key: number, site, body, cause })]);
    });
    return { ...revised, revision: revised.revision + 1 };
  }

  private async save(tracked: PlacedOrder): Promise<PlacedOrder> {
    await this.transactions.run((tx) => tx.orders.save([tracked]));
    return { ...tracked, revision: tracked.revision + 1 };
  }
}

import { crmOrderId, OrderLedger, Sites } from '@tandem/domain';
import { MessageWriter, type Message } from '@tandem/messaging';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Transactions } from '../platform/transactions.js';
import { revisionRequest } from './revision-request.js';

/** An order of the CRM is not as it was: whether the OMS is to be told is found out where it is placed. */
export class FollowOrder extends Command<void> {
  constructor(readonly message: Message<'crm-order.changed.v1'>) {
    super();
  }
}

@CommandHandler(FollowOrder)
export class FollowOrderHandler implements ICommandHandler<FollowOrder> {
  constructor(
    private readonly sites: Sites,
    private readonly ledger: OrderLedger,
    private readonly transactions: Transactions,
    private readonly messages: MessageWriter,
  ) {}

  async execute({ message }: FollowOrder): Promise<void> {
    const { org, recordId, change } = message.body;
    const known = change === 'deleted' ? [] : await this.ledger.findByCrm(crmOrderId(recordId));
    const ours = known.filter(({ order }) => this.sites.find(order.terms.site)?.crmOrg === org);
    await this.transactions.run(async (tx) => {
      if ((await tx.claim('orders.submit-order', [message.id])).size === 0) return;
      await tx.send(ours.map((order) => revisionRequest(this.messages, order, message)));
    });
  }
}

import {
  Clock,
  CrmProjections,
  crmOrderId,
  crmOrgName,
  crmRecordId,
  instantOf,
  ORDER_NEVER_SENT,
  OrderLedger,
  refusedUnread,
  Sites,
  type TrackedOrder,
} from '@tandem/domain';
import { causedBy, MessageWriter, type Message } from '@tandem/messaging';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Transactions } from '../platform/transactions.js';

/** An agent asks for something: passed on to the lane of the order, or refused where we know no such order. */
export class TakeRequest extends Command<void> {
  constructor(readonly message: Message<'agent-action.asked.v1'>) {
    super();
  }
}

@CommandHandler(TakeRequest)
export class TakeRequestHandler implements ICommandHandler<TakeRequest> {
  constructor(
    private readonly sites: Sites,
    private readonly ledger: OrderLedger,
    private readonly crm: CrmProjections,
    private readonly transactions: Transactions,
    private readonly messages: MessageWriter,
    private readonly clock: Clock,
  ) {}

  async execute({ message }: TakeRequest): Promise<void> {
    const { org, requestId, crmOrderId: id } = message.body;
    const known = await this.ledger.findByCrm(crmOrderId(id));
    const ours = known.find(({ order }) => this.sites.find(order.terms.site)?.crmOrg === org);
    if (!ours) await this.refuse(message);
    await this.transactions.run(async (tx) => {
      if ((await tx.claim('orders.submit-order', [message.id])).size === 0) return;
      if (ours) return tx.send([this.passedOn(ours, message)]);
      const details = { request: requestId, rule: ORDER_NEVER_SENT.rule };
      await tx.audit.note([
        {
          action: 'request.refused',
          subject: id,
          actor: 'tandem',
          messageId: message.id,
          details,
          ...causedBy(message),
        },
      ]);
    });
  }

  private passedOn({ order: { terms } }: TrackedOrder, cause: TakeRequest['message']): Message {
    const { site, number } = terms;
    const body = { site, orderNumber: number, requestId: cause.body.requestId };
    return this.messages.write('order.action-requested.v1', { key: number, site, body, cause: causedBy(cause) });
  }

  /** No order of ours shows it, so that the answer is written by itself. */
  private async refuse({ body: { org, requestId, crmOrderId: id } }: TakeRequest['message']): Promise<void> {
    const change = refusedUnread(crmRecordId(requestId), crmOrderId(id), instantOf(this.clock.now()));
    const [outcome] = await this.crm.write(crmOrgName(org), [change]);
    if (outcome?.kind === 'failed') throw outcome.fault;
  }
}

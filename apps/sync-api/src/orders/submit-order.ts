import {
  acceptOrder,
  Clock,
  CrmOrders,
  crmOrderId,
  CustomerLedger,
  customerNeeded,
  decideSubmission,
  instantOf,
  orderKey,
  OrderLedger,
  PermanentFault,
  siteId,
  Sites,
  type AcceptedOrder,
  type SiteProfile,
} from '@tandem/domain';
import { causedBy, MessageWriter, type MessageOn, type Message } from '@tandem/messaging';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { siteNamed } from '../platform/site-named.js';
import { Transactions } from '../platform/transactions.js';
import { orderUnknown } from './order-faults.js';

/** Reads an order from the CRM, and takes it on or refuses it with reasons. */
export class SubmitOrder extends Command<void> {
  constructor(readonly message: Message<MessageOn<'orders.submit-order'>>) {
    super();
  }
}

@CommandHandler(SubmitOrder)
export class SubmitOrderHandler implements ICommandHandler<SubmitOrder> {
  constructor(
    private readonly sites: Sites,
    private readonly crm: CrmOrders,
    private readonly ledger: OrderLedger,
    private readonly customers: CustomerLedger,
    private readonly transactions: Transactions,
    private readonly messages: MessageWriter,
    private readonly clock: Clock,
  ) {}

  async execute({ message }: SubmitOrder): Promise<void> {
    const site = siteNamed(this.sites, siteId(message.body.site));
    const order = await this.accepted(site, message.body.crmOrderId);
    const { number } = order.terms;
    const known = await this.ledger.find(site.id, number);
    const submission = decideSubmission(order, known);
    const next = await this.next(message, order, site);

    await this.transactions.run(async (tx) => {
      if ((await tx.claim('orders.submit-order', [message.id])).size === 0) return;
      const subject = orderKey(site.id, number);
      await tx.audit.note([
        { action: submission.kind, subject, actor: 'tandem', messageId: message.id, ...causedBy(message) },
      ]);
      if (submission.kind === 'order.submission-ignored') return;
      await tx.orders.save([submission.order]);
      await tx.send([next]);
    });
  }

  /** The order may be placed, or the OMS must learn of its customer first. */
  private async next(cause: SubmitOrder['message'], { terms }: AcceptedOrder, profile: SiteProfile): Promise<Message> {
    const { site, number: orderNumber, customer } = terms;
    const parts = { site, cause: causedBy(cause) };
    const known = customer.kind === 'guest' ? [] : await this.customers.findByKey([customer.key]);
    const needed = customerNeeded(
      customer,
      known.find(({ organization }) => organization === profile.oms.organization),
    );
    return needed
      ? this.messages.write('customer.needed.v1', {
          ...parts,
          key: needed.key,
          body: { site, customerKey: needed.key, orderNumber },
        })
      : this.messages.write('order.accepted.v1', { ...parts, key: orderNumber, body: { site, orderNumber } });
  }

  private async accepted(site: SiteProfile, id: string): Promise<AcceptedOrder> {
    const captured = await this.crm.read(site, crmOrderId(id));
    if (!captured) throw orderUnknown(site, id);
    const acceptance = acceptOrder(captured, site, instantOf(this.clock.now()));
    if (acceptance.kind === 'accepted') return acceptance.order;
    throw new PermanentFault(
      'order.refused',
      `The order cannot be taken on: ${acceptance.violations.map((one) => one.sentence).join(' ')}`,
      {
        violations: acceptance.violations,
        context: { site: site.id, crmOrderId: id },
      },
    );
  }
}

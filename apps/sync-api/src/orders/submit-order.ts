import {
  acceptOrder,
  Clock,
  CrmOrders,
  crmOrderId,
  CustomerLedger,
  customerNeeded,
  decideSubmission,
  instantOf,
  isAtOms,
  orderKey,
  OrderLedger,
  PermanentFault,
  siteId,
  Sites,
  type AcceptedOrder,
  type SiteProfile,
  type TrackedOrder,
} from '@tandem/domain';
import { causedBy, MessageWriter, type Message } from '@tandem/messaging';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { siteNamed } from '../platform/site-named.js';
import { Transactions } from '../platform/transactions.js';
import { orderUnknown } from './order-faults.js';
import { revisionRequest } from './revision-request.js';

/** Reads an order from the CRM, and takes it on or refuses it with reasons. */
export class SubmitOrder extends Command<void> {
  constructor(readonly message: Message<'order.submission-requested.v1'>) {
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
    const placed = await this.placed(site, message.body.crmOrderId);
    const tracked = placed ?? (await this.submitted(site, message.body.crmOrderId));
    const next = placed ? revisionRequest(this.messages, placed, message) : await this.next(message, tracked, site);

    await this.transactions.run(async (tx) => {
      if ((await tx.claim('orders.submit-order', [message.id])).size === 0) return;
      const { terms } = tracked.order;
      const subject = orderKey(terms.site, terms.number);
      const action = placed ? 'order.submitted-again' : 'order.accepted';
      await tx.audit.note([{ action, subject, actor: 'tandem', messageId: message.id, ...causedBy(message) }]);
      if (!placed) await tx.orders.save([tracked]);
      await tx.send([next]);
    });
  }

  /** The OMS holds it already: submitting it again passes on what was edited since. */
  private async placed(site: SiteProfile, id: string): Promise<TrackedOrder | undefined> {
    const known = await this.ledger.findByCrm(crmOrderId(id));
    return known.find((tracked) => tracked.order.terms.site === site.id && isAtOms(tracked));
  }

  private async submitted(site: SiteProfile, id: string): Promise<TrackedOrder> {
    const order = await this.accepted(site, id);
    return decideSubmission(order, await this.ledger.find(site.id, order.terms.number));
  }

  /** The order may be placed, or the OMS must learn of its customer first. */
  private async next(cause: SubmitOrder['message'], { order }: TrackedOrder, profile: SiteProfile): Promise<Message> {
    const { site, number: orderNumber, customer } = order.terms;
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

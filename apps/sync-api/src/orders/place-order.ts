import {
  Clock,
  instantOf,
  OmsOrders,
  orderKey,
  OrderLedger,
  orderNumber,
  orderPlaced,
  PermanentFault,
  siteId,
  Sites,
  type OmsAnswer,
  type OmsOrderId,
  type TrackedOrder,
} from '@tandem/domain';
import { causedBy, MessageWriter, type Message } from '@tandem/messaging';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { siteNamed } from '../platform/site-named.js';
import { Transactions } from '../platform/transactions.js';
import { orderNotKept } from './order-faults.js';

/** Places an accepted order at the OMS, which knows its customer by now. */
export class PlaceOrder extends Command<void> {
  constructor(readonly message: Message<'order.accepted.v1' | 'customer.ready.v1' | 'order.lost.v1'>) {
    super();
  }
}

@CommandHandler(PlaceOrder)
export class PlaceOrderHandler implements ICommandHandler<PlaceOrder> {
  constructor(
    private readonly sites: Sites,
    private readonly ledger: OrderLedger,
    private readonly oms: OmsOrders,
    private readonly transactions: Transactions,
    private readonly messages: MessageWriter,
    private readonly clock: Clock,
  ) {}

  async execute({ message }: PlaceOrder): Promise<void> {
    const { site, orderNumber: number } = message.body;
    const known = await this.ledger.find(siteId(site), orderNumber(number));
    if (!known) throw orderNotKept(site, number);
    const reference = known.order.state === 'submitted' ? known.order.omsOrderId : await this.place(known);
    const placed = orderPlaced(known, reference, instantOf(this.clock.now()));
    await this.commit(message, known, placed, reference);
  }

  private async place({ order: { terms } }: TrackedOrder): Promise<OmsOrderId> {
    const site = siteNamed(this.sites, terms.site);
    const answer = await this.oms.place(site, terms);
    if (answer.kind === 'refused') throw refusedByOms(answer);
    return answer.omsOrderId;
  }

  private async commit(
    message: PlaceOrder['message'],
    known: TrackedOrder,
    placed: TrackedOrder,
    reference: OmsOrderId,
  ): Promise<void> {
    const { site, number } = known.order.terms;
    await this.transactions.run(async (tx) => {
      if ((await tx.claim('orders.place-order', [message.id])).size === 0 || placed === known) return;
      const cause = causedBy(message);
      await tx.orders.save([placed]);
      await tx.audit.note([
        {
          action: 'order.submitted',
          subject: orderKey(site, number),
          actor: 'tandem',
          messageId: message.id,
          ...cause,
        },
      ]);
      const body = { site, orderNumber: number, omsOrderId: reference };
      await tx.send([this.messages.write('order.submitted.v1', { key: number, site, body, cause })]);
    });
  }
}

const refusedByOms = ({ violations }: Extract<OmsAnswer, { kind: 'refused' }>) =>
  new PermanentFault(
    'oms.order_refused',
    `The OMS refuses the order: ${violations.map((one) => one.sentence).join(' ')}`,
    { violations },
  );

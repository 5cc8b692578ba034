import {
  actionSent,
  answerOf,
  Clock,
  CrmAgentRequests,
  crmRecordId,
  decideRequest,
  instantOf,
  isAnswered,
  isAtOms,
  OmsOrderChanges,
  orderKey,
  OrderLedger,
  orderNumber,
  refusalOf,
  requestAnswered,
  requestBegun,
  siteId,
  Sites,
  type AnsweredRequest,
  type BegunRequest,
  type PlacedOrder,
  type SiteProfile,
} from '@tandem/domain';
import { causedBy, MessageWriter, type Message } from '@tandem/messaging';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { siteNamed } from '../platform/site-named.js';
import { Transactions } from '../platform/transactions.js';
import { notPlacedYet, orderNotKept, requestUnknown } from './order-faults.js';

/** Has done at the OMS what an agent asked for, once, and keeps the answer; the projection of the order shows it. */
export class CarryOutRequest extends Command<void> {
  constructor(readonly message: Message<'order.action-requested.v1'>) {
    super();
  }
}

@CommandHandler(CarryOutRequest)
export class CarryOutRequestHandler implements ICommandHandler<CarryOutRequest> {
  constructor(
    private readonly sites: Sites,
    private readonly ledger: OrderLedger,
    private readonly requests: CrmAgentRequests,
    private readonly oms: OmsOrderChanges,
    private readonly transactions: Transactions,
    private readonly messages: MessageWriter,
    private readonly clock: Clock,
  ) {}

  async execute({ message }: CarryOutRequest): Promise<void> {
    const { site: id, orderNumber: number, requestId } = message.body;
    const site = siteNamed(this.sites, siteId(id));
    const known = await this.ledger.find(site.id, orderNumber(number));
    if (!known) throw orderNotKept(id, number);
    if (!isAtOms(known)) throw notPlacedYet(id, number);
    const request = crmRecordId(requestId);
    if (isAnswered(known, request)) {
      await this.transactions.run((tx) => tx.claim('orders.place-order', [message.id]));
      return;
    }
    // One that was begun, by us or by a replica that died, is told the OMS as it was.
    const { begun } = known.order;
    if (begun?.id === request) return this.carryOut(message, site, known, begun);
    const ask = await this.requests.read(site.crmOrg, request);
    if (!ask) throw requestUnknown(site, requestId);
    const decision = decideRequest(known, ask, site);
    if (decision.kind === 'refuse') {
      return this.commit(message, known, refusalOf(request, decision.violations, instantOf(this.clock.now())));
    }
    const next = { id: request, action: decision.action };
    // Committed before the OMS is told.
    return this.carryOut(message, site, await this.save(requestBegun(known, next)), next);
  }

  private async carryOut(
    message: CarryOutRequest['message'],
    site: SiteProfile,
    tracked: PlacedOrder,
    begun: BegunRequest,
  ): Promise<void> {
    const answer = await actionSent(this.oms, site, tracked, begun.action);
    await this.commit(message, tracked, answerOf(tracked, begun, answer, instantOf(this.clock.now())));
  }

  private async commit(
    message: CarryOutRequest['message'],
    before: PlacedOrder,
    answered: AnsweredRequest,
  ): Promise<void> {
    const tracked = requestAnswered(before, answered);
    const { site, number } = tracked.order.terms;
    await this.transactions.run(async (tx) => {
      if ((await tx.claim('orders.place-order', [message.id])).size === 0) return;
      const cause = causedBy(message);
      const subject = orderKey(site, number);
      const { begun } = before.order;
      const details = { request: answered.id, ...(begun && { asked: begun.action.kind }) };
      await tx.orders.save([tracked]);
      await tx.audit.note([
        { action: `request.${answered.answer}`, subject, actor: 'agent', messageId: message.id, details, ...cause },
      ]);
      const body = { site, orderNumber: number, version: tracked.version };
      await tx.send([this.messages.write('order.action-answered.v1', { key: number, site, body, cause })]);
    });
  }

  private async save(tracked: PlacedOrder): Promise<PlacedOrder> {
    await this.transactions.run((tx) => tx.orders.save([tracked]));
    return { ...tracked, revision: tracked.revision + 1 };
  }
}

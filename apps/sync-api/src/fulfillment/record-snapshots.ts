import {
  Clock,
  faultOf,
  instantOf,
  OmsOrderFeed,
  omsOrganization,
  OrderLedger,
  orderNumber,
  Sites,
  snapshotPublished,
  type FeedDelivery,
  type TrackedOrder,
} from '@tandem/domain';
import { causedBy, done, failed, MessageWriter, type Message, type MessageOn, type Outcome } from '@tandem/messaging';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Archive } from '../platform/archive.js';
import { siteNamed } from '../platform/site-named.js';
import { Transactions } from '../platform/transactions.js';
import { messageGone, orderUnknownToUs } from './fulfillment-faults.js';

type PublishMessage = Message<MessageOn<'fulfillment.record-snapshot'>>;

/** Takes publishes of the OMS into the lives of their orders. One outcome for each message, in their order. */
export class RecordSnapshots extends Command<readonly Outcome[]> {
  constructor(readonly messages: readonly PublishMessage[]) {
    super();
  }
}

/** The orders of a batch while its snapshots are taken in, and who moved each last. */
interface Progress {
  readonly tracked: TrackedOrder;
  readonly versionBefore: number;
  readonly movedBy: PublishMessage | undefined;
}

@CommandHandler(RecordSnapshots)
export class RecordSnapshotsHandler implements ICommandHandler<RecordSnapshots> {
  constructor(
    private readonly sites: Sites,
    private readonly archive: Archive,
    private readonly feed: OmsOrderFeed,
    private readonly ledger: OrderLedger,
    private readonly transactions: Transactions,
    private readonly messages: MessageWriter,
    private readonly clock: Clock,
  ) {}

  async execute({ messages }: RecordSnapshots): Promise<readonly Outcome[]> {
    const [bodies, orders] = await Promise.all([
      this.archive.read(messages.map((message) => message.body.archiveId)),
      this.load(messages),
    ]);
    const outcomes = messages.map((message) => this.take(message, bodies.get(message.body.archiveId), orders));
    const settled = messages.filter((_, index) => outcomes[index]?.kind === 'done');

    await this.transactions.run(async (tx) => {
      await tx.claim(
        'fulfillment.record-snapshot',
        settled.map((message) => message.id),
      );
      const moved = [...orders.values()].filter(({ movedBy }) => movedBy !== undefined);
      await tx.orders.save(moved.map(({ tracked }) => tracked));
      await tx.send(moved.flatMap((progress) => this.projectionChanged(progress)));
    });
    return outcomes;
  }

  /** By the name that the OMS gives the order. */
  private async load(messages: readonly PublishMessage[]): Promise<Map<string, Progress>> {
    const named = new Map(messages.map((message) => [nameOf(message.body), message.body]));
    const orders = await this.ledger.findByOms(
      [...named.values()].map((body) => ({
        organization: omsOrganization(body.organization),
        number: orderNumber(body.orderNumber),
      })),
    );
    return new Map(
      orders.map((tracked) => {
        const { site, number } = tracked.order.terms;
        const { organization } = siteNamed(this.sites, site).oms;
        return [
          nameOf({ organization, orderNumber: number }),
          { tracked, versionBefore: tracked.version, movedBy: undefined },
        ];
      }),
    );
  }

  private take(message: PublishMessage, archived: FeedDelivery | undefined, orders: Map<string, Progress>): Outcome {
    try {
      if (!archived) throw messageGone(message.body.archiveId);
      const name = nameOf(message.body);
      const progress = orders.get(name);
      if (!progress) throw orderUnknownToUs(message.body.organization, message.body.orderNumber);
      const snapshot = this.feed.snapshot(archived, message.body.position);
      const arrival = { recordedAt: instantOf(this.clock.now()), sourceMessage: message.id };
      const { tracked } = snapshotPublished(progress.tracked, snapshot, arrival);
      if (tracked !== progress.tracked) orders.set(name, { ...progress, tracked, movedBy: message });
      return done;
    } catch (thrown) {
      return failed(faultOf(thrown));
    }
  }

  private projectionChanged({ tracked, versionBefore, movedBy }: Progress): readonly Message[] {
    if (!movedBy || tracked.version === versionBefore) return [];
    const { site, number } = tracked.order.terms;
    const body = { site, orderNumber: number, version: tracked.version };
    return [this.messages.write('order.projection-changed.v1', { key: number, site, body, cause: causedBy(movedBy) })];
  }
}

const nameOf = (order: { readonly organization: string; readonly orderNumber: string }) =>
  `${order.organization}:${order.orderNumber}`;

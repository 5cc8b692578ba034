import {
  Clock,
  faultOf,
  instantOf,
  OmsOrderFeed,
  omsOrganization,
  OrderLedger,
  orderNumber,
  returnPublished,
  Sites,
  snapshotPublished,
  type FeedDelivery,
  type SyncFault,
  type TrackedOrder,
} from '@tandem/domain';
import { causedBy, done, failed, MessageWriter, type Message, type MessageOn, type Outcome } from '@tandem/messaging';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Archive } from '../platform/archive.js';
import { inParts } from '../platform/in-parts.js';
import { siteNamed } from '../platform/site-named.js';
import { Transactions } from '../platform/transactions.js';
import { messageGone, orderUnknownToUs } from './fulfillment-faults.js';

const BODIES_TOGETHER = 25;

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

interface OmsName {
  readonly organization: string;
  readonly orderNumber: string;
}

/** What a publish says, and of which orders. */
interface News {
  readonly message: PublishMessage;
  readonly about: readonly OmsName[];
  readonly applied: (tracked: TrackedOrder) => TrackedOrder;
  /** Why it could not be read. */
  readonly fault?: SyncFault;
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
    const told = await this.read(messages);
    const orders = await this.load(told.flatMap(({ about }) => about));
    const outcomes = told.map((news) => this.take(news, orders));
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

  /** Bodies may be large: few at a time, and only what they say stays. */
  private async read(messages: readonly PublishMessage[]): Promise<readonly News[]> {
    const told: News[] = [];
    for await (const part of inParts(messages, BODIES_TOGETHER)) {
      const bodies = await this.archive.read(part.map(({ body }) => body.archiveId));
      told.push(...part.map((message) => this.open(message, bodies.get(message.body.archiveId))));
    }
    return told;
  }

  /** By the name that the OMS gives the order. */
  private async load(about: readonly OmsName[]): Promise<Map<string, Progress>> {
    const named = new Map(about.map((order) => [nameOf(order), order]));
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

  /** A return is told by its own number, and belongs to the orders that it takes back from. */
  private open(message: PublishMessage, archived: FeedDelivery | undefined): News {
    const { organization, archiveId, position } = message.body;
    try {
      if (!archived) throw messageGone(archiveId);
      const returned = this.feed.returned(archived, position);
      const parents = new Set(returned?.lines.map(({ parent }) => parent));
      const about = [...parents].map((parent) => ({ organization, orderNumber: parent }));
      const recordedAt = instantOf(this.clock.now());
      if (returned) return { message, about, applied: (tracked) => returnPublished(tracked, returned, recordedAt) };
      const arrival = { recordedAt, sourceMessage: message.id };
      const snapshot = once(() => this.feed.snapshot(archived, position));
      const applied = (tracked: TrackedOrder) => snapshotPublished(tracked, snapshot(), arrival).tracked;
      return { message, about: [message.body], applied };
    } catch (thrown) {
      return { message, about: [], applied: (tracked) => tracked, fault: faultOf(thrown) };
    }
  }

  private take({ message, about, applied, fault }: News, orders: Map<string, Progress>): Outcome {
    if (fault) return failed(fault);
    try {
      const moved = about.map((order) => {
        const progress = orders.get(nameOf(order));
        if (!progress) throw orderUnknownToUs(order.organization, order.orderNumber);
        return { name: nameOf(order), progress, tracked: applied(progress.tracked) };
      });
      for (const { name, progress, tracked } of moved) {
        if (tracked !== progress.tracked) orders.set(name, { ...progress, tracked, movedBy: message });
      }
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

/** Done at once; what it yielded, or threw, comes when it is asked for. */
function once<T>(work: () => T): () => T {
  try {
    const value = work();
    return () => value;
  } catch (thrown) {
    return () => {
      throw thrown;
    };
  }
}

const nameOf = (order: OmsName) => `${order.organization}:${order.orderNumber}`;

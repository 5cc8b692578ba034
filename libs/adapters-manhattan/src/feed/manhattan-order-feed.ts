import {
  Defect,
  OmsOrderFeed,
  orderNumber,
  type FeedDelivery,
  type FeedEnvelope,
  type OrderSnapshot,
  type ReturnSnapshot,
} from '@tandem/domain';
import { openMessage, type OpenedMessage, type Publish } from './message-layers.js';
import { returnSnapshotOf } from '../returns/return-snapshot.js';
import { momentOf, MOMENT_SOURCES, organizationOf, snapshotOf, type MomentSource } from './order-snapshot.js';
import { withoutTokens } from './secrets.js';
import { StatusLadder, type StatusOverrides } from './status-ladder.js';

export interface OrderFeedOptions {
  /** Stages of the tenant's own statuses, such as `{ '2000.100': 'allocated' }`. */
  readonly statuses?: StatusOverrides;
  /** Where the moment of a snapshot is read, first found first taken. */
  readonly momentSources?: readonly MomentSource[];
}

/** Order publishes of the OMS (§7.2, §7.3), single or consolidated, bare or wrapped. */
export class ManhattanOrderFeed extends OmsOrderFeed {
  private readonly ladder: StatusLadder;
  private readonly momentSources: readonly MomentSource[];
  /** A consolidated body holds up to fifty orders and would be parsed for each of them. */
  private readonly opened = new WeakMap<FeedDelivery, OpenedMessage>();

  constructor(options: OrderFeedOptions = {}) {
    super();
    this.ladder = new StatusLadder(options.statuses);
    this.momentSources = options.momentSources ?? MOMENT_SOURCES;
  }

  override open(delivery: FeedDelivery): FeedEnvelope {
    const { messageId, publishes } = this.messageOf(delivery);
    const orders = publishes.map((publish) => ({
      organization: organizationOf(publish),
      orderNumber: orderNumber(publish.order.requiredText('OrderId')),
    }));
    return { messageId, orders };
  }

  override keepable({ body }: FeedDelivery): Uint8Array {
    return withoutTokens(body);
  }

  override returned(delivery: FeedDelivery, position: number): ReturnSnapshot | undefined {
    const publish = this.publishAt(delivery, position);
    return returnSnapshotOf(publish.order, momentOf(publish, this.momentSources), this.ladder);
  }

  override snapshot(delivery: FeedDelivery, position: number): OrderSnapshot {
    return snapshotOf(this.publishAt(delivery, position), this.ladder, this.momentSources);
  }

  private publishAt(delivery: FeedDelivery, position: number): Publish {
    const publish = this.messageOf(delivery).publishes[position];
    if (!publish)
      throw new Defect('A message was asked for an order that it does not hold.', { context: { position } });
    return publish;
  }

  private messageOf(delivery: FeedDelivery): OpenedMessage {
    const known = this.opened.get(delivery);
    if (known) return known;
    const message = openMessage(delivery);
    this.opened.set(delivery, message);
    return message;
  }
}

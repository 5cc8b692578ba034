import {
  Defect,
  OmsOrderFeed,
  orderNumber,
  type FeedDelivery,
  type FeedEnvelope,
  type OmsOrganization,
  type OrderSnapshot,
  type ReturnSnapshot,
} from '@tandem/domain';
import { openMessage, type OpenedMessage, type Publish } from './message-layers.js';
import { returnSnapshotOf } from '../returns/return-snapshot.js';
import { momentOf, MOMENT_SOURCES, organizationOf, snapshotOf, type MomentSource } from './order-snapshot.js';
import { withoutTokens } from './secrets.js';
import { StatusLadder, type StatusMaps } from './status-ladder.js';

export interface OrderFeedOptions {
  /** What an organization's own statuses stand for. */
  readonly statusMaps?: ReadonlyMap<OmsOrganization, StatusMaps>;
  /** Where the moment of a snapshot is read, first found first taken. */
  readonly momentSources?: readonly MomentSource[];
}

/** Order publishes of the OMS (§7.2, §7.3), single or consolidated, bare or wrapped. */
export class ManhattanOrderFeed extends OmsOrderFeed {
  private readonly ladders: ReadonlyMap<OmsOrganization, StatusLadder>;
  private readonly base = new StatusLadder();
  private readonly momentSources: readonly MomentSource[];
  /** A consolidated body holds up to fifty orders and would be parsed for each of them. */
  private readonly opened = new WeakMap<FeedDelivery, OpenedMessage>();

  constructor(options: OrderFeedOptions = {}) {
    super();
    const maps = [...(options.statusMaps ?? [])];
    this.ladders = new Map(maps.map(([organization, own]) => [organization, new StatusLadder(own)]));
    this.momentSources = options.momentSources ?? MOMENT_SOURCES;
  }

  /** Not kept: at a door, hundreds of bodies would stand in memory, parsed, for as long as their transaction takes. */
  override open(delivery: FeedDelivery): FeedEnvelope {
    const { messageId, publishes } = openMessage(delivery);
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
    return returnSnapshotOf(publish.order, momentOf(publish, this.momentSources), this.ladderOf(publish));
  }

  override snapshot(delivery: FeedDelivery, position: number): OrderSnapshot {
    const publish = this.publishAt(delivery, position);
    return snapshotOf(publish, this.ladderOf(publish), this.momentSources);
  }

  private ladderOf(publish: Publish): StatusLadder {
    return this.ladders.get(organizationOf(publish)) ?? this.base;
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

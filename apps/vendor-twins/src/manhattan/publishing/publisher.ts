import type { Chaos } from '../control/chaos.js';
import type { Caller } from '../wire/caller.js';
import { text, type JsonObject } from '../wire/json.js';
import { vendorTime } from '../wire/vendor-time.js';
import type { VirtualClock } from '../wire/virtual-clock.js';
import type { Broker } from '../pubsub/broker.js';
import { pubsubTarget } from '../pubsub/pubsub-target.js';
import { amqpTarget } from './amqp-target.js';
import { snapshot } from './change-log.js';
import { Consolidation } from './consolidation.js';
import { Courier } from './courier.js';
import { distort } from './distort.js';
import { httpTarget } from './http-target.js';
import { messageId, outboundMessage, renamed, type MessageKind, type OutboundMessage } from './message.js';
import type { AmqpTargetSettings, HttpTargetSettings, PubsubTargetSettings, Target } from './targets.js';

export interface PublishingSettings {
  http: HttpTargetSettings | null;
  amqp: AmqpTargetSettings | null;
  pubsub: PubsubTargetSettings | null;
  /** Group the snapshots of an order within `consolidationMs` into one list (§7.3). */
  consolidated: boolean;
  consolidationMs: number;
  /** Other names of message attributes; an empty one leaves the attribute out. */
  attributeNames: Record<string, string>;
}

const NOWHERE: PublishingSettings = {
  http: null,
  amqp: null,
  pubsub: null,
  consolidated: false,
  consolidationMs: 1_000,
  attributeNames: {},
};

/** How a tenant writes what leaves. */
interface TenantWording {
  spell: (document: JsonObject) => JsonObject;
  /** What of an order its publish template keeps (§7.3). */
  template: (order: JsonObject) => JsonObject;
}

/** Publishes snapshots as the vendor does: asynchronously, at least once, in no order (§7). */
export class Publisher {
  private settings = NOWHERE;
  private readonly couriers = new Map<string, Courier>();
  private retired = { delivered: 0 };
  private published = 0;
  private readonly consolidation = new Consolidation((caller, orders) => {
    this.send(caller, { data: orders, ConsolidatedPayload: true });
  });

  constructor(
    private readonly chaos: Chaos,
    private readonly clock: VirtualClock,
    private readonly broker: Broker,
    private readonly tenant: TenantWording,
  ) {}

  /** A target that stays keeps its undelivered messages; those of one that goes are lost, as with a deleted subscription. */
  async aim(settings: Partial<PublishingSettings>): Promise<void> {
    this.settings = { ...this.settings, ...settings };
    const { http, amqp, pubsub } = this.settings;
    const wanted = new Map<string, () => Target>();
    if (http) wanted.set(JSON.stringify(http), () => httpTarget(http));
    if (amqp) wanted.set(JSON.stringify(amqp), () => amqpTarget(amqp));
    if (pubsub) wanted.set(JSON.stringify(pubsub), () => pubsubTarget(pubsub, this.broker));
    const gone = [...this.couriers].filter(([key]) => !wanted.has(key));
    for (const [key, make] of wanted) if (!this.couriers.has(key)) this.couriers.set(key, new Courier(make()));
    for (const [key, courier] of gone) {
      this.couriers.delete(key);
      await courier.close();
      this.retired.delivered += courier.counters.delivered;
    }
  }

  /** One message per transaction; `before` is what the change log compares with. */
  publish(caller: Caller, before: JsonObject | undefined, order: JsonObject): void {
    if (this.couriers.size === 0) return;
    const document = distort(this.tenant.template(snapshot(before, order)), this.chaos.now);
    if (!this.settings.consolidated) return this.send(caller, document);
    const entry = { ...document, EventSubmitTimestamp: vendorTime(this.clock.now()) };
    this.consolidation.add(caller, text(order, 'OrderId') ?? '', entry, this.settings.consolidationMs);
  }

  /** A message that is no order: never consolidated, otherwise treated alike. */
  announce(caller: Caller, kind: MessageKind, payload: JsonObject): void {
    if (this.couriers.size > 0) this.send(caller, distort(payload, this.chaos.now), kind);
  }

  report() {
    const { http, amqp, pubsub, consolidated, consolidationMs, attributeNames } = this.settings;
    const counters = [...this.couriers.values()].map((courier) => courier.counters);
    return {
      http: http && { url: http.url, shape: http.shape },
      amqp: amqp && { queue: amqp.queue, shape: amqp.shape },
      pubsub,
      consolidated,
      consolidationMs,
      attributeNames,
      published: this.published,
      delivered: counters.reduce((total, { delivered }) => total + delivered, this.retired.delivered),
      pending: counters.reduce((total, { pending }) => total + pending, this.consolidation.waiting),
    };
  }

  async close(): Promise<void> {
    this.consolidation.clear();
    await this.aim(NOWHERE);
    this.published = 0;
    this.retired = { delivered: 0 };
  }

  /** Which switches a message that goes out now feels. */
  private distortions(): Record<string, boolean> {
    const { copies, shuffleWithinMs, delayMs, ...others } = this.chaos.now;
    const { unknownAttributes, withoutChangeLog, datesWithoutFraction } = others;
    const timed = { copies: copies > 1, shuffleWithinMs: shuffleWithinMs > 0, delayMs: delayMs > 0 };
    return { ...timed, unknownAttributes, withoutChangeLog, datesWithoutFraction };
  }

  private send(caller: Caller, payload: JsonObject, kind?: MessageKind): void {
    const now = this.clock.now();
    const { copies, shuffleWithinMs, delayMs } = this.chaos.now;
    const { random } = this.chaos;
    if (this.chaos.strikes('dropRatio')) return;
    const complete = outboundMessage(caller, messageId(random, now), this.tenant.spell(payload), now, kind);
    const message: OutboundMessage = renamed(complete, this.settings.attributeNames);
    for (const courier of this.couriers.values()) {
      for (let copy = 0; copy < copies; copy += 1) {
        this.published += 1;
        const shuffle = shuffleWithinMs > 0 ? random.next() * shuffleWithinMs : 0;
        courier.send(message, delayMs + shuffle);
      }
    }
    for (const [name, applies] of Object.entries(this.distortions())) if (applies) this.chaos.count(name);
  }
}

import type { Topic } from '../events/channels.js';
import type { Delivery } from '../events/event-log.js';
import { replayId, type PubsubApi } from './pubsub-api.js';
import type { ConsumerEvent } from './rpc-shapes.js';

/** At most so many events are owed at a time (§3.3). */
const mostPending = 100;
const largestResponseBytes = 3 * 1024 * 1024;

export interface Batch {
  events: readonly ConsumerEvent[];
  /** of the last event, or of a place behind everything when there was none */
  latestReplayId: Buffer;
  pendingNumRequested: number;
}

/**
 * Events of one topic from a place on, handed out as they are asked for: never more than is owed, an empty batch when
 * nothing came for as long as `keepaliveMs` says, and `idle` when nothing is owed for as long as `idleCloseMs` (§3.3).
 */
export class TopicReader {
  private pending = 0;
  private readonly waiting: ConsumerEvent[] = [];
  private timer: NodeJS.Timeout | undefined;
  private readonly stopListening: () => void;

  constructor(
    private readonly bus: PubsubApi,
    private readonly topic: Topic,
    private position: number,
    private readonly out: { deliver: (batch: Batch) => void; idle: () => void },
  ) {
    this.stopListening = bus.events.log.listen(() => this.pump());
  }

  request(count: number) {
    this.pending = Math.min(mostPending, this.pending + count);
    this.restartTimer();
    this.pump();
  }

  stop() {
    this.stopListening();
    clearTimeout(this.timer);
  }

  private pump() {
    while (this.pending > 0) {
      const events = this.nextEvents();
      const last = events.at(-1);
      if (!last) return;
      this.pending -= events.length;
      this.bus.delivered.events += events.length;
      this.restartTimer();
      this.out.deliver({ events, latestReplayId: last.replayId, pendingNumRequested: this.pending });
    }
  }

  private nextEvents(): ConsumerEvent[] {
    this.fill();
    const batch: ConsumerEvent[] = [];
    let bytes = 0;
    while (batch.length < this.pending) {
      const [next] = this.waiting;
      if (!next || (batch.length > 0 && bytes + next.event.payload.length > largestResponseBytes)) break;
      bytes += next.event.payload.length;
      batch.push(next);
      this.waiting.shift();
    }
    return batch;
  }

  private fill() {
    if (this.waiting.length >= this.pending) return;
    for (const { position, event } of this.bus.events.log.after(this.position)) {
      this.position = position;
      const fields = this.topic.sources.get(event.source);
      if (!fields) continue;
      const parts: readonly Delivery[] = fields.length > 0 && event.enriched ? event.enriched(fields) : [event];
      const at = replayId(this.bus, position);
      this.waiting.push(
        ...parts.map(({ uuid: id, schemaId, payload }) => ({ event: { id, schemaId, payload }, replayId: at })),
      );
      if (this.waiting.length >= this.pending) return;
    }
  }

  private restartTimer() {
    clearTimeout(this.timer);
    const { keepaliveMs, idleCloseMs } = this.bus.chaos.switches;
    const due = this.pending > 0 ? () => this.keepAlive() : () => this.out.idle();
    this.timer = setTimeout(due, this.pending > 0 ? keepaliveMs : idleCloseMs);
  }

  private keepAlive() {
    this.position = this.bus.events.log.advance();
    const latestReplayId = replayId(this.bus, this.position);
    this.restartTimer();
    this.out.deliver({ events: [], latestReplayId, pendingNumRequested: this.pending });
  }
}

import {
  faultOf,
  TransientFault,
  type CrmBatch,
  type CrmChannel,
  type CrmCursor,
  type CrmSubscription,
  type FeedDelivery,
  type SyncFault,
} from '@tandem/domain';
import { faultOfBusError, isCancelled, isCursorLost, isUnauthenticated } from './bus-faults.js';
import type { BusEvent, FetchRequest, FetchResponse } from './bus-protocol.js';
import type { OrgEvents, FetchStream } from './org-events.js';
import { eventJson } from './event-schemas.js';
import type { Reconciliation } from './reconciliation.js';

/** §3.3: more than so many events are never outstanding. */
const WINDOW = 100;
/** §3.1: what is older, the bus has forgotten, whatever it says of the cursor. */
const RETENTION_MS = 72 * 3_600_000;

type Handler = (batch: CrmBatch) => Promise<void>;

export interface SubscriptionParts {
  readonly bus: OrgEvents;
  readonly reconciliation: Reconciliation;
  readonly now: () => Date;
}

/** One channel, read from its cursor until it ends. A batch is what the bus sent together, and more is asked for once it is committed. */
export class ChannelSubscription implements CrmSubscription {
  readonly ended: Promise<SyncFault | undefined>;
  private stream: FetchStream | undefined;
  private readonly closed = new AbortController();

  constructor(
    private readonly channel: CrmChannel,
    after: CrmCursor | undefined,
    private readonly handler: Handler,
    private readonly parts: SubscriptionParts,
  ) {
    this.ended = this.run(after).then(
      () => undefined,
      (thrown: unknown) => this.faultOf(thrown),
    );
  }

  async close(): Promise<void> {
    this.closed.abort();
    this.stream?.cancel();
    await this.ended;
  }

  private isClosing(): boolean {
    return this.closed.signal.aborted;
  }

  private async faultOf(thrown: unknown): Promise<SyncFault | undefined> {
    if (this.isClosing() && isCancelled(thrown)) return undefined;
    if (isUnauthenticated(thrown)) await this.parts.bus.forgetSession().catch(() => undefined);
    return faultOfBusError(thrown) ?? faultOf(thrown);
  }

  private async run(after: CrmCursor | undefined): Promise<void> {
    if (after && this.parts.now().getTime() - after.keptAt.getTime() > RETENTION_MS) return this.fromEarliest(after);
    try {
      await this.read(startAt(after));
    } catch (thrown) {
      // Never LATEST: everything in between would be lost without a word (§3.3).
      if (!after || !isCursorLost(thrown)) throw thrown;
      await this.fromEarliest(after);
    }
  }

  private async fromEarliest({ keptAt }: CrmCursor): Promise<void> {
    await this.reconcile(keptAt, 'cursor-lost');
    await this.read({ replayPreset: 'EARLIEST' });
  }

  private async read(start: Omit<FetchRequest, 'topicName' | 'numRequested'>): Promise<void> {
    if (this.isClosing()) return;
    const stream = await this.parts.bus.subscribe();
    this.stream = stream;
    stream.write({ topicName: this.channel.name, numRequested: WINDOW, ...start });
    try {
      for await (const response of stream as AsyncIterable<FetchResponse>) {
        await this.take(response);
        if (this.isClosing()) return;
        this.askFor(stream, response);
      }
    } finally {
      stream.cancel();
    }
    throw new TransientFault('crm.bus_unavailable', 'The event bus ended the stream.');
  }

  /** As many as were committed; all of the window where the bus owes us nothing, or it would close the stream (§3.3). */
  private askFor(stream: FetchStream, { events, pendingNumRequested }: FetchResponse): void {
    const numRequested = pendingNumRequested === 0 ? WINDOW : events.length;
    if (numRequested > 0) stream.write({ topicName: this.channel.name, numRequested });
  }

  private async take({ events, latestReplayId }: FetchResponse): Promise<void> {
    const told: FeedDelivery[] = [];
    for (const event of events) told.push(await this.delivery(event));
    for (const delivery of told) {
      const overflow = this.parts.reconciliation.overflowIn(delivery);
      if (overflow) await this.reconcile(overflow.since, 'overflow');
    }
    const position = events.at(-1)?.replayId ?? latestReplayId;
    // A response without events moves the cursor too: what it passed over was not for us.
    if (events.length === 0 && position.length === 0) return;
    await this.handler({ channel: this.channel, events: told, position });
  }

  private async reconcile(since: Date, because: NonNullable<CrmBatch['because']>): Promise<void> {
    for await (const events of this.parts.reconciliation.changedSince(this.channel, since)) {
      await this.handler({ channel: this.channel, events, position: undefined, because });
    }
  }

  /** The event as JSON; as it came where it does not follow its schema, to be set aside. A schema that cannot be had ends the stream. */
  private async delivery({ event, replayId }: BusEvent): Promise<FeedDelivery> {
    const { id = '', schemaId = '', payload = Buffer.alloc(0) } = event ?? {};
    const headers = {
      'crm-channel': this.channel.name,
      'crm-event-id': id,
      'crm-schema-id': schemaId,
      'crm-replay-id': replayId.toString('base64'),
    };
    const schema = await this.parts.bus.schemas.of(schemaId);
    try {
      const body = Buffer.from(eventJson(schema, payload));
      return { headers: { ...headers, 'content-type': 'application/json' }, body };
    } catch {
      return { headers: { ...headers, 'content-type': 'avro/binary' }, body: payload };
    }
  }
}

function startAt(after: CrmCursor | undefined): Omit<FetchRequest, 'topicName' | 'numRequested'> {
  if (!after) return { replayPreset: 'LATEST' };
  if (after.position.length === 0) return { replayPreset: 'EARLIEST' };
  return { replayPreset: 'CUSTOM', replayId: after.position };
}

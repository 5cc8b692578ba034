import { status, type ServerDuplexStream } from '@grpc/grpc-js';
import type { ManagedSubscription } from '../events/channels.js';
import { TopicReader, type Batch } from './delivery.js';
import { admit, newRpc, placeOf, refresh, subscribable, topicOf, type PubsubApi, type Rpc } from './pubsub-api.js';
import type { OpenStreams } from './open-streams.js';
import type { CommitReplayRequest, ManagedFetchRequest } from './rpc-shapes.js';
import { onRequests } from './subscribe.js';

/** What the org remembers of managed subscriptions: the place last committed, and whether somebody reads (§3.3). */
export interface ManagedState {
  committed: Map<string, number>;
  active: Set<string>;
}

type Call = ServerDuplexStream<ManagedFetchRequest, object>;

/** `ManagedSubscribe` (beta): the org keeps the place, the client commits it. */
export function managedSubscribe(bus: PubsubApi, streams: OpenStreams, state: ManagedState, call: Call) {
  const rpc = newRpc();
  const stream = new ManagedStream(bus, state, call, rpc);
  onRequests<ManagedFetchRequest, object>(call, streams, {
    open: () => admit(bus, call.metadata, rpc),
    take: (request) => stream.take(request),
    close: () => stream.stop(),
  });
}

class ManagedStream {
  private open: { subscription: ManagedSubscription; reader: TopicReader } | undefined;

  constructor(
    private readonly bus: PubsubApi,
    private readonly state: ManagedState,
    private readonly call: Call,
    private readonly rpc: Rpc,
  ) {}

  take(request: ManagedFetchRequest) {
    refresh(this.bus, request.authRefresh, this.rpc);
    this.open ??= this.begin(request);
    const { subscription, reader } = this.open;
    if (request.commitReplayIdRequest) this.commit(subscription, request.commitReplayIdRequest);
    if (request.numRequested > 0) reader.request(request.numRequested);
  }

  stop() {
    if (!this.open) return;
    this.open.reader.stop();
    this.state.active.delete(this.open.subscription.id);
    this.open = undefined;
  }

  private begin({ subscriptionId, developerName }: ManagedFetchRequest) {
    const subscription = [...this.bus.events.channels.managed.values()].find(
      (known) => known.id === subscriptionId || known.developerName === developerName,
    );
    if (!subscription)
      throw this.rpc.refuse(
        status.NOT_FOUND,
        'managed.subscription.not.found',
        'The managed subscription was not found.',
      );
    if (this.state.active.has(subscription.id))
      throw this.rpc.refuse(
        status.FAILED_PRECONDITION,
        'managed.subscription.already.active',
        'The managed subscription is already active.',
      );
    const topic = topicOf(this.bus, subscription.topicName, this.rpc);
    subscribable(this.bus, topic, this.rpc);
    this.state.active.add(subscription.id);
    const reader = new TopicReader(this.bus, topic, this.startOf(subscription), {
      deliver: (batch) => this.answer(batch),
      idle: () => this.call.end(),
    });
    return { subscription, reader };
  }

  private startOf({ id, startsAt }: ManagedSubscription): number {
    const { log } = this.bus.events;
    return this.state.committed.get(id) ?? (startsAt === 'EARLIEST' ? log.earliest : log.latest);
  }

  private commit({ id }: ManagedSubscription, { commitRequestId, replayId }: CommitReplayRequest) {
    const answered = { commitRequestId, replayId, processTime: 0 };
    try {
      this.state.committed.set(id, placeOf(this.bus, replayId, this.rpc));
      this.answer({ commitResponse: answered });
    } catch (error) {
      const msg = error instanceof Error ? error.message : 'The commit failed.';
      this.answer({ commitResponse: { ...answered, error: { code: 'COMMIT', msg } } });
    }
  }

  private answer(part: Partial<Batch> & { commitResponse?: object }) {
    this.call.write({ rpcId: this.rpc.id, ...part });
  }
}

import { status, type ServerDuplexStream } from '@grpc/grpc-js';
import { TopicReader } from './delivery.js';
import { admit, newRpc, placeOf, refresh, subscribable, topicOf, type PubsubApi, type Rpc } from './pubsub-api.js';
import type { OpenStreams } from './open-streams.js';
import type { FetchRequest, FetchResponse } from './rpc-shapes.js';

type Call = ServerDuplexStream<FetchRequest, FetchResponse>;

/** `Subscribe`: the first request names topic and place, every request asks for more (§3.3). */
export function subscribe(bus: PubsubApi, streams: OpenStreams, call: Call) {
  const rpc = newRpc();
  const session = new Subscription(bus, call, rpc);
  onRequests(call, streams, {
    open: () => admit(bus, call.metadata, rpc),
    take: (request: FetchRequest) => session.take(request),
    close: () => session.stop(),
  });
}

class Subscription {
  private topicName = '';
  private reader: TopicReader | undefined;

  constructor(
    private readonly bus: PubsubApi,
    private readonly call: Call,
    private readonly rpc: Rpc,
  ) {}

  take(request: FetchRequest) {
    refresh(this.bus, request.authRefresh, this.rpc);
    if (request.numRequested <= 0)
      throw this.invalid('requested.events.invalid', 'num_requested must be greater than zero.');
    if (this.reader) this.refuseChange(request);
    this.reader ??= this.open(request);
    this.reader.request(request.numRequested);
  }

  stop() {
    this.reader?.stop();
  }

  private open(request: FetchRequest): TopicReader {
    const topic = topicOf(this.bus, request.topicName, this.rpc);
    subscribable(this.bus, topic, this.rpc);
    this.topicName = topic.name;
    const { log } = this.bus.events;
    const starts = {
      LATEST: () => log.latest,
      EARLIEST: () => log.earliest,
      CUSTOM: () => placeOf(this.bus, request.replayId, this.rpc),
    };
    return new TopicReader(this.bus, topic, starts[request.replayPreset](), {
      deliver: (batch) => this.call.write({ ...batch, rpcId: this.rpc.id }),
      idle: () => this.call.end(),
    });
  }

  /** The topic may be named again but not changed; the place was chosen by the first request, and is not looked at again. */
  private refuseChange({ topicName }: FetchRequest) {
    if (topicName !== '' && topicName !== this.topicName)
      throw this.invalid('topic.mismatch', 'The topic of a stream cannot be changed.');
  }

  private invalid(code: string, sentence: string) {
    return this.rpc.refuse(status.INVALID_ARGUMENT, `subscription.fetch.${code}`, sentence);
  }
}

interface Requests<Request> {
  open: () => void;
  take: (request: Request) => void;
  close: () => void;
}

/** Runs a stream of requests: what is thrown ends it with that error, and however it ends, it is closed once. */
export function onRequests<Request, Response>(
  call: ServerDuplexStream<Request, Response>,
  streams: OpenStreams,
  { open, take, close }: Requests<Request>,
) {
  let isOpen = true;
  const fail = (error: unknown) => {
    if (!isOpen) return;
    end();
    call.emit('error', error);
  };
  const leave = streams.add(fail);
  const end = () => {
    isOpen = false;
    leave();
    close();
  };
  const guarded = (work: () => void) => {
    try {
      if (isOpen) work();
    } catch (error) {
      fail(error);
    }
  };
  guarded(open);
  call.on('data', (request: Request) => guarded(() => take(request)));
  call.on('end', () => {
    end();
    call.end();
  });
  for (const ending of ['cancelled', 'close', 'error']) call.on(ending, end);
}

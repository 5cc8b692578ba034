import type { ServiceError } from '@grpc/grpc-js';
import { eventPackage } from './event-package.js';
import { eventually } from '../../testing/eventually.js';
import { PubsubClient, type OpenStream, type Received } from './pubsub-client.js';
import { member, startTwin, type TwinFixture } from './twin-fixture.js';

/** A twin with events, a client of its Pub/Sub API, and what specs of both say again and again. */
export class PubsubBench {
  private constructor(
    readonly twin: TwinFixture,
    public client: PubsubClient,
  ) {}

  static async start(): Promise<PubsubBench> {
    const twin = await startTwin({ objectsFolder: eventPackage() });
    return new PubsubBench(twin, new PubsubClient(twin.pubsub, twin));
  }

  subscribe(topicName: string, more: object = {}): OpenStream {
    return this.client.stream('subscribe', { topicName, numRequested: 100, ...more });
  }

  /** A subscription to all changes that the twin has taken up, so that what comes next is new to it. */
  async opened(topicName = '/data/ChangeEvents'): Promise<OpenStream> {
    const stream = this.subscribe(topicName);
    const streams = async () => member((await this.twin.control('GET', 'events')).body, 'streams');
    await eventually('the stream is open', async () => (await streams()) === 1);
    return stream;
  }

  arrived(stream: OpenStream, count: number): Promise<unknown> {
    return eventually(`${count} events have arrived`, () => stream.events().length >= count);
  }

  ended(stream: OpenStream): Promise<ServiceError | 'ended'> {
    return eventually('the stream has ended', () => stream.ending());
  }

  async account(name: string) {
    await this.twin.call('POST', '/sobjects/Account', { Name: name });
  }

  async close() {
    this.client.close();
    await this.twin.close();
  }
}

export function eventOf(stream: OpenStream, index: number): Received['events'][number] {
  const event = stream.events()[index];
  if (!event) throw new Error(`the stream has brought no event ${index}`);
  return event;
}

/** The vendor's own code, behind the prefix that all of them have. */
export function errorCode(ending: ServiceError | 'ended'): string {
  const code = ending === 'ended' ? '' : String(ending.metadata.get('error-code')[0]);
  return code.replace(/^sfdc\.platform\.eventbus\.grpc\./, '');
}

import { Duration, PubSub, type Message, type Subscription } from '@google-cloud/pubsub';
import { OmsDoor, type FeedDelivery, type OpenDoor } from '@tandem/domain';
import { BatchIntake } from './batch-intake.js';
import { pubsubFault } from './pubsub-faults.js';

/** One subscription that the OMS publishes to (§7.1, §12). With PUBSUB_EMULATOR_HOST set, it is one of the emulator. */
export interface PubsubDoorOptions {
  readonly project: string;
  readonly subscription: string;
  /** The service account's key, as JSON text; the machine's own credentials where absent. */
  readonly key?: string | undefined;
  /** Host and port in place of Google's own. */
  readonly endpoint?: string | undefined;
  /** Messages taken and not yet acknowledged, at most; 1000 where absent. */
  readonly mostOpen?: number;
  /** Messages handed over at once, at most; 200 where absent. */
  readonly batchSize?: number;
  /** The first pause after a failure, in milliseconds, doubled up to thirty times; 1000 where absent. */
  readonly pauseMs?: number;
  /** Told of every failure, as a SyncFault; nothing is given up for it. */
  readonly onFailure: (fault: unknown) => void;
}

const BACKOFF = { retryMinBackoff: Duration.from({ millis: 100 }), retryMaxBackoff: Duration.from({ seconds: 30 }) };

/** Publishes of the OMS by Google Pub/Sub: a streaming pull, acknowledged after the handler's commit (§7.1). */
export class PubsubDoor extends OmsDoor {
  private readonly options: PubsubDoorOptions;
  private readonly key: ServiceAccountKey | undefined;

  constructor(options: PubsubDoorOptions) {
    super();
    this.options = options;
    this.key = options.key === undefined ? undefined : keyIn(options.key);
  }

  override open(handler: (batch: readonly FeedDelivery[]) => Promise<void>): Promise<OpenDoor> {
    const { project, endpoint, batchSize = 200, pauseMs = 1000, onFailure } = this.options;
    const client = new PubSub({
      projectId: project,
      ...(endpoint !== undefined && { apiEndpoint: endpoint }),
      ...(this.key && { credentials: this.key }),
    });
    const intake = new BatchIntake<Message>({
      batchSize,
      pauseMs,
      onFailure,
      handle: (batch) => handler(batch.map(deliveryOf)),
    });
    const listening = (): Subscription => {
      const subscription = this.subscribe(client, intake);
      return subscription.on('error', (error) => {
        reopen(subscription, error).catch(onFailure);
      });
    };
    // The client gives a subscription up for good when it is refused: a grant or a topic may come back.
    const reopen = async (failed: Subscription, error: unknown): Promise<void> => {
      onFailure(pubsubFault(error));
      await failed.close().catch(onFailure);
      if (await intake.pause()) current = listening();
    };
    let current = listening();
    return Promise.resolve({
      close: async () => {
        await intake.close();
        await current.close();
        await client.close();
      },
    });
  }

  private subscribe(client: PubSub, intake: BatchIntake<Message>): Subscription {
    const { subscription, mostOpen = 1000 } = this.options;
    const flowControl = { maxMessages: mostOpen, allowExcessMessages: false };
    return client
      .subscription(subscription, { flowControl, streamingOptions: { maxStreams: 1, ...BACKOFF } })
      .on('message', (message) => intake.take(message));
  }
}

interface ServiceAccountKey {
  readonly client_email: string;
  readonly private_key: string;
}

/** Never quotes the key: the parser's own message would. */
function keyIn(text: string): ServiceAccountKey {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && 'client_email' in parsed && 'private_key' in parsed) {
      return { client_email: String(parsed.client_email), private_key: String(parsed.private_key) };
    }
  } catch {
    // Said below.
  }
  throw pubsubFault({ code: 'key' });
}

/** The broker's own message id counts where the OMS gave none; the attempt is told where dead letters are on (§7.2). */
function deliveryOf({ id, attributes, data, deliveryAttempt }: Message): FeedDelivery {
  const named = Object.entries(attributes).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    headers: {
      'message-id': id,
      ...Object.fromEntries(named.filter(([name]) => name !== 'encrypted_oauth_token')),
      ...(deliveryAttempt > 0 && { 'delivery-attempt': String(deliveryAttempt) }),
    },
    body: data,
  };
}

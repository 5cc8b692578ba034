import { connect, type ChannelModel, type ConfirmChannel } from 'amqplib';
import { setTimeout as pause } from 'node:timers/promises';

export interface Publish {
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly contentType?: string;
}

/** Sends to the OMS's queue as any careful sender does: again and again until the broker has confirmed it. */
export class Sender {
  /** What the broker took from us. From here on, losing it is our doing. */
  readonly confirmed = new Set<string>();
  private line: Promise<{ connection: ChannelModel; channel: ConfirmChannel; returned: Set<string> }> | undefined;
  private closed = false;

  constructor(
    private readonly url: string,
    private readonly queue: string,
  ) {}

  /** Resolves when the broker has confirmed it, or the sender was closed. */
  async send(publish: Publish): Promise<void> {
    while (!this.closed) {
      try {
        await this.attempt(publish);
        this.confirmed.add(publish.id);
        return;
      } catch {
        this.line = undefined;
        await pause(200);
      }
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    const line = await this.line?.catch(() => undefined);
    await line?.connection.close().catch(() => undefined);
  }

  private async attempt({ id, headers, body, contentType = 'application/json' }: Publish): Promise<void> {
    const { channel, returned } = await (this.line ??= this.open());
    const options = { messageId: id, headers: { ...headers }, contentType, persistent: true, mandatory: true };
    await new Promise<void>((resolve, reject) => {
      // A confirm never comes on a connection that is lost.
      const overdue = setTimeout(() => reject(new Error('The broker did not confirm in time.')), 5_000);
      channel.publish('', this.queue, body, options, (refusal: unknown) => {
        clearTimeout(overdue);
        if (refusal === null || refusal === undefined) resolve();
        else reject(new Error('The broker refused.'));
      });
    });
    if (returned.delete(id)) throw new Error('The queue does not exist.');
  }

  private async open() {
    const connection = await connect(this.url, { timeout: 3_000 });
    connection.on('error', () => undefined);
    const channel = await connection.createConfirmChannel();
    channel.on('error', () => undefined);
    const returned = new Set<string>();
    channel.on('return', ({ properties }: { properties: { messageId: unknown } }) => {
      returned.add(String(properties.messageId));
    });
    return { connection, channel, returned };
  }
}

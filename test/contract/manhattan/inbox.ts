import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Message, PubSub, Subscription } from '@google-cloud/pubsub';
import { connect, type ChannelModel } from 'amqplib';
import type { FeedDelivery } from '@tandem/domain';

/** A door that hands on what comes in as the product's own doors do: header names in lower case, the body as it came. */
export interface Inbox {
  /** Where the OMS is to send to. */
  readonly url: string;
  readonly received: readonly FeedDelivery[];
  close(): Promise<void>;
}

/** Answers 202 to every push, once it is kept. */
export async function pushInbox(): Promise<Inbox> {
  const received: FeedDelivery[] = [];
  const server: Server = createServer((request, response) => {
    keep(request, received).then(
      () => response.writeHead(202).end(),
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  return {
    url: `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}/oms/order-events`,
    received,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function keep(request: IncomingMessage, received: FeedDelivery[]): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  received.push({ headers: lowered(request.headers), body: new Uint8Array(Buffer.concat(chunks)) });
}

/** A queue of its own at the broker, gone with it. */
export async function queueInbox(brokerUrl: string, queue: string): Promise<Inbox> {
  const connection: ChannelModel = await connect(brokerUrl);
  const channel = await connection.createChannel();
  await channel.assertQueue(queue, { durable: true });
  const received: FeedDelivery[] = [];
  await channel.consume(queue, (message) => {
    if (!message) return;
    received.push({ headers: lowered(message.properties.headers ?? {}), body: new Uint8Array(message.content) });
    channel.ack(message);
  });
  return {
    url: brokerUrl,
    received,
    close: async () => {
      await channel.deleteQueue(queue);
      await connection.close();
    },
  };
}

const lowered = (headers: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));

/** A subscription of Google Pub/Sub, pulled by the official client; acknowledged once it is kept. */
export function pullInbox(client: PubSub, subscription: Subscription): Inbox {
  const received: FeedDelivery[] = [];
  subscription.on('message', (message: Message) => {
    received.push({ headers: lowered(message.attributes), body: new Uint8Array(message.data) });
    message.ack();
  });
  subscription.on('error', () => undefined);
  return {
    url: subscription.name,
    received,
    close: async () => {
      await subscription.close();
      await client.close();
    },
  };
}

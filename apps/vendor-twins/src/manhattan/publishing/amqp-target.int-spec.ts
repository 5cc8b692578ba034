import { randomUUID } from 'node:crypto';
import { connect as connectSocket, createServer, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, type Channel, type ChannelModel } from 'amqplib';
import { anOrder } from '../testing/an-order.js';
import { eventually } from '../../testing/eventually.js';
import { TwinClient } from '../testing/twin-client.js';
import { parsedObject } from '../wire/json.js';

const url = process.env.TANDEM_TEST_AMQP_URL ?? 'amqp://guest:guest@127.0.0.1:5672';

/** A connection in the middle, and its ends. */
async function proxied(target: string) {
  const sockets = new Set<Socket>();
  const { hostname, port } = new URL(target);
  const proxy = createServer((near) => {
    const far = connectSocket(Number(port || 5672), hostname);
    for (const socket of [near, far]) socket.on('error', () => undefined);
    near.pipe(far).pipe(near);
    sockets.add(near).add(far);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  const through = new URL(target);
  through.hostname = '127.0.0.1';
  through.port = String(typeof address === 'object' && address ? address.port : 0);
  const close = () => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
  };
  return { sockets, through: through.href, close };
}

describe('§7 publishing over AMQP', () => {
  let queue: string;
  let twin: TwinClient;
  let connection: ChannelModel;
  let channel: Channel;
  beforeAll(async () => {
    twin = await TwinClient.start();
    connection = await connect(url);
    channel = await connection.createChannel();
  });
  beforeEach(() => {
    queue = `twin-test-${randomUUID()}`;
  });
  afterEach(async () => {
    await twin.put('/control/publishing', { amqp: null });
    await channel.deleteQueue(queue);
  });
  afterAll(async () => {
    await twin.close();
    await connection.close();
  });

  const received = (withinMs?: number) =>
    eventually(
      'a message is in the queue',
      async () => (await channel.get(queue, { noAck: true })) || undefined,
      withinMs,
    );

  it('keeps a message until its queue exists, then delivers it with the attributes as headers', async () => {
    await twin.put('/control/publishing', { amqp: { url, queue } });
    await twin.save(anOrder('A1'));
    expect((await twin.get('/control/publishing')).body).toMatchObject({ pending: 1, delivered: 0 });
    await channel.assertQueue(queue, { durable: true });
    const { content, properties } = await received();
    const order: unknown = JSON.parse(content.toString());
    expect(parsedObject(order)?.OrderId).toBe('A1');
    expect(properties.headers).toMatchObject({ MSG_TYPE: 'PublishOrderEventMSGType', Organization: 'NORTH' });
    expect(properties.headers?.MSG_ID_PK).toBe(properties.messageId);
    await eventually('the delivery is counted', async () => (await twin.get('/control/publishing')).body.pending === 0);
  });

  it.each([
    ['was cut', 'C', (sockets: ReadonlySet<Socket>) => sockets.forEach((socket) => socket.destroy())],
    ['lets nothing through', 'D', (sockets: ReadonlySet<Socket>) => sockets.forEach((far) => far.unpipe().pause())],
  ])(
    'opens the line anew when it %s',
    async (_, order, spoil) => {
      await channel.assertQueue(queue, { durable: true });
      const { sockets, through, close } = await proxied(url);
      await twin.put('/control/publishing', { amqp: { url: through, queue } });
      await twin.save(anOrder(`${order}1`));
      await received();
      await eventually(
        'the first is confirmed',
        async () => (await twin.get('/control/publishing')).body.pending === 0,
      );
      expect(sockets.size).toBe(2);
      spoil(sockets);
      await twin.save(anOrder(`${order}2`));
      const second: unknown = JSON.parse((await received(20_000)).content.toString());
      expect(parsedObject(second)?.OrderId).toBe(`${order}2`);
      close();
    },
    30_000,
  );

  it('wraps headers and order on demand', async () => {
    await channel.assertQueue(queue, { durable: true });
    await twin.put('/control/publishing', { amqp: { url, queue, shape: 'wrapped' } });
    await twin.save(anOrder('A2'));
    const document: unknown = JSON.parse((await received()).content.toString());
    expect(document).toMatchObject({ OriginalHeaders: { Organization: 'NORTH' }, OriginalPayload: { OrderId: 'A2' } });
  });
});

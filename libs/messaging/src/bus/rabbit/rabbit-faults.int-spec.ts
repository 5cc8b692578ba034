import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { faultOf } from '@tandem/domain';
import { eventually, TcpProxy } from '@tandem/messaging/testing';
import { connect, type Channel, type ChannelModel } from 'amqplib';
import { RabbitMessageBus } from './rabbit-message-bus.js';

const broker = process.env.TANDEM_TEST_AMQP_URL ?? 'amqp://guest:guest@127.0.0.1:5672';
const queue = 'orders.place-order';
const queues = [{ name: queue, messages: ['order.accepted.v1'], lanes: 1 }] as const;

describe('The bus on RabbitMQ', () => {
  let operator: ChannelModel;
  let channel: Channel;
  let proxy: TcpProxy;
  let prefix: string;
  let url: string;
  let bus: RabbitMessageBus;

  beforeAll(async () => {
    operator = await connect(broker);
    channel = await operator.createChannel();
  });
  afterAll(() => operator.close());

  beforeEach(async () => {
    const through = new URL(broker);
    proxy = await TcpProxy.to(through.hostname, Number(through.port || 5672));
    through.host = `127.0.0.1:${proxy.port}`;
    url = through.href;
    prefix = `test-${randomUUID()}.`;
    bus = await open();
  });
  afterEach(async () => {
    await bus.close({ graceMs: 1_000 });
    await channel.deleteQueue(laneName());
    await channel.deleteExchange(`${prefix}lanes`);
    await proxy.close();
  });

  async function open(confirmWithinMs = 60_000): Promise<RabbitMessageBus> {
    const opened = new RabbitMessageBus({ url, prefix, queues, confirmWithinMs, onFailure: () => undefined });
    await opened.start();
    return opened;
  }
  const laneName = () => `${prefix}${queue}.lane-0`;
  const messages = (...bodies: readonly string[]) =>
    bodies.map((body) => ({
      queue,
      lane: 0,
      messageId: body,
      name: 'order.accepted.v1',
      attempts: 0,
      position: '1',
      body,
    }));

  it('holds few messages at a time where they are large, and brings all of them in order', async () => {
    const foreign = `${prefix}foreign`;
    await channel.assertQueue(foreign, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
    const count = 60;
    for (let number = 0; number < count; number += 1)
      channel.sendToQueue(foreign, Buffer.alloc(1024 * 1024, 'x'), { messageId: String(number) });
    const waiting = async () => (await channel.checkQueue(foreign)).messageCount;
    await eventually('all are there', async () => (await waiting()) === count);
    const { promise: held, resolve: release } = Promise.withResolvers<true>();
    const batches: (string | undefined)[][] = [];
    const seen = new Set<string | undefined>();
    await bus.consumeExternal(foreign, { batchSize: 200 }, async (batch) => {
      batches.push(batch.map(({ messageId }) => messageId));
      await held;
      for (const { messageId } of batch) seen.add(messageId);
    });
    await eventually('a batch is held', async () => batches.length > 0);
    await eventually('most wait at the broker', async () => (await waiting()) > count / 3);
    release(true);
    await eventually('all have come', async () => seen.size === count);
    expect([...seen]).toEqual(Array.from({ length: count }, (_, number) => String(number)));
    expect(Math.max(...batches.map((batch) => batch.length))).toBeLessThan(5);
    await channel.deleteQueue(foreign);
  });

  it('rejects a message for a queue that was deleted, and declares the queue anew', async () => {
    await channel.deleteQueue(laneName());
    await expect(bus.publish(messages('a'))).rejects.toMatchObject({ kind: 'transient', code: 'bus.queue-missing' });
    await bus.publish(messages('b'));
    expect((await channel.checkQueue(laneName())).messageCount).toBe(1);
  });

  it('takes on when its queue was deleted under it', async () => {
    const seen: string[] = [];
    await bus.consume(
      queue,
      { batchSize: 5 },
      async (batch) => void seen.push(...batch.map(({ body }) => body.toString())),
    );
    await bus.publish(messages('a'));
    await eventually('it takes', () => seen.includes('a'));
    await channel.deleteQueue(laneName());
    // More than once: the broker confirms, and drops, what reaches a queue in the instant in which it is deleted.
    await eventually('it takes again', async () => {
      await bus.publish(messages('b'));
      return seen.includes('b');
    });
  });

  it('takes a message whose place is no number for one without a place, so that it can be told apart and parked', async () => {
    const places: (string | undefined)[] = [];
    await bus.consume(
      queue,
      { batchSize: 5 },
      async (batch) => void places.push(...batch.map(({ position }) => position)),
    );
    for (const position of ['first', '-1', '12'])
      channel.sendToQueue(laneName(), Buffer.from('{}'), { headers: { 'x-tandem-position': position } });
    await eventually('all have come', () => places.length === 3);
    expect(places).toEqual([undefined, undefined, '12']);
  });

  it('counts no attempts that the database could not hold', async () => {
    const attempts: number[] = [];
    await bus.consume(
      queue,
      { batchSize: 5 },
      async (batch) => void attempts.push(...batch.map((delivery) => delivery.attempts)),
    );
    for (const said of [1.5, -1, 3e9, 'many', 7])
      channel.sendToQueue(laneName(), Buffer.from('{}'), { headers: { 'x-tandem-attempts': said } });
    await eventually('all have come', () => attempts.length === 5);
    expect(attempts).toEqual([0, 0, 0, 0, 7]);
  });

  it('tells what its sender says of a message', async () => {
    const said: unknown[] = [];
    await bus.consume(
      queue,
      { batchSize: 5 },
      async (batch) => void said.push(...batch.map(({ name, contentType }) => ({ name, contentType }))),
    );
    await bus.publish(messages('{}'));
    await eventually('ours has come', () => said.length === 1);
    channel.sendToQueue(laneName(), Buffer.from('<a/>'), { contentType: 'text/xml', type: 'note' });
    await eventually('both have come', () => said.length === 2);
    expect(said).toEqual([
      { name: 'order.accepted.v1', contentType: 'application/json' },
      { name: 'note', contentType: 'text/xml' },
    ]);
  });

  it('rejects at once when the connection goes before the confirms have come', async () => {
    const sending = bus.publish(messages(...Array.from({ length: 3_000 }, (_, index) => `m${index}`)));
    proxy.cut();
    await expect(sending).rejects.toMatchObject({ kind: 'transient' });
  });

  it('rejects what is sent while the connection is being closed, and nothing is left that nobody waits for', async () => {
    const unheard: unknown[] = [];
    const listen = (reason: unknown) => void unheard.push(reason);
    process.on('unhandledRejection', listen);
    const leaving = await open();
    const closing = leaving.close({ graceMs: 1_000 });
    const sent: Promise<unknown>[] = [];
    // One at each step of the closing, whichever it is.
    for (let step = 0; step < 100; step += 1) {
      sent.push(leaving.publish(messages('a')).catch((fault: unknown) => fault));
      await Promise.resolve();
    }
    const faults = (await Promise.all(sent)).filter((fault) => fault !== undefined);
    await closing;
    expect(faults.map(faultOf).filter(({ kind }) => kind !== 'transient')).toEqual([]);
    expect(faults).not.toEqual([]);
    process.off('unhandledRejection', listen);
    expect(unheard).toEqual([]);
  });

  it('rejects when the network falls silent, after the time it was given', async () => {
    const hasty = await open(200);
    proxy.stall();
    await expect(hasty.publish(messages('a'))).rejects.toMatchObject({ kind: 'transient', code: 'bus.unconfirmed' });
    proxy.cut();
    await eventually('it sends again', () => hasty.publish(messages('b')));
    await hasty.close({ graceMs: 1_000 });
  });

  it('tells at the start that the broker cannot be reached', async () => {
    proxy.refuse();
    await expect(open()).rejects.toMatchObject({ kind: 'transient', code: 'bus.unavailable' });
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import { connect, type ChannelModel, type Options } from 'amqplib';
import { contractQueues, messageBusContract, TcpProxy } from '@tandem/messaging/testing';
import { lanesOf } from '../../topology.js';
import { RabbitMessageBus } from './rabbit-message-bus.js';

const broker = process.env.TANDEM_TEST_AMQP_URL ?? 'amqp://guest:guest@127.0.0.1:5672';

let operator: ChannelModel;
beforeAll(async () => {
  operator = await connect(broker);
});
afterAll(() => operator.close());

messageBusContract('RabbitMQ', async () => {
  const prefix = `test-${randomUUID()}.`;
  const url = new URL(broker);
  const proxy = await TcpProxy.to(url.hostname, Number(url.port || 5672));
  url.host = `127.0.0.1:${proxy.port}`;
  const channel = await operator.createConfirmChannel();
  const toDelete = contractQueues.flatMap(lanesOf).map((lane) => prefix + lane);
  return {
    make: async () =>
      new RabbitMessageBus({
        url: url.href,
        prefix,
        queues: contractQueues,
        confirmWithinMs: 3_000,
        onFailure: () => undefined,
      }),
    cut: async () => proxy.cut(),
    block: async () => proxy.refuse(),
    restore: async () => proxy.restore(),
    sendForeign: async (queue, { body, headers, contentType, messageId }) => {
      const properties: Options.Publish = { headers };
      if (contentType !== undefined) properties.contentType = contentType;
      if (messageId !== undefined) properties.messageId = messageId;
      await channel.assertQueue(queue, { durable: true });
      toDelete.push(queue);
      channel.sendToQueue(queue, body, properties);
      await channel.waitForConfirms();
    },
    dispose: async () => {
      for (const queue of toDelete) await channel.deleteQueue(queue);
      await channel.deleteExchange(`${prefix}lanes`);
      await channel.close();
      await proxy.close();
    },
  };
});

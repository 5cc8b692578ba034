import { afterAll, beforeAll, describe, it } from '@jest/globals';
import {
  contractQueues,
  createTestDatabase,
  eventually,
  messageBusContract,
  TcpProxy,
  type TestDatabase,
} from '@tandem/messaging/testing';
import { PostgresMessageBus } from './postgres-message-bus.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

messageBusContract('PostgreSQL', async () => {
  await database.clear();
  const url = new URL(database.url);
  const proxy = await TcpProxy.to(url.hostname, Number(url.port || 5432));
  url.host = `127.0.0.1:${proxy.port}`;
  return {
    make: async () =>
      new PostgresMessageBus({
        connection: { connectionString: url.href },
        queues: contractQueues,
        pollMs: 50,
        onFailure: () => undefined,
      }),
    cut: async () => proxy.cut(),
    block: async () => proxy.refuse(),
    restore: async () => proxy.restore(),
    sendForeign: async (queue, { headers, body, contentType, messageId }) => {
      await database.source.query(
        `INSERT INTO bus_messages (queue, message_id, headers, content_type, body) VALUES ($1, $2, $3, $4, $5)`,
        [queue, messageId, headers, contentType, body],
      );
    },
    dispose: () => proxy.close(),
  };
});

describe('A replica on PostgreSQL', () => {
  const lanes = [{ name: 'orders.place-order', messages: ['order.accepted.v1'], lanes: 2 }] as const;
  const message = { queue: 'orders.place-order', messageId: 'm', name: 'order.accepted.v1', attempts: 0, body: '{}' };
  const never = 3_600_000;

  async function replica(handler: (lane: number | undefined) => Promise<unknown>): Promise<PostgresMessageBus> {
    const connection = { connectionString: database.url };
    const bus = new PostgresMessageBus({ connection, queues: lanes, pollMs: never, onFailure: () => undefined });
    await bus.start();
    await bus.consume('orders.place-order', { batchSize: 1 }, async ([first]) => {
      await handler(first?.lane);
    });
    return bus;
  }

  it('gives each lane to the next one as soon as nothing of it is in hand, when it is told to end', async () => {
    await database.clear();
    const gate = Promise.withResolvers<true>();
    const begun: (number | undefined)[] = [];
    const first = await replica(async (lane) => {
      begun.push(lane);
      if (lane === 0) await gate.promise;
    });
    await first.publish([0, 1].map((lane) => ({ ...message, lane, position: String(lane) })));
    await eventually('both lanes are read', () => begun.length === 2);
    const taken: (number | undefined)[] = [];
    const next = await replica(async (lane) => taken.push(lane));
    const closing = first.close({ graceMs: 10_000 });
    await next.publish([{ ...message, lane: 1, position: '3' }]);
    await eventually('the idle lane is taken over', () => taken.includes(1));
    gate.resolve(true);
    await closing;
    await next.publish([{ ...message, lane: 0, position: '4' }]);
    await eventually('the other one too', () => taken.includes(0));
    await next.close({ graceMs: 10_000 });
  });
});

import { afterAll, beforeAll } from '@jest/globals';
import {
  contractQueues,
  createTestDatabase,
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

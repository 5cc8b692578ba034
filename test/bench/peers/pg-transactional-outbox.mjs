/** The library in its quickest mode: large batches, a short interval, and parallel, which gives up the order of a key (in order: a third of that). */
import pg from 'pg';
import {
  DatabaseSetup,
  getDisabledLogger,
  initializeMessageStorage,
  initializePollingMessageListener,
} from 'pg-transactional-outbox';
import { begun, bodyOf, confirmChannel, count, databaseUrl, keyOf, publish } from './scene.mjs';

const setup = {
  outboxOrInbox: 'outbox',
  database: new URL(databaseUrl).pathname.slice(1),
  schema: 'public',
  table: 'outbox',
  listenerRole: 'tandem',
  nextMessagesName: 'next_outbox_messages',
};
const settings = {
  dbSchema: 'public',
  dbTable: 'outbox',
  nextMessagesFunctionName: 'next_outbox_messages',
  nextMessagesBatchSize: 100,
  nextMessagesPollingIntervalInMs: 10,
  enableMaxAttemptsProtection: false,
  enablePoisonousMessageProtection: false,
  messageCleanupIntervalInMs: 0,
};

const pool = new pg.Pool({ connectionString: databaseUrl });
await pool.query(DatabaseSetup.dropAndCreateTable(setup));
await pool.query(DatabaseSetup.createPollingFunction(setup));
await pool.query(DatabaseSetup.setupPollingIndexes(setup));

const config = { outboxOrInbox: 'outbox', dbListenerConfig: { connectionString: databaseUrl }, settings };
const store = initializeMessageStorage(config, getDisabledLogger());
const client = await pool.connect();
await client.query('BEGIN');
for (let number = 0; number < count; number += 1) {
  await store(
    {
      id: crypto.randomUUID(),
      aggregateType: 'order',
      aggregateId: keyOf(number),
      messageType: 'changed',
      concurrency: 'parallel',
      segment: keyOf(number),
      payload: bodyOf(number),
    },
    client,
  );
}
await client.query('COMMIT');
client.release();

const channel = await confirmChannel();
begun();
initializePollingMessageListener(config, { handle: ({ payload }) => publish(channel, payload) }, getDisabledLogger());

import { gzipSync } from 'node:zlib';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, type Options } from 'amqplib';
import { freshDatabase, type FreshDatabase } from '../support/environment/index.js';
import { eventually } from '../support/eventually.js';
import { busPrefix, omsEventsQueue } from '../support/stack/settings.js';
import { startStack, type Stack } from '../support/stack/start-stack.js';

const broker = process.env['TANDEM_TEST_AMQP_URL'];
const json = { contentType: 'application/json' };
const envelope = {
  id: randomUUID(),
  name: 'customer.ready.v1',
  key: 'C-1',
  site: 'aurora-us',
  occurredAt: 'now',
  body: { site: 'aurora-us', orderNumber: 'N-1' },
};

/** What is sent by mistake: to the OMS's queue, or to a lane of ours; and why it is parked. */
const mistakes: readonly (readonly [string, 'oms' | 'lane', Buffer, Options.Publish, string])[] = [
  ['a body that nobody could read at once', 'oms', Buffer.alloc(11 * 1024 * 1024, ' '), json, 'oms.oversized_message'],
  ['XML', 'oms', Buffer.from('<order/>'), { contentType: 'text/xml' }, 'oms.unreadable_message'],
  [
    'a packed body',
    'oms',
    gzipSync('{"OrderId":"N-1"}'),
    { ...json, contentEncoding: 'gzip' },
    'oms.unreadable_message',
  ],
  ['XML', 'lane', Buffer.from('<order/>'), { contentType: 'text/xml' }, 'message.foreign-type'],
  ['a body that is too large', 'lane', Buffer.alloc(11 * 1024 * 1024, ' '), json, 'message.oversized'],
  [
    'a header that lies',
    'lane',
    Buffer.from(JSON.stringify(envelope)),
    { ...json, type: 'order.accepted.v1', headers: { 'x-tandem-attempts': 1.5, 'x-tandem-position': 'first' } },
    'message.mislabelled',
  ],
];

const describeWithBroker = broker === undefined ? describe.skip : describe;

describeWithBroker('Messages on the broker that nobody should have sent', () => {
  let database: FreshDatabase | undefined;
  let stack: Stack | undefined;

  beforeAll(async () => {
    database = await freshDatabase();
    stack = await startStack({ databaseUrl: database.url, amqpUrl: broker });
  }, 120_000);
  afterAll(async () => {
    await stack?.stop();
    await database?.drop();
  }, 60_000);

  it('are parked once each, with a sentence, and leave nothing behind on their queues', async () => {
    if (stack === undefined || broker === undefined) throw new Error('The stack did not start.');
    const { run, syncApi } = stack;
    const lane = `${busPrefix(run)}orders.place-order.lane-0`;
    const connection = await connect(broker);
    const channel = await connection.createConfirmChannel();
    for (const [, where, body, properties] of mistakes)
      channel.sendToQueue(where === 'oms' ? omsEventsQueue(run) : lane, body, properties);
    await channel.waitForConfirms();
    const parked = await eventually('all are parked', async () => {
      const { parked: all } = await syncApi.summary();
      return all.length >= mistakes.length ? all : undefined;
    });
    for (const [, , , , code] of mistakes) expect(parked.map((one) => one.code).join(' ')).toContain(code);
    expect(parked).toHaveLength(mistakes.length);
    expect(parked.filter(({ sentence }) => !sentence.endsWith('.'))).toEqual([]);
    await eventually('nothing waits', async () => {
      const waiting = [await channel.checkQueue(lane), await channel.checkQueue(omsEventsQueue(run))];
      return waiting.every(({ messageCount }) => messageCount === 0) ? true : undefined;
    });
    await connection.close();
  });
});

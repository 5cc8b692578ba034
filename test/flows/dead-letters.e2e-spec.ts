import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, type ChannelModel, type ConfirmChannel } from 'amqplib';
import { Client } from 'pg';
import { seedCatalogue } from '../golden/catalogue.js';
import { g01 } from '../golden/orders/g01-guest-one-line.js';
import { runName } from '../golden/order-stream.js';
import { playOrder } from '../golden/play-order.js';
import { goldenSites } from '../golden/sites.js';
import { freshDatabase, type FreshDatabase } from '../support/environment/index.js';
import { eventually } from '../support/eventually.js';
import { omsEventsQueue } from '../support/stack/settings.js';
import { startStack, type Stack } from '../support/stack/start-stack.js';

const broker = process.env['TANDEM_TEST_AMQP_URL'];
const describeWithBroker = broker === undefined ? describe.skip : describe;

interface Kept {
  readonly state: string;
  readonly headers: Readonly<Record<string, string>>;
}

describeWithBroker('Publishes of the OMS that died on a queue of an older integration', () => {
  const old = `old-${runName(new Date())}-${process.pid}`;
  const dead = `${old} dead letters`;
  let database: FreshDatabase | undefined;
  let stack: Stack | undefined;
  let connection: ChannelModel | undefined;
  let number = '';

  const running = () => {
    if (!stack || !connection || !database) throw new Error('The stack did not start.');
    return { stack, connection, url: database.url };
  };

  /** With what their sender and the broker wrote on them. */
  async function kept(): Promise<readonly Kept[]> {
    const client = new Client({ connectionString: running().url });
    await client.connect();
    const { rows } = await client.query<Kept>(
      `SELECT state, headers FROM message_archive WHERE business_key = $1 AND headers ? 'x-sender' ORDER BY id`,
      [number],
    );
    await client.end();
    return rows;
  }

  beforeAll(async () => {
    connection = await connect(broker ?? '');
    const channel = await connection.createChannel();
    await channel.assertQueue(dead, { durable: true });
    await channel.assertQueue(old, { durable: true, deadLetterExchange: '', deadLetterRoutingKey: dead });
    database = await freshDatabase();
    stack = await startStack({ databaseUrl: database.url, amqpUrl: broker, deadLetterQueues: [dead] });
    const catalogue = await seedCatalogue(stack.crm);
    const [site] = goldenSites;
    if (!site) throw new Error('There is no golden site.');
    const order = g01.place({ site, suffix: old, turn: 0, catalogue, paceMs: 50, now: Date.now() });
    number = order.number;
    await playOrder(stack, { ...order, life: [] });
    await eventually('the OMS has the order', () => running().stack.oms.order(number));
  }, 120_000);

  afterAll(async () => {
    await stack?.stop();
    const channel = await connection?.createChannel();
    for (const queue of [old, dead]) await channel?.deleteQueue(queue);
    await connection?.close();
    await database?.drop();
  }, 60_000);

  /** The old integration refuses all that it is given. */
  async function die(channel: ConfirmChannel, body: Buffer): Promise<void> {
    const headers = { 'x-sender': 'oms', authorization: 'Bearer hunter2', 'x-login': { user: 'u', token: 'hunter2' } };
    channel.sendToQueue(old, body, { contentType: 'application/json', headers });
    await channel.waitForConfirms();
    const taken = await eventually('it has come', async () => (await channel.get(old)) || undefined);
    channel.nack(taken, false, false);
  }

  it('are taken in once, kept with how they died, and told from repeats at the other door', async () => {
    const { stack: up } = running();
    const channel = await running().connection.createConfirmChannel();
    const later = new Date(Date.now() + 60_000).toISOString().replace('Z', '');
    const body = Buffer.from(JSON.stringify({ ...(await up.oms.order(number)), UpdatedTimestamp: later }));
    await die(channel, body);
    await eventually('it is taken in', async () => ((await kept())[0]?.state === 'done' ? true : undefined));
    await die(channel, body);
    channel.sendToQueue(omsEventsQueue(up.run), body, { headers: { 'x-sender': 'oms' } });
    const all = await eventually('all are kept', async () => {
      const found = await kept();
      return found.length === 3 ? found : undefined;
    });
    expect(all.map(({ state }) => state)).toEqual(['done', 'duplicate', 'duplicate']);
    const [first] = all;
    expect(JSON.parse(first?.headers['x-death'] ?? '[]')).toMatchObject([{ queue: old, reason: 'rejected', count: 1 }]);
    expect(first?.headers).toMatchObject({
      authorization: '[redacted]',
      'x-login': '{"user":"u","token":"[redacted]"}',
    });
    await eventually('nothing is left', async () =>
      (await channel.checkQueue(dead)).messageCount === 0 ? true : undefined,
    );
    expect(await up.syncApi.summary()).toMatchObject({ archive: { parked: 0 } });
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Duration, PubSub, v1, type Message, type Subscription } from '@google-cloud/pubsub';
import { anOrder } from '../testing/an-order.js';
import { eventually } from '../../testing/eventually.js';
import { TwinClient } from '../testing/twin-client.js';

const TOPIC = 'projects/twin/topics/orders';

/** Everything here is seen by the official client alone, which knows nothing but `PUBSUB_EMULATOR_HOST`. */
describe('§7.1 Google Pub/Sub at wire level, as the official client sees it', () => {
  let twin: TwinClient;
  let client: PubSub;
  const opened: Subscription[] = [];
  beforeEach(async () => {
    twin = await TwinClient.start({ pubsubPort: 0 });
    process.env.PUBSUB_EMULATOR_HOST = twin.pubsub;
    process.env.METADATA_SERVER_DETECTION = 'none';
    client = new PubSub({ projectId: 'twin' });
  });
  afterEach(async () => {
    for (const subscription of opened.splice(0)) await subscription.close();
    await client.close();
    delete process.env.PUBSUB_EMULATOR_HOST;
    delete process.env.METADATA_SERVER_DETECTION;
    await twin.close();
  });

  /** Collects what a subscription brings; `settle` decides what becomes of each message. */
  const listen = (subscription: Subscription, settle: (message: Message, nth: number) => void) => {
    const received: Message[] = [];
    subscription.on('message', (message: Message) => {
      received.push(message);
      settle(message, received.length);
    });
    opened.push(subscription);
    return received;
  };
  const acknowledge = (message: Message) => message.ack();
  const publishOrders = (settings: object = {}) =>
    twin.put('/control/publishing', { pubsub: { topic: TOPIC, ...settings } });
  const subscribed = async (name: string, options: object = {}) =>
    (await client.topic(TOPIC).createSubscription(name, options))[0];
  const counters = async () => (await twin.get('/control/pubsub')).body;
  /** Publishing follows a save by itself, so a count is waited for. */
  const standing = (name: string, waiting: number, leased: number) =>
    eventually(`${waiting} wait and ${leased} are out in ${name}`, async () => {
      const found = await counters();
      const row = { name: `projects/twin/subscriptions/${name}`, topic: TOPIC, waiting, leased };
      const rows = Array.isArray(found.subscriptions) ? found.subscriptions : [];
      return rows.some((one) => JSON.stringify(one) === JSON.stringify(row));
    });
  const settled = (name: string) => standing(name, 0, 0);
  const elapse = (seconds: number) => twin.postRaw('/control/clock', JSON.stringify({ advanceMs: seconds * 1_000 }));

  it('creates a subscription, pulls an order with its attributes and acknowledges it', async () => {
    await publishOrders();
    const received = listen(await subscribed('bare'), acknowledge);
    await twin.save(anOrder('G1'));
    const [message] = await eventually('the order came', () => received.length > 0 && received);
    expect(JSON.parse(String(message?.data))).toMatchObject({ OrderId: 'G1', MinFulfillmentStatusId: '1000' });
    expect(message?.attributes).toMatchObject({ MSG_TYPE: 'PublishOrderEventMSGType', Organization: 'NORTH' });
    expect(message?.attributes.MSG_ID_PK).toMatch(/^.{34}$/);
    expect(message?.publishTime.getTime()).toBeLessThanOrEqual(Date.now());
    expect(message?.deliveryAttempt).toBe(0);
    await settled('bare');
    expect(received).toHaveLength(1);
  });

  it('§7.2 carries headers and order in one document on demand', async () => {
    await publishOrders({ shape: 'wrapped' });
    const received = listen(await subscribed('wrapped'), acknowledge);
    await twin.save(anOrder('G2'));
    const [message] = await eventually('the order came', () => received.length > 0 && received);
    expect(JSON.parse(String(message?.data))).toMatchObject({
      OriginalHeaders: { Organization: 'NORTH' },
      OriginalPayload: { OrderId: 'G2' },
    });
  });

  it('delivers again at once what was refused, with the same message id', async () => {
    await publishOrders();
    const received = listen(await subscribed('refusing'), (message, nth) =>
      nth === 1 ? message.nack() : message.ack(),
    );
    await twin.save(anOrder('G3'));
    await eventually('it came twice', () => received.length === 2);
    expect(received[0]?.id).toBe(received[1]?.id);
    await settled('refusing');
  });

  it('delivers again after the ack deadline what nobody settled', async () => {
    await publishOrders();
    await subscribed('forgetful', { ackDeadlineSeconds: 30 });
    const subscription = client.subscription('forgetful', { maxExtensionTime: Duration.from({ seconds: 0 }) });
    const received = listen(subscription, (message, nth) => {
      if (nth > 1) message.ack();
    });
    await twin.save(anOrder('G4'));
    await eventually('it came', () => received.length === 1);
    await elapse(5);
    expect(received).toHaveLength(1);
    await elapse(6);
    await eventually('it came again', () => received.length === 2);
    await settled('forgetful');
  });

  it('buries a message after the deliveries that the dead-letter policy allows, and counts them', async () => {
    await publishOrders();
    await client.createTopic('buried');
    const [graveyard] = await client.topic('buried').createSubscription('graveyard');
    const deadLetterPolicy = { deadLetterTopic: 'projects/twin/topics/buried', maxDeliveryAttempts: 5 };
    const refused = listen(await subscribed('hopeless', { deadLetterPolicy }), (message) => message.nack());
    const buried = listen(graveyard, acknowledge);
    await twin.save(anOrder('G5'));
    const [message] = await eventually('it was buried', () => buried.length > 0 && buried);
    expect(refused.map(({ deliveryAttempt }) => deliveryAttempt)).toEqual([1, 2, 3, 4, 5]);
    expect(message?.attributes).toMatchObject({
      Organization: 'NORTH',
      CloudPubSubDeadLetterSourceSubscription: 'hopeless',
      CloudPubSubDeadLetterSourceDeliveryCount: '5',
    });
  });

  it('sends no more than flow control allows until something is settled', async () => {
    await publishOrders();
    await subscribed('slow');
    const flow = { flowControl: { maxMessages: 2, allowExcessMessages: false }, streamingOptions: { maxStreams: 1 } };
    const held = listen(client.subscription('slow', flow), () => undefined);
    for (const id of ['A', 'B', 'C']) await twin.save(anOrder(id));
    await eventually('two are out', () => held.length === 2);
    await standing('slow', 1, 2);
    expect(held).toHaveLength(2);
    held[0]?.ack();
    await eventually('the third came', () => held.length === 3);
    await standing('slow', 0, 2);
  });

  it('gives every subscription its copy, and one subscription no message from before it', async () => {
    await publishOrders();
    const early = listen(await subscribed('early'), acknowledge);
    await twin.save(anOrder('E1'));
    const late = listen(await subscribed('later'), acknowledge);
    await twin.save(anOrder('E2'));
    await eventually('both came', () => early.length === 2 && late.length === 1);
    expect(JSON.parse(String(late[0]?.data))).toMatchObject({ OrderId: 'E2' });
  });

  it('§10.1 repeats and shuffles as told, each repeat a message of its own with one MSG_ID_PK', async () => {
    await publishOrders();
    await twin.put('/control/chaos', { copies: 2, shuffleWithinMs: 20 });
    const received = listen(await subscribed('chaotic'), acknowledge);
    await twin.save(anOrder('R1'));
    await eventually('it came twice', () => received.length === 2);
    expect(new Set(received.map(({ id }) => id)).size).toBe(2);
    expect(new Set(received.map(({ attributes }) => attributes.MSG_ID_PK)).size).toBe(1);
  });

  it('pulls, extends and acknowledges by single calls too', async () => {
    await publishOrders();
    await subscribed('single');
    const calls = new v1.SubscriberClient({ ...client.options, port: Number(twin.pubsub?.split(':')[1]) });
    const subscription = 'projects/twin/subscriptions/single';
    const pull = async () =>
      (await calls.pull({ subscription, maxMessages: 10, returnImmediately: true }))[0].receivedMessages ?? [];
    await twin.save(anOrder('S1'));
    const ackIds = (await pull()).map(({ ackId }) => String(ackId));
    expect(ackIds).toHaveLength(1);
    await calls.modifyAckDeadline({ subscription, ackIds, ackDeadlineSeconds: 60 });
    await elapse(30);
    expect(await pull()).toEqual([]);
    await elapse(31);
    const again = (await pull()).map(({ ackId }) => String(ackId));
    expect(again).toHaveLength(1);
    const hasty = calls.modifyAckDeadline({ subscription, ackIds: again, ackDeadlineSeconds: 5 });
    await expect(hasty).rejects.toMatchObject({ code: 3 });
    await expect(calls.pull({ subscription, maxMessages: 0 })).rejects.toMatchObject({ code: 3 });
    await calls.acknowledge({ subscription, ackIds: again });
    await elapse(60);
    expect(await pull()).toEqual([]);
    await calls.close();
  });

  it('lists, finds and deletes topics and subscriptions, and refuses by the codes of the service', async () => {
    await client.createTopic('first');
    await client.createTopic('second');
    const names = async () => (await client.getTopics())[0].map(({ name }) => name);
    expect(await names()).toEqual(['projects/twin/topics/first', 'projects/twin/topics/second']);
    const [page, next] = await client.getTopics({ pageSize: 1, gaxOpts: { autoPaginate: false } });
    const [rest] = await client.getTopics({ ...next, gaxOpts: { autoPaginate: false } });
    expect([page, rest].map((topics) => topics.map(({ name }) => name.slice(-5)))).toEqual([['first'], ['econd']]);
    await expect(client.createTopic('first')).rejects.toMatchObject({ code: 6 });
    await expect(client.topic('absent').createSubscription('any')).rejects.toMatchObject({ code: 5 });
    await expect(client.topic('first').createSubscription('hasty', { ackDeadlineSeconds: 5 })).rejects.toMatchObject({
      code: 3,
    });
    await client.topic('first').createSubscription('patient', { ackDeadlineSeconds: 60 });
    const [found] = await client.subscription('patient').getMetadata();
    expect(found).toMatchObject({ topic: 'projects/twin/topics/first', ackDeadlineSeconds: 60 });
    await client.topic('first').delete();
    expect(await names()).toEqual(['projects/twin/topics/second']);
    expect((await client.subscription('patient').getMetadata())[0].topic).toBe('_deleted-topic_');
    expect((await client.getSubscriptions())[0].map(({ name }) => name)).toEqual([
      'projects/twin/subscriptions/patient',
    ]);
    await client.subscription('patient').delete();
    expect(await client.subscription('patient').exists()).toEqual([false]);
  });

  it('ends a stream with NOT_FOUND when its subscription is deleted or never was', async () => {
    const failures: unknown[] = [];
    const absent = client.subscription('never-was');
    absent.on('error', ({ code }: { code?: number }) => failures.push(code));
    listen(absent, acknowledge);
    await eventually('the stream failed', () => failures.length === 1);
    await client.createTopic('brief');
    const [brief] = await client.topic('brief').createSubscription('brief-reader');
    brief.on('error', ({ code }: { code?: number }) => failures.push(code));
    const received = listen(brief, acknowledge);
    await client.topic('brief').publishMessage({ data: Buffer.from('x') });
    await eventually('the stream is open', () => received.length === 1);
    await client.subscription('brief-reader').delete();
    await eventually('the stream ended', () => failures.length === 2);
    expect(failures).toEqual([5, 5]);
  });

  it('refuses on a stream what only its first request may carry', async () => {
    await client.createTopic('raw');
    await client.topic('raw').createSubscription('raw-reader');
    const calls = new v1.SubscriberClient({ ...client.options, port: Number(twin.pubsub?.split(':')[1]) });
    const codes: unknown[] = [];
    const stream = calls.streamingPull();
    stream.on('error', ({ code }: { code?: number }) => codes.push(code));
    const first = { subscription: 'projects/twin/subscriptions/raw-reader', streamAckDeadlineSeconds: 10 };
    stream.write(first);
    stream.write({ streamAckDeadlineSeconds: 20 });
    stream.write(first);
    await eventually('the stream was refused', () => codes.length > 0);
    expect(codes).toEqual([3]);
    await calls.close();
  });

  it('§6.3 publishes stock to a topic of its own where one is named', async () => {
    await publishOrders({ availabilityTopic: 'projects/twin/topics/stock' });
    const [subscription] = await client.topic('stock').createSubscription('stock-reader');
    const [stock, orders] = [listen(subscription, acknowledge), listen(await subscribed('order-reader'), acknowledge)];
    const view = { name: 'Web', id: 'v', type: 'network', locations: ['DC1'] };
    await twin.put('/control/inventory/views', { organization: 'NORTH', views: [view] });
    const supply = [{ itemId: 'SKU-1', locationId: 'DC1', quantity: 7 }];
    await twin.put('/control/inventory/supply', { organization: 'NORTH', supply });
    await twin.save(anOrder('T1'));
    await eventually('both came', () => stock.length === 1 && orders.length === 1);
    expect(stock[0]?.attributes).toMatchObject({
      MSG_TYPE: 'PublishAvailabilityAlertMSGType',
      ComponentName: 'inventory',
      Organization: 'NORTH',
    });
    expect(JSON.parse(String(stock[0]?.data))).toMatchObject({ ItemId: 'SKU-1', TotalQuantity: 7 });
  });

  it('lets clients come back by themselves after their streams were cut', async () => {
    await publishOrders();
    const subscription = await subscribed('cut');
    const told: string[] = [];
    subscription.on('debug', ({ message }) => void told.push(message));
    const received = listen(subscription, acknowledge);
    await twin.save(anOrder('C1'));
    await eventually('the stream is open', () => received.length === 1);
    await twin.postRaw('/control/pubsub/cut', '{}');
    await eventually('a stream ended with UNAVAILABLE', () => told.some((words) => words.includes('status 14')));
    await twin.save(anOrder('C2'));
    await eventually('the client came back', () => received.length === 2);
    await settled('cut');
  });

  it('keeps subscriptions and their streams through a reset of the twin, and forgets messages', async () => {
    await publishOrders();
    await subscribed('idle');
    const received = listen(await subscribed('lasting'), acknowledge);
    await twin.save(anOrder('B1'));
    await eventually('the stream is open', () => received.length === 1);
    await twin.post('/control/reset', {});
    expect((await counters()).subscriptions).toMatchObject([{ waiting: 0 }, { waiting: 0, leased: 0 }]);
    await publishOrders();
    await twin.save(anOrder('B2'));
    await eventually('the same stream brings more', () => received.length === 2);
  });

  it('takes messages of other publishers', async () => {
    await client.createTopic('free');
    const [subscription] = await client.topic('free').createSubscription('free-reader');
    const received = listen(subscription, acknowledge);
    const id = await client.topic('free').publishMessage({ data: Buffer.from('hello'), attributes: { by: 'hand' } });
    await eventually('it came', () => received.length === 1);
    expect(received[0]).toMatchObject({ id, attributes: { by: 'hand' } });
    expect(String(received[0]?.data)).toBe('hello');
  });
});

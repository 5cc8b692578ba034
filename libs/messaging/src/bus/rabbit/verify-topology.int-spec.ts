import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { faultOf } from '@tandem/domain';
import { eventually } from '@tandem/messaging/testing';
import { PrivateBroker } from '@tandem/test/environment';
import { connect, type Channel, type ChannelModel } from 'amqplib';
import { brokerTopology, type TopologyMode } from './broker-topology.js';
import { RabbitMessageBus } from './rabbit-message-bus.js';
import { definitionsFor, scriptFor } from './topology-papers.js';

const queue = 'orders.place-order';
const prefix = "o'brien+co.";
const queues = [
  { name: queue, messages: ['order.accepted.v1'], lanes: 2 },
  { name: 'orders.project-order', messages: ['order.submitted.v1'], lanes: 1 },
] as const;
const external = ['erp.order-events'];
const adopted = ['erp.dead letters'];
const topology = brokerTopology({ prefix, queues, external, adopted });
const tenant = { vhost: "shared 'host", user: 'tandem-user' };
const lane = (number: number) => `${prefix}${queue}.lane-${number}`;

const message = (body: string) => ({
  ...{ queue, lane: 1, messageId: body, name: 'order.accepted.v1', attempts: 0, position: '1', body },
});

describe('A broker that its own team looks after', () => {
  let broker: PrivateBroker;
  let operator: ChannelModel;
  let channel: Channel;
  let opened: RabbitMessageBus[];

  beforeAll(async () => {
    broker = await PrivateBroker.start();
    await broker.control('add_vhost', tenant.vhost);
    for (const user of [tenant.user, 'powerless']) await broker.control('add_user', user, 'secret');
    await broker.control('set_permissions', '-p', tenant.vhost, 'guest', '.*', '.*', '.*');
    await broker.control('set_permissions', '-p', tenant.vhost, 'powerless', '', '', '');
    await broker.run(scriptFor(topology, tenant));
  });
  afterAll(() => broker.stop());

  beforeEach(async () => {
    opened = [];
    operator = await connect(urlFor('guest'));
    channel = await operator.createChannel();
    for (const name of adopted) await channel.assertQueue(name, { durable: true, messageTtl: 3_600_000 });
    await open('assert', 'guest');
  });
  afterEach(async () => {
    for (const bus of opened) await bus.close({ graceMs: 1_000 });
    await removeAll();
    await operator.close();
  });

  async function removeAll(): Promise<void> {
    for (const name of [...topology.lanes, ...external]) await channel.deleteQueue(name);
    await channel.deleteExchange(topology.exchange);
  }

  const urlFor = (user: string) => {
    const url = new URL(broker.url);
    url.username = user;
    url.password = user === 'guest' ? 'guest' : 'secret';
    url.pathname = `/${encodeURIComponent(tenant.vhost)}`;
    return url.href;
  };

  async function open(mode: TopologyMode, user = tenant.user): Promise<RabbitMessageBus> {
    const url = urlFor(user);
    const bus = new RabbitMessageBus({
      url,
      prefix,
      queues,
      external,
      adopted,
      topology: mode,
      onFailure: () => undefined,
    });
    opened.push(bus);
    await bus.start();
    return bus;
  }
  const refusal = (mode: TopologyMode, user?: string) => open(mode, user).then(() => undefined, faultOf);
  const complaints = async (mode: TopologyMode, user?: string) =>
    (await refusal(mode, user))?.message.split('\n').filter((line) => line.startsWith('- ')) ?? [];

  it('lets our user work on what the script made, with no right to configure anything', async () => {
    await removeAll();
    await broker.run(scriptFor(topology, tenant));
    const bus = await open('verify');
    const seen: string[] = [];
    await bus.consume(queue, { batchSize: 5 }, async (batch) => {
      seen.push(...batch.map(({ body }) => body.toString()));
    });
    await bus.consumeExternal('erp.order-events', { batchSize: 5 }, async (batch) => {
      seen.push(...batch.map(({ body }) => body.toString()));
    });
    await bus.consumeExternal('erp.dead letters', { batchSize: 5 }, async (batch) => {
      seen.push(...batch.map(({ body }) => body.toString()));
    });
    await bus.publish([message('a'), message('b')]);
    channel.sendToQueue('erp.order-events', Buffer.from('c'));
    channel.sendToQueue('erp.dead letters', Buffer.from('d'));
    await eventually('all have come', () => seen.length === 4);
    expect(seen.toSorted()).toEqual(['a', 'b', 'c', 'd']);
    expect((await bus.depths()).map(({ messages }) => messages)).toEqual([0, 0, 0]);
    await expect(declareAsOurUser()).rejects.toThrow('ACCESS_REFUSED');
  });

  async function declareAsOurUser(): Promise<void> {
    const connection = await connect(urlFor(tenant.user));
    try {
      const own = await connection.createChannel();
      own.on('error', () => undefined);
      await own.assertQueue(`${prefix}another`);
    } finally {
      await connection.close();
    }
  }

  it('can import the definitions, which say the same', async () => {
    await removeAll();
    await broker.run(
      `rabbitmqctl import_definitions <<'END'\n${JSON.stringify(definitionsFor(topology, tenant))}\nEND\n`,
    );
    await open('verify');
  });

  it('is refused at the start with a queue and a binding named that are missing, and nothing is made', async () => {
    await channel.deleteQueue(lane(0));
    await channel.unbindQueue(lane(1), topology.exchange, lane(1));
    const fault = await refusal('verify');
    expect(fault).toMatchObject({ kind: 'permanent', code: 'bus.topology' });
    expect(fault?.message.split('\n')).toEqual([
      'The message broker is not as we need it:',
      `- The queue ${lane(0)} is missing.`,
      `- The queue ${lane(1)} is not bound to the exchange ${topology.exchange} with the key ${lane(1)}.`,
      '`npm run topology` prints what the team of the broker has to run; then start again.',
    ]);
    expect(await complaints('verify')).toHaveLength(2);
  });

  it('is refused where the exchange and the queue of the OMS are missing', async () => {
    await channel.deleteExchange(topology.exchange);
    await channel.deleteQueue('erp.order-events');
    expect(await complaints('verify')).toEqual([
      `- The exchange ${topology.exchange} is missing.`,
      '- The queue erp.order-events is missing.',
    ]);
  });

  it('is refused where a queue is missing that was left by others, which nobody of us makes', async () => {
    await channel.deleteQueue('erp.dead letters');
    for (const mode of ['verify', 'assert'] as const)
      expect(await complaints(mode, 'guest')).toEqual(['- The queue erp.dead letters is missing.']);
    await expect(operator.createChannel().then(ofDeadLetters)).rejects.toThrow('NOT_FOUND');
    expect(definitionsFor(topology, tenant).queues.map(({ name }) => name)).not.toContain('erp.dead letters');
  });

  async function ofDeadLetters(own: Channel): Promise<unknown> {
    own.on('error', () => undefined);
    return own.checkQueue('erp.dead letters');
  }

  it('is refused with queues that are no ordered lanes, and an exchange that sends everywhere', async () => {
    await channel.deleteQueue(lane(0));
    await channel.deleteQueue(lane(1));
    await channel.deleteExchange(topology.exchange);
    await channel.assertExchange(topology.exchange, 'fanout');
    await channel.assertQueue(lane(0), { durable: true });
    await channel.assertQueue(lane(1), { durable: true, arguments: { 'x-queue-type': 'quorum' } });
    channel.sendToQueue(lane(1), Buffer.from('kept'));
    for (const name of topology.lanes) await channel.bindQueue(name, topology.exchange, name);
    const [other, unordered, everywhere] = await complaints('verify');
    expect(other).toContain(`The queue ${lane(0)} is declared otherwise than we would`);
    expect(unordered).toContain(`The queue ${lane(1)} is declared otherwise than we would`);
    expect(everywhere).toContain('must be of type direct');
    await eventually('what waited is still the first', async () => {
      const first = await channel.get(lane(1), { noAck: true });
      return first !== false && first.content.toString() === 'kept';
    });
  });

  it('is refused to a user without the right to send or to take', async () => {
    expect(await complaints('verify', 'powerless')).toEqual([
      ...topology.lanes.map((name) => `- The broker's user may not read from the queue ${name}.`),
      `- The broker's user may not write to the exchange ${topology.exchange}.`,
    ]);
  });

  it('is looked at by no one where that is wished, and still loses nothing', async () => {
    await channel.deleteQueue(lane(1));
    const bus = await open('none');
    await expect(bus.publish([message('a')])).rejects.toMatchObject({ kind: 'transient', code: 'bus.queue-missing' });
  });

  it('says what our user may not make, and what is declared otherwise than we would', async () => {
    const [first] = await complaints('assert');
    expect(first).toBe(`- The broker's user may not make or use the exchange ${topology.exchange}.`);
    await channel.deleteQueue(lane(0));
    await channel.assertQueue(lane(0), { durable: true });
    const [otherwise, ...more] = await complaints('assert', 'guest');
    expect(otherwise).toContain(`- The queue ${lane(0)} is declared otherwise than we would: its x-`);
    expect(otherwise).toMatch(/ is none, and should be '\w+'\.$/);
    expect(more).toEqual([]);
  });
});

import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { faultOf } from '@tandem/domain';
import { eventually, TcpProxy } from '@tandem/messaging/testing';
import { CertificateAuthority, freePort, PrivateBroker } from '@tandem/test/environment';
import type { BrokerAccess } from './rabbit-connection.js';
import { RabbitMessageBus } from './rabbit-message-bus.js';

const authority = new CertificateAuthority('House authority');
const stranger = new CertificateAuthority('House authority');
const ca = authority.cert;
const queue = 'orders.place-order';
const queues = [{ name: queue, messages: ['order.accepted.v1'], lanes: 1 }] as const;
const message = (body: string) => ({
  ...{ queue, lane: 0, messageId: body, name: 'order.accepted.v1', attempts: 0, position: '1', body },
});

describe('A broker behind TLS', () => {
  let broker: PrivateBroker;
  let opened: RabbitMessageBus[];

  beforeAll(async () => {
    broker = await PrivateBroker.start({ ...authority.issue('broker'), authority: ca });
    for (const user of ['tandem-user', 'powerless']) await broker.control('add_user', user, 'secret');
    await broker.control('add_vhost', 'shared host');
    await broker.control('set_permissions', '-p', 'shared host', 'tandem-user', '.*', '.*', '.*');
  });
  afterAll(() => broker.stop());
  beforeEach(() => {
    opened = [];
  });
  afterEach(async () => {
    for (const bus of opened) await bus.close({ graceMs: 1_000 });
  });

  const vhost = encodeURIComponent('shared host');
  const at = (changes: Partial<URL>, base = broker.secureUrl) =>
    Object.assign(new URL(base), { username: 'tandem-user', password: 'secret', pathname: vhost }, changes).href;
  const ours = { ca, ...authority.issue('tandem-user') };
  const nameless = { username: '', password: '' };

  async function open(access: BrokerAccess, queuesOf: typeof queues | readonly [] = queues): Promise<RabbitMessageBus> {
    const bus = new RabbitMessageBus({ ...access, queues: queuesOf, onFailure: () => undefined });
    opened.push(bus);
    await bus.start();
    return bus;
  }

  async function carries(bus: RabbitMessageBus): Promise<void> {
    const seen: string[] = [];
    const body = `m-${opened.length}`;
    const subscription = await bus.consume(queue, { batchSize: 5 }, async (batch) => {
      seen.push(...batch.map((one) => one.body.toString()));
    });
    await eventually('it sends', () => bus.publish([message(body)]));
    await eventually('it takes', () => seen.includes(body));
    await subscription.close();
  }

  it('is trusted by the authority of the house, in a virtual host of its own', async () => {
    await carries(await open({ url: at({}), tls: { ca } }));
  });

  it('takes our certificate for our login', async () => {
    await carries(await open({ url: at(nameless), tls: ours, login: 'external' }));
  });

  it('is one of several: the next is tried when one is down, at the start and later', async () => {
    const { hostname, port } = new URL(broker.secureUrl);
    const proxy = await TcpProxy.to(hostname, Number(port));
    const through = at({ port: String(proxy.port) });
    const bus = await open({ url: [at({ port: String(await freePort()) }), through, at({})], tls: { ca } });
    await carries(bus);
    proxy.refuse();
    await eventually('it has noticed', async () =>
      bus.publish([message('x')]).then(
        () => true,
        () => false,
      ),
    );
    await carries(bus);
    await proxy.close();
  });

  it('says for each host why none will do', async () => {
    const [first, second] = [await freePort(), await freePort()];
    const refused = open({ url: [at({ port: String(first) }), at({ port: String(second) })] });
    const says = 'refused the connection: nothing listens there, or a firewall forbids it.';
    await expect(refused).rejects.toMatchObject({
      kind: 'transient',
      message: `The message broker at 127.0.0.1:${first} ${says} The message broker at 127.0.0.1:${second} ${says}`,
    });
  });

  const mistakes: readonly (readonly [string, () => BrokerAccess, string])[] = [
    ['no authority', () => ({ url: at({}) }), 'no authority has signed whom we trust: set TANDEM_AMQP_CA_FILE'],
    ['a wrong authority', () => ({ url: at({}), tls: { ca: stranger.cert } }), 'no authority has signed whom we trust'],
    ['another name', () => ({ url: at({ hostname: '0.0.0.0' }), tls: { ca } }), 'a certificate for another name'],
    ['a port without TLS', () => ({ url: at({}, broker.url.replace('amqp', 'amqps')) }), 'speaks no TLS there'],
    ['a wrong password', () => ({ url: at({ password: 'guess' }), tls: { ca } }), 'the user or the password'],
    ['an unknown virtual host', () => ({ url: at({ pathname: 'nope' }), tls: { ca } }), 'no such virtual host'],
    ['a user without rights', () => ({ url: at({ username: 'powerless' }), tls: { ca } }), 'no rights in it'],
    [
      'a certificate of a stranger',
      () => ({ url: at({}), tls: { ca, ...stranger.issue('tandem-user') } }),
      'refuses our certificate: an authority that it trusts must have signed TANDEM_AMQP_CERT_FILE',
    ],
    [
      'a certificate that names no user',
      () => ({ url: at(nameless), tls: { ca, ...authority.issue('nobody') }, login: 'external' }),
      'knows no user by our certificate',
    ],
  ];
  it.each(mistakes)('says what a person must mend: %s', async (_, access, sentence) => {
    const fault = await open(access()).then(() => undefined, faultOf);
    expect(fault).toMatchObject({ kind: 'suspending', code: 'bus.refuses-us' });
    expect(fault?.message).toContain(sentence);
    expect(fault?.message).toContain(`The message broker at ${new URL(String(access().url)).host}`);
    expect(fault?.message).not.toMatch(/secret|guess/);
  });

  it('wants TLS: who comes without is told', async () => {
    const plain = at({}, broker.secureUrl).replace('amqps', 'amqp');
    await expect(open({ url: plain })).rejects.toThrow('closed the connection at once: it is down, or wants amqps:.');
  });

  it('is told of once while it is down, with its reason in the health', async () => {
    const { hostname, port } = new URL(broker.secureUrl);
    const proxy = await TcpProxy.to(hostname, Number(port));
    let tries = 0;
    const hangsUp = createServer((socket) => {
      tries += 1;
      socket.resetAndDestroy();
    }).listen(0, '127.0.0.1');
    await once(hangsUp, 'listening');
    const { port: second } = hangsUp.address() as AddressInfo;
    const failures: string[] = [];
    const bus = new RabbitMessageBus({
      ...{ url: [at({ port: String(proxy.port) }), at({ port: String(second) })], tls: { ca }, queues },
      onFailure: (error) => void failures.push(String(error)),
    });
    const told = () => failures.filter((failure) => failure.includes('closed the connection at once'));
    opened.push(bus);
    await bus.start();
    proxy.refuse();
    await eventually('it says why', async () => (await bus.healthy()).detail.includes('closed the connection at once'));
    await eventually('both connections have tried often', () => tries > 6);
    expect(told()).toHaveLength(2);
    proxy.restore();
    await eventually('it is back', async () => (await bus.healthy()).up);
    await carries(bus);
    await proxy.close();
    hangsUp.close();
  });

  it('that is short of disk is sent nothing, says so, and still gives', async () => {
    const bus = await open({ url: at({}), tls: { ca } });
    await bus.publish([message('before')]);
    await broker.raiseDiskAlarm();
    const sending = bus.publish([message('during')]).then(
      () => undefined,
      () => undefined,
    );
    await eventually('it says so', async () => (await bus.healthy()).detail.includes('takes nothing at the moment'));
    await expect(bus.publish([message('refused')])).rejects.toMatchObject({ kind: 'transient', code: 'bus.blocked' });
    const seen: string[] = [];
    await bus.consume(queue, { batchSize: 5 }, async (batch) => {
      seen.push(...batch.map(({ body }) => body.toString()));
    });
    await eventually('it takes', () => seen.includes('before'));
    await broker.clearDiskAlarm();
    await sending;
    await eventually('it sends again', () => bus.publish([message('after')]));
    await eventually('all have come', () => seen.includes('after'));
    expect(await bus.healthy()).toMatchObject({ up: true });
  });
});

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RabbitMessageBus } from '@tandem/messaging';
import { PrivateBroker } from '../support/environment/index.js';
import { eventually } from '../support/eventually.js';

const queue = 'orders.place-order';
const message = (body: string) => ({
  ...{ queue, lane: 3, messageId: body, name: 'order.accepted.v1', attempts: 0, position: '1', body },
});

/** What `npm run topology` prints. */
async function papers(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    'apps/sync-api/dist/src/topology-papers.js',
    ...args,
  ]);
  return stdout;
}

/** The commands that the paper for the broker's team shows, each as its arguments. */
async function shownCommands(): Promise<readonly (readonly string[])[]> {
  const text = await readFile('docs/corporate-rabbitmq.md', 'utf8');
  return [...text.matchAll(/npm run topology --silent -- (.+) > /g)].map(([, args = '']) => args.split(' '));
}

describe('A RabbitMQ that several tenants share, none with a right to configure', () => {
  let broker: PrivateBroker;
  const opened: RabbitMessageBus[] = [];

  beforeAll(async () => {
    broker = await PrivateBroker.start();
    for (const user of ['tandem', 'tandem-eu']) await broker.control('add_user', user, 'secret');
  });
  afterAll(async () => {
    for (const bus of opened) await bus.close({ graceMs: 1_000 });
    await broker.stop();
  });

  async function open(user: string, prefix: string): Promise<RabbitMessageBus> {
    const url = Object.assign(new URL(broker.url), { username: user, password: 'secret' }).href;
    const external = [`${prefix}oms.order-events`];
    const bus = new RabbitMessageBus({ url, prefix, external, topology: 'verify', onFailure: () => undefined });
    opened.push(bus);
    await bus.start();
    return bus;
  }

  async function collect(bus: RabbitMessageBus): Promise<string[]> {
    const seen: string[] = [];
    await bus.consume(queue, { batchSize: 5 }, async (batch) => {
      seen.push(...batch.map(({ body }) => body.toString()));
    });
    return seen;
  }

  it('carries the messages of each, made by the commands that the paper shows, and keeps them apart', async () => {
    const [script, definitions, adopting] = await shownCommands();
    await broker.run(await papers(...(script ?? [])));
    expect(await papers(...(adopting ?? []))).toContain(String.raw`erp\.order-events\.dlq`);
    const imported = await papers(...(definitions ?? []), '--prefix', 'tandem-eu.', '--user', 'tandem-eu');
    await broker.run(`rabbitmqctl import_definitions <<'END'\n${imported}\nEND\n`);

    const [one, other] = [await open('tandem', 'tandem.'), await open('tandem-eu', 'tandem-eu.')];
    const [ofOne, ofOther] = [await collect(one), await collect(other)];
    await Promise.all([one.publish([message('one')]), other.publish([message('other')])]);
    await eventually('both have come', async () =>
      ofOne.length > 0 && ofOther.length > 0 ? [ofOne, ofOther] : undefined,
    );
    expect([ofOne, ofOther]).toEqual([['one'], ['other']]);
    await expect(open('tandem-eu', 'tandem.')).rejects.toThrow(
      "The broker's user may not write to the exchange tandem.lanes.",
    );
  });

  it('is described in one line of JSON for programs, with no rights but to send and to take', async () => {
    const { rights, definitions } = JSON.parse(await papers('--json', '--user', 'u', '--prefix', 'p.')) as {
      readonly rights: { readonly configure: string; readonly write: string; readonly read: string };
      readonly definitions: { readonly queues: readonly { readonly name: string }[] };
    };
    expect(rights).toMatchObject({ configure: '', write: String.raw`^p\.lanes$` });
    const read = new RegExp(rights.read);
    expect(definitions.queues.filter(({ name }) => !read.test(name))).toEqual([]);
    expect(
      ['p.lanes', 'q.orders.place-order.lane-0', 'p.orders.place-order.lane-0.more'].filter((name) => read.test(name)),
    ).toEqual([]);
  });

  it('names as many lanes as are wanted', async () => {
    const lanes = async (...args: readonly string[]) =>
      (await papers('--json', ...args)).match(/"name":"[^"]*\.lane-\d+"/g);
    expect(await lanes()).toHaveLength(6 * 8);
    expect(await lanes('--lanes', '3')).toHaveLength(6 * 3);
    await expect(papers('--lanes', '65')).rejects.toMatchObject({
      stderr: expect.stringContaining('TANDEM_LANES is no whole number from 1 to 64.'),
    });
  });

  it('says what is wrong with a command', async () => {
    await expect(papers('--format', 'xml')).rejects.toMatchObject({
      code: 2,
      stderr: '--format is definitions or script, and not xml.\nnpm run topology -- --help\n',
    });
  });
});

import { AsyncLocalStorage } from 'node:async_hooks';
import { context, ROOT_CONTEXT, trace, type Context, type ContextManager } from '@opentelemetry/api';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ConflictFault, PermanentFault, TransientFault } from '@tandem/domain';
import {
  accepted,
  createTestDatabase,
  eventually,
  LaneStage,
  notingHandler,
  type TestDatabase,
} from '../../testing/index.js';
import { MessageArchive } from '../archive/message-archive.js';
import { ParkedMessages } from '../archive/parked-messages.js';
import type { RoutedMessage } from '../bus/message-bus.js';
import type { Message } from '../envelope.js';
import { laneOf } from '../topology.js';
import { done } from './outcome.js';

const queue = 'orders.place-order';
const transient = new TransientFault('oms.unavailable', 'The OMS does not answer.');
const permanent = new PermanentFault('oms.item-unknown', 'The OMS does not know the item.', {
  violations: [
    { field: 'lines[0].sku', rule: 'sku.unknown', sentence: 'The item is unknown.', remedy: 'Create the item.' },
  ],
});

describe('A lane consumer', () => {
  let database: TestDatabase;
  let stage: LaneStage;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.clear();
    stage = new LaneStage(database);
  });
  afterEach(() => stage.close());

  it('acknowledges what is done and records the attempt', async () => {
    const { seen, handler } = notingHandler(() => undefined);
    await stage.consume(handler);
    await stage.put(accepted('N-1'), accepted('N-2'));
    await eventually('both are settled', async () => (await stage.settled()) && seen.length === 2);
    expect(await stage.rows('SELECT queue, attempt, outcome, fault_code FROM message_attempts')).toEqual([
      { queue, attempt: 1, outcome: 'done', fault_code: null },
      { queue, attempt: 1, outcome: 'done', fault_code: null },
    ]);
  });

  it('handles each message in its own trace, also where they arrive together, and lets one fail alone', async () => {
    context.setGlobalContextManager(followingContexts());
    const handled: unknown[] = [];
    const traceOf = (number: number) => String(number).repeat(32);
    await stage.put(
      ...[1, 2, 3].map((number) =>
        accepted(`N-${number}`, { traceparent: `00-${traceOf(number)}-${'a'.repeat(16)}-01` }),
      ),
    );
    await stage.consumeEach(async ({ key }) => {
      handled.push([key, trace.getSpanContext(context.active())?.traceId]);
      if (key === 'N-2') throw permanent;
    });
    await eventually('all are settled', async () => (await stage.settled()) && handled.length === 3);
    context.disable();
    expect(handled.sort()).toEqual([1, 2, 3].map((number) => [`N-${number}`, traceOf(number)]));
    expect((await stage.parked()).map(({ key }) => key)).toEqual(['N-2']);
  });

  it('gets again what somebody deleted from a queue, and once', async () => {
    const gate = Promise.withResolvers<true>();
    const { seen, handler } = notingHandler(() => undefined);
    await stage.consume(
      async (messages) => {
        await gate.promise;
        return handler(messages);
      },
      { batchSize: 1 },
    );
    await stage.put(accepted('N-1', { site: 'first' }), accepted('N-1', { site: 'second' }));
    const sent = () => stage.rows('SELECT FROM outbox_messages WHERE sent_at IS NOT NULL');
    await eventually('both are sent', async () => (await sent()).length === 2);
    await stage.rows('DELETE FROM bus_messages');
    gate.resolve(true);
    await eventually('both are settled', () => stage.settled());
    expect(seen.filter((key) => key === 'N-1@second')).toEqual(['N-1@second']);
  });

  it('brings a message that failed for a while again, with the same id and its attempts counted', async () => {
    const { seen, handler } = notingHandler((_, attempt) => (attempt < 3 ? transient : undefined));
    await stage.consume(handler);
    const message = accepted('N-1');
    await stage.put(message);
    await eventually('it is settled', async () => (await stage.settled()) && seen.length === 3);
    const attempts = await stage.rows(
      'SELECT message_id, attempt, outcome, fault_code FROM message_attempts ORDER BY id',
    );
    expect(attempts).toEqual([
      { message_id: message.id, attempt: 1, outcome: 'retry', fault_code: 'oms.unavailable' },
      { message_id: message.id, attempt: 2, outcome: 'retry', fault_code: 'oms.unavailable' },
      { message_id: message.id, attempt: 3, outcome: 'done', fault_code: null },
    ]);
    expect(stage.faults).toEqual([transient, transient]);
  });

  it('parks a message when its ladder ends, with what happened, what was tried and what to do', async () => {
    const { seen, handler } = notingHandler(() => transient);
    await stage.consume(handler, { ladder: [10] });
    const message = accepted('N-1');
    await stage.put(message);
    await eventually('it is parked', async () => (await stage.parked()).length === 1);
    expect(seen).toHaveLength(2);
    expect(await stage.parked()).toMatchObject([
      {
        queue,
        messageId: message.id,
        key: 'N-1',
        site: 'nordwind-de',
        attempts: 2,
        reason: {
          kind: 'transient',
          code: 'oms.unavailable',
          sentence: 'The OMS does not answer.',
          tried: 'It was tried 2 times.',
        },
      },
    ]);
    await eventually('nothing else is left', () => stage.settled());
  });

  it('parks a hopeless message at once and lets the others of the batch go on', async () => {
    const { seen, handler } = notingHandler(({ key }) => (key === 'N-2' ? permanent : undefined));
    await stage.consume(handler);
    await stage.put(accepted('N-1'), accepted('N-2'), accepted('N-3'));
    await eventually(
      'one is parked and the rest is done',
      async () => (await stage.parked()).length === 1 && (await stage.settled()),
    );
    expect(seen.toSorted()).toEqual(['N-1', 'N-2', 'N-3']);
    expect((await stage.parked())[0]?.reason).toMatchObject({
      code: 'oms.item-unknown',
      violations: [{ field: 'lines[0].sku' }],
    });
  });

  it('finds the one message that makes a handler throw', async () => {
    const keys = Array.from({ length: 20 }, (_, index) => `N-${index}`);
    const handled = new Set<string>();
    await stage.consume(async (messages) => {
      if (messages.some(({ key }) => key === 'N-7')) throw new TypeError('x is undefined');
      for (const { key } of messages) handled.add(key);
      return messages.map(() => done);
    });
    await stage.put(...keys.map((key) => accepted(key)));
    await eventually('it is parked', async () => (await stage.parked()).length === 1 && (await stage.settled()));
    expect(await stage.parked()).toMatchObject([{ key: 'N-7', attempts: 2, reason: { kind: 'defect' } }]);
    expect(handled.size).toBe(19);
  });

  it('parks what it cannot read, and goes on', async () => {
    const { seen, handler } = notingHandler(() => undefined);
    const lane = laneOf('N-1', 8);
    const broken = {
      queue,
      lane,
      messageId: 'm',
      name: 'order.accepted.v1',
      attempts: 0,
      position: '1',
      body: '{"id":"\\u0000',
    };
    await stage.bus.publish([broken]);
    await stage.consume(handler);
    await stage.put(accepted('N-1'));
    await eventually('the other is handled', async () => seen.length === 1 && (await stage.settled()));
    expect(await stage.parked()).toMatchObject([
      { queue, envelope: broken.body, reason: { kind: 'permanent', code: 'message.undecodable' } },
    ]);
  });

  const lies: readonly (readonly [string, string, (message: Message) => string, Partial<RoutedMessage>])[] = [
    ['an id that is no UUID', 'message.invalid', (message) => JSON.stringify({ ...message, id: 'first' }), {}],
    ['a key that holds NUL', 'message.invalid', (message) => JSON.stringify({ ...message, key: 'N\0' }), {}],
    ['no number of an archive', 'message.invalid', (message) => JSON.stringify({ ...message, archiveId: 'x' }), {}],
    ['another name in its header', 'message.mislabelled', JSON.stringify, { name: 'customer.ready.v1' }],
    ['too large a body', 'message.oversized', (message) => JSON.stringify(message).padEnd(11 * 1024 * 1024), {}],
  ];
  it.each(lies)('parks a message with %s, once, and goes on', async (_, code, body, header) => {
    const { seen, handler } = notingHandler(() => undefined);
    const lane = laneOf('N-1', 8);
    const message = accepted('N-1');
    const routed = { queue, lane, messageId: message.id, name: message.name, attempts: 0, position: '1' };
    await stage.bus.publish([{ ...routed, ...header, body: body(message) }]);
    await stage.consume(handler);
    await stage.put(accepted('N-1'));
    await eventually('the other is handled', async () => seen.length === 1 && (await stage.settled()));
    expect(await stage.parked()).toMatchObject([{ queue, attempts: 1, reason: { kind: 'permanent', code } }]);
    expect(await stage.count('message_attempts')).toBe(2);
  });

  it('repeats a conflict at once', async () => {
    const stale = new ConflictFault('order.stale', 'The order had changed meanwhile.');
    const { seen, handler } = notingHandler((_, attempt) => (attempt < 4 ? stale : undefined));
    await stage.consume(handler, { ladder: [3_600_000] });
    await stage.put(accepted('N-1'));
    await eventually('it is settled', async () => seen.length === 4 && (await stage.settled()));
  });

  it('sends a replayed message again as it was, and settles its archived root', async () => {
    const archive = new MessageArchive();
    const store = () =>
      archive.store(database.source.manager, [{ source: 'oms', direction: 'inbound', body: Buffer.from('{}') }]);
    const [archiveId] = await store();
    const stateOf = async () => (await archive.read(database.source.manager, [archiveId ?? '']))[0]?.state;
    const { seen, handler } = notingHandler((_, attempt) => (attempt === 1 ? permanent : undefined));
    await stage.consume(handler);
    const message = accepted('N-1', { archiveId });
    await stage.put(message);
    await eventually('it is parked', async () => (await stage.parked()).length === 1);
    expect(await stateOf()).toBe('parked');
    const replayed = await stage.work.run((tx) => new ParkedMessages().replay(tx, message.id));
    expect(replayed).toBe(1);
    await eventually('it is settled', async () => seen.length === 2 && (await stage.settled()));
    expect(await stage.parked()).toEqual([]);
    expect(await stateOf()).toBe('done');
    expect(await stage.work.run((tx) => new ParkedMessages().replay(tx, message.id))).toBe(0);
  });

  it('shows an archived message as waiting while one of those it led to waits', async () => {
    const archive = new MessageArchive();
    const [archiveId] = await archive.store(database.source.manager, [
      { source: 'oms', direction: 'inbound', body: Buffer.from('{}') },
    ]);
    const { seen, handler } = notingHandler(({ key }) => (key === 'N-2' ? transient : undefined));
    await stage.consume(handler, { ladder: [3_600_000] });
    await stage.put(accepted('N-1', { archiveId }), accepted('N-2', { archiveId }), accepted('N-3', { archiveId }));
    await eventually('all are tried', async () => seen.length === 3 && (await stage.count('message_attempts')) === 3);
    expect((await archive.read(database.source.manager, [archiveId ?? '']))[0]?.state).toBe('waiting');
  });

  it('acknowledges nothing that it could not settle', async () => {
    const { seen, handler } = notingHandler(() => permanent);
    await database.source.query('ALTER TABLE parked_messages RENAME TO hidden');
    await stage.consume(handler);
    await stage.put(accepted('N-1'));
    await eventually('it comes again and again', () => seen.length > 2);
    expect(await stage.count('bus_messages')).toBe(1);
    await database.source.query('ALTER TABLE hidden RENAME TO parked_messages');
    await eventually('it is parked', async () => (await stage.parked()).length === 1 && (await stage.settled()));
  });
});

/** What the app's own tracing brings: the active context follows asynchronous work. */
function followingContexts(): ContextManager {
  const storage = new AsyncLocalStorage<Context>();
  const manager: ContextManager = {
    active: () => storage.getStore() ?? ROOT_CONTEXT,
    with: (active, work, thisArg, ...args) => storage.run(active, () => work.apply(thisArg, args)),
    bind: (_, target) => target,
    enable: () => manager,
    disable: () => manager,
  };
  return manager;
}

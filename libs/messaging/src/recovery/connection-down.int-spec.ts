import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TransientFault } from '@tandem/domain';
import {
  accepted,
  createTestDatabase,
  eventually,
  LaneStage,
  notingHandler,
  type TestDatabase,
} from '../../testing/index.js';
import { done } from './outcome.js';

const down = new TransientFault('oms.unavailable', 'The OMS does not answer.', { farSide: 'oms' });
const locked = new TransientFault('oms.lock_wait', 'The record was busy.');
/** Nobody waits this long: what comes back earlier was called. */
const never = 3_600_000;
const breaker = { keysInARow: 3, firstProbeAfterMs: 20, lastProbeAfterMs: 40, waitMs: never };
const keys = Array.from({ length: 40 }, (_, index) => `N-${index}`);

describe('A far side that does not answer a site', () => {
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

  const counted = () =>
    stage.rows<{ n: number }>("SELECT count(*)::int AS n FROM message_attempts WHERE outcome = 'retry'");
  const probes = async () => {
    const rows = await stage.rows<{ n: number }>(
      "SELECT count(*)::int AS n FROM message_attempts WHERE outcome = 'suspended'",
    );
    return rows[0]?.n ?? 0;
  };

  it('keeps its messages waiting without counting attempts, and all go on in order once it is back', async () => {
    let isDown = true;
    const { seen, handler } = notingHandler(() => (isDown ? down : undefined));
    const each: string[] = [];
    await stage.consumeEach(
      async (message) => {
        const [outcome] = await handler([message]);
        if (outcome?.kind === 'failed') throw outcome.fault;
        each.push(`${message.key} ${message.id}`);
      },
      { ladder: [never], breaker },
    );
    const messages = ['first', 'second', 'third'].flatMap(() => keys.map((key) => accepted(key)));
    await stage.put(...messages);
    await eventually('it was probed again and again', async () => (await probes()) > 20);
    expect(seen.length).toBeLessThan(messages.length);
    isDown = false;
    await eventually('all are settled', () => stage.settled());
    expect(await counted()).toEqual([{ n: breaker.keysInARow - 1 }]);
    // What is handled while the machine stands still may come again; a handler of ours claims, and does nothing then.
    const handled = [...new Set(each)];
    for (const key of keys)
      expect(handled.filter((one) => one.startsWith(`${key} `))).toEqual(
        messages.filter((message) => message.key === key).map(({ id }) => `${key} ${id}`),
      );
    expect(await stage.parked()).toEqual([]);
    expect(stage.changes).toMatchObject([
      { site: 'nordwind-de', farSide: 'oms', code: 'oms.unavailable' },
      { site: 'nordwind-de', farSide: 'oms' },
    ]);
  });

  it('holds up no other site, though their messages are handled together', async () => {
    const others: string[] = [];
    await stage.consume(
      async (messages) => {
        if (messages.some(({ site }) => site === 'nordwind-de')) throw down;
        for (const { key } of messages) others.push(key);
        return messages.map(() => done);
      },
      { ladder: [never], breaker },
    );
    await stage.put(...keys.flatMap((key) => [accepted(key), accepted(`${key}-at`, { site: 'suedwind-at' })]));
    await eventually('the other site is through', () => others.length === keys.length);
    expect(stage.changes).toMatchObject([{ site: 'nordwind-de' }]);
  });

  it('is not suspected because of records that are locked, each by itself', async () => {
    const { handler } = notingHandler((_, attempt) => (attempt === 1 ? locked : undefined));
    await stage.consume(handler, { ladder: [30], breaker });
    await stage.put(...keys.map((key) => accepted(key)));
    await eventually('all are settled', () => stage.settled());
    expect(stage.changes).toEqual([]);
    expect(await counted()).toEqual([{ n: keys.length }]);
  });

  it('is not suspected because of one key that never works', async () => {
    const { handler } = notingHandler(({ key }) => (key === 'N-1' ? down : undefined));
    await stage.consume(handler, { ladder: [10, 10, 10, 10, 10], breaker });
    await stage.put(accepted('N-1'));
    await eventually('it is parked', async () => (await stage.parked()).length === 1);
    await stage.put(accepted('N-2'));
    await eventually('the other is settled', () => stage.settled());
    expect(stage.changes).toEqual([]);
  });
});

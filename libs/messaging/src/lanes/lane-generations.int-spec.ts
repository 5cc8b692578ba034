import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { accepted, createTestDatabase, eventually, RecordingBus, type TestDatabase } from '../../testing/index.js';
import { OutboxRelay } from '../outbox/outbox-relay.js';
import { Outbox } from '../outbox/outbox.js';
import { laneOf } from '../topology.js';
import { LaneGenerations } from './lane-generations.js';

describe('A generation of lanes', () => {
  let database: TestDatabase;
  let generations: LaneGenerations;

  beforeAll(async () => {
    database = await createTestDatabase();
    generations = new LaneGenerations(database.source);
  });
  afterAll(() => database.drop());
  beforeEach(() => database.clear());

  const put = (key: string) => database.source.transaction((tx) => new Outbox().put(tx, [accepted(key)]));
  const rows = () =>
    database.source.query<unknown[]>('SELECT lanes, begins_after::int FROM lane_generations ORDER BY id');

  it('is not begun where the number stays as it was', async () => {
    await generations.begin(8);
    expect(await rows()).toEqual([]);
    expect(await generations.live()).toEqual([]);
  });

  it('is begun once, however many replicas start with it', async () => {
    await put('N-1');
    await Promise.all([generations.begin(5), generations.begin(5), generations.begin(5)]);
    expect(await rows()).toEqual([
      { lanes: 8, begins_after: 0 },
      { lanes: 5, begins_after: 1 },
    ]);
    expect(await generations.live()).toEqual([5, 8]);
  });

  it('begins above what is being written at that moment', async () => {
    let beginning: Promise<void> | undefined;
    await database.source.transaction(async (tx) => {
      await new Outbox().put(tx, [accepted('N-1'), accepted('N-2')]);
      beginning = generations.begin(5);
      const waiting = `SELECT FROM pg_locks WHERE relation = 'outbox_messages'::regclass AND NOT granted`;
      await eventually('it waits', async () => (await database.source.query<unknown[]>(waiting)).length === 1);
      expect(await rows()).toEqual([]);
    });
    await beginning;
    expect(await rows()).toContainEqual({ lanes: 5, begins_after: 2 });
  });

  it('ends when nothing is left that an older one may have sent', async () => {
    await put('N-1');
    await generations.begin(5);
    await put('N-2');
    await generations.forgetSettled();
    expect(await generations.live()).toEqual([5, 8]);
    await database.source.query(`DELETE FROM outbox_messages WHERE key = 'N-1'`);
    await generations.forgetSettled();
    expect(await generations.live()).toEqual([5]);
  });

  it('is what every replica sends by, whatever number it was started with', async () => {
    const bus = new RecordingBus();
    const relay = new OutboxRelay(database.source, bus, { pollMs: 10, onFailure: () => undefined });
    await put('N-1001');
    relay.start();
    await eventually('it is sent', () => bus.published.length === 1);
    await generations.begin(64);
    await put('N-1001');
    await eventually('the next one is sent', () => bus.published.length === 2);
    await relay.stop();
    expect(bus.published.map(({ lane }) => lane)).toEqual([laneOf('N-1001', 8), laneOf('N-1001', 64)]);
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SuspendingFault, TransientFault } from '@tandem/domain';
import {
  accepted,
  createTestDatabase,
  eventually,
  LaneStage,
  notingHandler,
  type TestDatabase,
} from '../../testing/index.js';
import { laneName, laneOf } from '../topology.js';

const queue = 'orders.place-order';
const transient = new TransientFault('oms.unavailable', 'The OMS does not answer.');

describe('A lane consumer, as to order', () => {
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

  it('never lets a later message of a key overtake one that waits for a retry', async () => {
    const { seen, handler } = notingHandler(({ key, site }, attempt) =>
      key === 'N-1' && site === 'first' && attempt < 4 ? transient : undefined,
    );
    await stage.consume(handler, { ladder: [40, 40, 40], batchSize: 2 });
    const sites = ['first', 'second', 'third', 'fourth', 'fifth'];
    await stage.put(...sites.slice(0, 3).map((site) => accepted('N-1', { site })));
    await eventually('the first has failed', () => seen.length > 0);
    for (const site of sites.slice(3)) await stage.put(accepted('N-1', { site }));
    await eventually('all are settled', () => stage.settled());
    expect(seen).toEqual(['N-1@first', 'N-1@first', 'N-1@first', ...sites.map((site) => `N-1@${site}`)]);
  });

  it('keeps that order even when the later message stood in the lane before the retry did', async () => {
    const lane = laneName(queue, laneOf('N-1', 8));
    const gate = Promise.withResolvers<true>();
    const blocker =
      Array.from({ length: 50 }, (_, index) => `B-${index}`).find((key) => laneOf(key, 8) === laneOf('N-1', 8)) ?? '';
    const { seen, handler } = notingHandler(({ site }, attempt) =>
      site === 'first' && attempt === 1 ? transient : undefined,
    );
    await stage.consume(
      async (messages) => {
        if (messages.some(({ key }) => key === blocker)) await gate.promise;
        return handler(messages);
      },
      { ladder: [1], batchSize: 1 },
    );
    await stage.put(accepted('N-1', { site: 'first' }), accepted(blocker), accepted('N-1', { site: 'second' }));
    // Behind the blocker: the second message first, and then the retry of the first.
    await eventually(
      'the retry stands in the lane',
      async () =>
        seen.length === 1 &&
        (await stage.rows(`SELECT FROM bus_messages WHERE queue = '${lane}' AND attempts = 1`)).length === 1,
    );
    gate.resolve(true);
    await eventually('all are settled', () => stage.settled());
    expect(seen).toEqual(['N-1@first', blocker, 'N-1@first', 'N-1@second']);
  });

  it('sets a batch right in which a retry arrived behind a later message of its key', async () => {
    const { seen, handler } = notingHandler(() => undefined);
    const [first, second] = [accepted('N-1', { site: 'first' }), accepted('N-1', { site: 'second' })];
    const sent = { queue, lane: laneOf('N-1', 8), name: 'order.accepted.v1' };
    await stage.rows(`INSERT INTO waiting_messages (queue, key, position) VALUES ('${queue}', 'N-1', 9)`);
    await stage.bus.publish([
      { ...sent, messageId: second.id, attempts: 0, position: '10', body: JSON.stringify(second) },
      { ...sent, messageId: first.id, attempts: 1, position: '9', body: JSON.stringify(first) },
    ]);
    await stage.consume(handler);
    await eventually('both are settled', () => stage.settled());
    expect(seen).toEqual(['N-1@first', 'N-1@second']);
  });

  it('handles a message that arrived twice in one batch once', async () => {
    const { seen, handler } = notingHandler(() => undefined);
    const twin = { queue, lane: laneOf('N-1', 8), name: 'order.accepted.v1', attempts: 0, position: '1' };
    const message = accepted('N-1');
    const sent = { ...twin, messageId: message.id, body: JSON.stringify(message) };
    await stage.bus.publish([sent, sent]);
    await stage.consume(handler);
    await eventually('it is settled', () => stage.settled());
    expect(seen).toEqual(['N-1']);
  });

  it('lets a suspended site wait without counting, probes it, and lets other sites go on meanwhile', async () => {
    const revoked = new SuspendingFault('crm.credentials-refused', 'The CRM refused our credentials.');
    let isRevoked = true;
    const { seen, handler } = notingHandler(({ site }) => (site === 'suedwind-at' && isRevoked ? revoked : undefined));
    await stage.consume(handler, { ladder: [] });
    await stage.put(accepted('S-1', { site: 'suedwind-at' }), accepted('N-1'));
    await eventually('it was probed a few times', () => seen.filter((key) => key === 'S-1@suedwind-at').length > 3);
    await stage.put(accepted('N-2'));
    await eventually('the other site goes on', () => seen.includes('N-2'));
    isRevoked = false;
    await eventually('all are settled', () => stage.settled());
    const attempts = await stage.rows<{ attempt: number; outcome: string }>(
      `SELECT DISTINCT attempt, outcome FROM message_attempts ORDER BY outcome`,
    );
    expect(attempts).toEqual([
      { attempt: 1, outcome: 'done' },
      { attempt: 1, outcome: 'suspended' },
    ]);
    expect(await stage.parked()).toEqual([]);
  });

  it('does not even try the other messages of a suspended site', async () => {
    const revoked = new SuspendingFault('crm.credentials-refused', 'The CRM refused our credentials.');
    const { seen, handler } = notingHandler(({ site }) => (site === 'suedwind-at' ? revoked : undefined));
    await stage.consume(handler, { probeAfterMs: 3_600_000, batchSize: 1 });
    const key = 'S-1';
    const neighbour =
      Array.from({ length: 99 }, (_, index) => `S-${index + 2}`).find((each) => laneOf(each, 8) === laneOf(key, 8)) ??
      '';
    await stage.put(accepted(key, { site: 'suedwind-at' }));
    await eventually('it is suspended', async () => (await stage.count('waiting_messages')) === 1);
    await stage.put(accepted(neighbour, { site: 'suedwind-at' }), accepted('N-1'));
    await eventually(
      'all have been looked at',
      async () => (await stage.count('waiting_messages')) === 2 && seen.length === 2,
    );
    expect(seen).toEqual(['S-1@suedwind-at', 'N-1']);
    expect(await stage.rows('SELECT key, attempts FROM outbox_messages WHERE returned ORDER BY id')).toEqual([
      { key, attempts: 0 },
      { key: neighbour, attempts: 0 },
    ]);
  });
});

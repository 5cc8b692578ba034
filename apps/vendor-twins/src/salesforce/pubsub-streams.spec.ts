import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { eventually } from '../testing/eventually.js';
import { errorCode, PubsubBench } from './testing/pubsub-bench.js';
import { member } from './testing/twin-fixture.js';

describe('A stream of the Salesforce twin’s Pub/Sub API ends or goes on (§3.3)', () => {
  let bench: PubsubBench;
  beforeAll(async () => {
    bench = await PubsubBench.start();
  });
  afterAll(() => bench.close());
  beforeEach(() => bench.twin.control('POST', 'reset'));

  it('with an empty response and an advanced replay id when nothing comes', async () => {
    await bench.twin.control('PUT', 'chaos', { keepaliveMs: 30 });
    const stream = await bench.opened();
    await eventually('two keepalives came', () => stream.responses.length >= 2);
    const [one, two] = stream.responses;
    expect(one).toMatchObject({ events: [], pendingNumRequested: 100 });
    expect(one?.latestReplayId).not.toEqual(two?.latestReplayId);
    stream.end();
    const resumed = bench.subscribe('/data/ChangeEvents', { replayPreset: 'CUSTOM', replayId: two?.latestReplayId });
    await bench.account('After');
    await bench.arrived(resumed, 1);
    resumed.end();
  });

  it('closed when nothing is owed and nothing is asked for', async () => {
    await bench.twin.control('PUT', 'chaos', { idleCloseMs: 30 });
    await bench.account('Only');
    const stream = bench.subscribe('/data/ChangeEvents', { replayPreset: 'EARLIEST', numRequested: 1 });
    expect(await bench.ended(stream)).toBe('ended');
  });

  it('open beyond its session, while other calls are refused', async () => {
    const stream = await bench.opened();
    await bench.twin.control('PUT', 'chaos', { revokeSessions: true });
    await expect(bench.client.call('getTopic', { topicName: '/data/ChangeEvents' })).rejects.toMatchObject({
      code: status.UNAUTHENTICATED,
    });
    await bench.twin.login();
    expect(stream.ending()).toBeUndefined();
    await bench.account('Still read');
    await bench.arrived(stream, 1);
    stream.end();
  });

  it.each([
    ['unauthenticated', status.UNAUTHENTICATED, 'service.auth.error'],
    ['deliveryQuota', status.RESOURCE_EXHAUSTED, 'subscription.limit.exceeded'],
    ['unavailable', status.UNAVAILABLE, 'service.unavailable'],
  ])('with %s in its middle, when told to', async (fault, grpcStatus, code) => {
    const stream = await bench.opened();
    await bench.twin.control('POST', 'events/fail', { fault });
    const ending = await bench.ended(stream);
    expect(ending).toMatchObject({ code: grpcStatus });
    expect(errorCode(ending)).toBe(code);
  });

  it('by a reset of the connection, when told to, and takes the next one', async () => {
    const stream = await bench.opened();
    await bench.twin.control('POST', 'events/cut');
    expect([status.CANCELLED, status.UNAVAILABLE, status.INTERNAL]).toContain(
      member(await bench.ended(stream), 'code'),
    );
    await bench.account('Later');
    const again = bench.subscribe('/data/ChangeEvents', { replayPreset: 'EARLIEST' });
    await bench.arrived(again, 1);
    again.end();
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { errorCode, eventOf, PubsubBench } from './testing/pubsub-bench.js';

describe('The Pub/Sub API of the Salesforce twin refuses (§3.3)', () => {
  let bench: PubsubBench;
  beforeAll(async () => {
    bench = await PubsubBench.start();
  });
  afterAll(() => bench.close());
  beforeEach(() => bench.twin.control('POST', 'reset'));

  it.each([
    ['no token', { accesstoken: undefined }, 'service.auth.headers.invalid'],
    ['another tenant', { tenantid: '00D000000000001' }, 'service.auth.headers.invalid'],
    ['another instance', { instanceurl: 'https://elsewhere.example' }, 'service.auth.headers.invalid'],
    ['an unknown token', { accesstoken: '00D!x' }, 'service.auth.error'],
  ])('a call with %s', async (_what, change, code) => {
    const stream = bench.client.stream(
      'subscribe',
      { topicName: '/data/ChangeEvents', numRequested: 1 },
      bench.client.metadata(change),
    );
    const ending = await bench.ended(stream);
    expect(ending).toMatchObject({ code: status.UNAUTHENTICATED, details: expect.stringContaining('rpcId:') });
    expect(errorCode(ending)).toBe(code);
  });

  it.each([
    ['an unknown topic', { topicName: '/data/NopeChangeEvent' }, status.NOT_FOUND, 'topic.not.found'],
    ['a topic in other letters', { topicName: '/data/orderchangeevent' }, status.NOT_FOUND, 'topic.not.found'],
    ['no topic', { topicName: '' }, status.INVALID_ARGUMENT, 'topic.validation.empty'],
    ['none requested', { numRequested: 0 }, status.INVALID_ARGUMENT, 'subscription.fetch.requested.events.invalid'],
    [
      'CUSTOM without an id',
      { replayPreset: 'CUSTOM' },
      status.INVALID_ARGUMENT,
      'subscription.fetch.replayid.validation.failed',
    ],
    [
      'bytes that are no replay id',
      { replayPreset: 'CUSTOM', replayId: Buffer.from('rubbish') },
      status.INVALID_ARGUMENT,
      'subscription.fetch.replayid.corrupted',
    ],
    ['a refresh that is no token', { authRefresh: 'x' }, status.INVALID_ARGUMENT, 'service.auth.refresh.invalid'],
  ])('a subscription with %s', async (_what, change, grpcStatus, code) => {
    const ending = await bench.ended(bench.subscribe('/data/ChangeEvents', change));
    expect(ending).toMatchObject({ code: grpcStatus });
    expect(errorCode(ending)).toBe(code);
  });

  it('a change of the topic within a stream', async () => {
    const stream = bench.subscribe('/data/ChangeEvents');
    stream.write({ topicName: '/data/OrderChangeEvent', numRequested: 1 });
    expect(errorCode(await bench.ended(stream))).toBe('subscription.fetch.topic.mismatch');
  });

  it('a replay id that is older than what is kept, and as many cursors as are ordered to be corrupted', async () => {
    await bench.account('Old');
    const before = bench.subscribe('/data/ChangeEvents', { replayPreset: 'EARLIEST' });
    await bench.arrived(before, 1);
    before.end();
    const replay = { replayPreset: 'CUSTOM', replayId: eventOf(before, 0).replayId };
    await bench.twin.control('PUT', 'chaos', { corruptedCursors: 1 });
    expect(errorCode(await bench.ended(bench.subscribe('/data/ChangeEvents', replay)))).toMatch(/replayid\.corrupted$/);
    const good = bench.subscribe('/data/ChangeEvents', replay);
    await bench.account('New');
    await bench.arrived(good, 1);
    good.end();
    await bench.twin.control('POST', 'events/expire');
    expect(errorCode(await bench.ended(bench.subscribe('/data/ChangeEvents', replay)))).toMatch(/replayid\.corrupted$/);
  });
});

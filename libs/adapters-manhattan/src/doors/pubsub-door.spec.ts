import { afterEach, describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import type { FeedDelivery, OpenDoor } from '@tandem/domain';
import { eventually } from '../../testing/eventually.js';
import { startPubsub } from '../../testing/scripted-pubsub.js';
import { PubsubDoor } from './pubsub-door.js';

const open: { close(): Promise<void> | void }[] = [];
const noKey = { project: 'p', subscription: 's', onFailure: () => undefined };

async function opened(handle: (batch: readonly FeedDelivery[]) => Promise<void> = () => Promise.resolve()) {
  const broker = await startPubsub();
  const taken: FeedDelivery[] = [];
  const failures: unknown[] = [];
  const door = new PubsubDoor({
    project: 'tandem-test',
    subscription: 'orders',
    endpoint: broker.endpoint,
    mostOpen: 7,
    pauseMs: 5,
    onFailure: (fault) => failures.push(fault),
  });
  const running: OpenDoor = await door.open(async (batch) => {
    await handle(batch);
    taken.push(...batch);
  });
  open.push(running, broker);
  return { broker, taken, failures, running };
}

const pulling = (broker: { pulls: readonly unknown[]; limits: readonly unknown[] }) =>
  eventually('the door pulls', () => broker.pulls.length > 0 && broker.limits.length > 0);

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

describe('The door of Google Pub/Sub (§7.1)', () => {
  it('pulls no more than it may hold, and hands over attributes and body without the token of the OMS', async () => {
    const { broker, taken } = await opened();
    await pulling(broker);
    expect(broker.limits.map(Number)).toEqual([7]);
    const attributes = { MSG_ID_PK: 'A17', Organization: 'AURORA', ENCRYPTED_OAUTH_TOKEN: 'secret' };
    broker.deliver({ id: '1', body: '{}', attributes, deliveryAttempt: 2 });
    await eventually('it is taken', () => taken.length === 1);
    expect(taken[0]?.headers).toEqual({
      msg_id_pk: 'A17',
      organization: 'AURORA',
      'message-id': 'm-1',
      'delivery-attempt': '2',
    });
    expect(Buffer.from(taken[0]?.body ?? []).toString()).toBe('{}');
  });

  it('acknowledges after the handler has resolved and not before', async () => {
    let commit: () => void = () => undefined;
    const committed = new Promise<void>((resolve) => (commit = resolve));
    const { broker, taken } = await opened(() => committed);
    await pulling(broker);
    broker.deliver({ id: '1', body: '{}' });
    await eventually('the broker has no more to do', () => broker.pulls.length === 1);
    expect([taken, broker.acked]).toEqual([[], []]);
    commit();
    await eventually('it is acknowledged', () => broker.acked.includes('1'));
    expect(broker.nacked).toEqual([]);
  });

  it('gives back a message that keeps failing, and acknowledges its neighbour', async () => {
    const { broker, failures } = await opened((batch) =>
      batch.some(({ body }) => Buffer.from(body).toString() === 'bad')
        ? Promise.reject(new Error('no'))
        : Promise.resolve(),
    );
    await pulling(broker);
    broker.deliver({ id: 'good', body: '{}' }, { id: 'bad', body: 'bad' });
    await eventually('the one is given back', () => broker.nacked.includes('bad'));
    await eventually('the other is acknowledged', () => broker.acked.includes('good'));
    expect(broker.acked).toEqual(['good']);
    expect(failures.length).toBeGreaterThan(0);
  });

  it('pulls again when the stream breaks', async () => {
    const { broker, taken } = await opened();
    await pulling(broker);
    broker.drop();
    await eventually('it pulls again', () => broker.pulls.length > 0);
    broker.deliver({ id: '2', body: '{}' });
    await eventually('it is taken', () => taken.length === 1);
  });

  it('tells by name that it was refused, and opens again when the grant is back', async () => {
    const { broker, taken, failures } = await opened();
    await pulling(broker);
    broker.refusal.code = status.PERMISSION_DENIED;
    broker.drop(status.PERMISSION_DENIED);
    await eventually('the refusal is told', () => failures.length > 0);
    expect(failures[0]).toMatchObject({ kind: 'suspending', code: 'oms.subscription_forbidden' });
    broker.refusal.code = undefined;
    await eventually('it pulls again', () => broker.pulls.length > 0);
    broker.deliver({ id: '3', body: '{}' });
    await eventually('it is taken', () => taken.length === 1);
  });

  it('refuses a key that is none without quoting it', () => {
    for (const key of ['{"private_key": "-----BEGIN', '[]', '7']) {
      const make = () => new PubsubDoor({ ...noKey, key });
      expect(make).toThrow(expect.objectContaining({ kind: 'suspending', code: 'oms.misconfigured' }));
      expect(make).not.toThrow(/BEGIN/);
    }
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RabbitMessageBus, type RoutedMessage } from '@tandem/messaging';
import { PrivateBroker } from '../support/environment/index.js';
import { eventually } from '../support/eventually.js';

const queue = 'orders.place-order';
const queues = [{ name: queue, messages: ['order.accepted.v1'], lanes: 2 }] as const;

const message = (lane: number, messageId: string): RoutedMessage => ({
  ...{ queue, lane, messageId, name: 'order.accepted.v1', attempts: 0, position: '1', body: '{}' },
});

describe('A lane that the broker has by name and cannot serve', () => {
  let broker: PrivateBroker;
  let bus: RabbitMessageBus;
  const told: string[] = [];
  const came: (string | undefined)[] = [];

  beforeEach(async () => {
    broker = await PrivateBroker.start();
    const onFailure = (error: unknown) => void told.push(error instanceof Error ? error.message : String(error));
    bus = new RabbitMessageBus({ url: broker.url, queues, confirmWithinMs: 2_000, onFailure });
    await bus.start();
  });
  afterEach(async () => {
    await bus.close({ graceMs: 2_000 });
    await broker.stop();
  });

  /** The state that a broker is left in which dies while it deletes a quorum queue. */
  const breakLane = (lane: number) =>
    broker.control('eval', `ra:force_delete_server(quorum_queues, {'%2F_${queue}.lane-${lane}', node()}).`);

  it('is made anew, and the other lanes go on', async () => {
    await bus.publish([message(0, 'before-0'), message(1, 'before-1')]);
    await breakLane(1);
    await bus.consume(queue, { batchSize: 10 }, async (batch) => void came.push(...batch.map((one) => one.messageId)));
    await eventually('the whole lane is served', async () => came.includes('before-0') || undefined, {
      within: 30_000,
    });
    // As the relay does: again and again until it is confirmed.
    await eventually(
      'the lane made anew is served',
      async () => {
        await bus.publish([message(1, 'again-1')]).catch(() => undefined);
        return came.includes('again-1') || undefined;
      },
      { within: 60_000, every: 200 },
    );
    expect(told.join('\n')).toContain(`fails whenever the queue ${queue}.lane-1 is consumed`);
  }, 120_000);
});

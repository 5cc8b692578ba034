import { describe, expect, it } from '@jest/globals';
import { outboundMessage } from '../publishing/message.js';
import { twinItself } from '../wire/caller.js';
import { VirtualClock } from '../wire/virtual-clock.js';
import { Broker } from './broker.js';
import { pubsubTarget } from './pubsub-target.js';

const TOPIC = 'projects/twin/topics/orders';

class Listening extends Broker {
  readonly keys: string[] = [];

  override publish(...[topic, messages]: Parameters<Broker['publish']>): string[] {
    this.keys.push(...messages.map(({ orderingKey }) => orderingKey));
    return super.publish(topic, messages);
  }
}

describe('§12 ordering keys of messages', () => {
  it.each([
    [true, ['G1', 'G1']],
    [false, ['', '']],
  ])('asked for: %s, for one order and for several snapshots of it', async (orderingKeys, keys) => {
    const broker = new Listening(new VirtualClock());
    const target = pubsubTarget({ topic: TOPIC, availabilityTopic: TOPIC, shape: 'bare', orderingKeys }, broker);
    const single = { OrderId: 'G1' };
    for (const payload of [single, { data: [single, single], ConsolidatedPayload: true }])
      await target.deliver(outboundMessage(twinItself('NORTH'), 'M1', payload, 0));
    expect(broker.keys).toEqual(keys);
  });
});

import type { OutboundMessage } from '../publishing/message.js';
import { wrap, type PubsubTargetSettings, type Target } from '../publishing/targets.js';
import { rows, text } from '../wire/json.js';
import type { Broker } from './broker.js';

/**
 * Publishing to the twin's own Pub/Sub: the headers as attributes (§7.2), the body as data. Stock has a topic of its own
 * where one is named. The topics begin to exist here, as the vendor's project team would make them (§7.1).
 */
export function pubsubTarget(
  { topic, availabilityTopic, shape, orderingKeys }: PubsubTargetSettings,
  broker: Broker,
): Target {
  for (const name of new Set([topic, availabilityTopic])) broker.ensureTopic(name);
  return {
    deliver(message: OutboundMessage) {
      const document = shape === 'wrapped' ? wrap(message) : message.payload;
      const name = message.component === 'order' ? topic : availabilityTopic;
      const data = Buffer.from(JSON.stringify(document));
      try {
        broker.publish(name, [
          { data, attributes: message.attributes, orderingKey: orderingKeys ? orderIdOf(message) : '' },
        ]);
        return Promise.resolve();
      } catch (error) {
        return Promise.reject(error instanceof Error ? error : new Error('the topic refused the message'));
      }
    },
    close: () => Promise.resolve(),
  };
}

/** Messages of one order keep their order among themselves, where the tenant has asked for it (§12). */
function orderIdOf({ payload }: OutboundMessage): string {
  const [first] = rows(payload, 'data');
  return text(first ?? payload, 'OrderId') ?? '';
}

import { randomUUID } from 'node:crypto';
import { messageId, type Message, type MessageId } from '../src/envelope.js';

type Accepted = Message<'order.accepted.v1'>;

/** An `order.accepted.v1` with every field filled in; name only what matters. */
export function accepted(orderNumber: string, rest: Partial<Omit<Accepted, 'body' | 'name'>> = {}): Accepted {
  return {
    id: freshId(),
    name: 'order.accepted.v1',
    key: orderNumber,
    site: 'nordwind-de',
    body: { site: rest.site ?? 'nordwind-de', orderNumber },
    occurredAt: '2026-03-01T10:20:30.123Z',
    ...rest,
  };
}

export const freshId = (): MessageId => messageId(randomUUID());

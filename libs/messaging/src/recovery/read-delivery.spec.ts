import { describe, expect, it } from '@jest/globals';
import { faultOf } from '@tandem/domain';
import { accepted } from '../../testing/index.js';
import type { Delivery } from '../bus/message-bus.js';
import { messageIn } from './read-delivery.js';

const message = accepted('N-1');
const delivery = {
  queue: 'orders.place-order',
  lane: 0,
  messageId: message.id,
  name: message.name,
  contentType: 'application/json',
  attempts: 0,
  position: '1',
  body: Buffer.from(JSON.stringify(message)),
};

function refusal(changes: Partial<Delivery>) {
  try {
    messageIn({ ...delivery, ...changes }, ['order.accepted.v1']);
  } catch (thrown) {
    const fault = faultOf(thrown);
    return fault.kind === 'permanent' ? fault : undefined;
  }
  return undefined;
}

describe('Reading a delivery', () => {
  it.each(['application/json', 'application/json; charset=utf-8', undefined])('takes JSON: %s', (contentType) => {
    expect(messageIn({ ...delivery, contentType }, ['order.accepted.v1'])).toEqual(message);
  });

  it('takes a message of which nothing is said', () => {
    expect(messageIn({ ...delivery, name: undefined, contentType: undefined }, ['order.accepted.v1'])).toEqual(message);
  });

  it.each(['text/xml', 'application/jsonp', 'application/octet-stream'])('refuses %s, and says so', (contentType) => {
    const fault = refusal({ contentType });
    expect(fault).toMatchObject({ code: 'message.foreign-type' });
    expect(fault?.message).toBe(`The content type is ${contentType}, and on our queues it is application/json.`);
    expect(fault?.violations).toMatchObject([
      { field: 'contentType', remedy: 'Find out who sends to orders.place-order, and have it stopped.' },
    ]);
  });

  it('shows no label that looks like anything but a name', () => {
    expect(refusal({ contentType: 'ada@example.test' })?.message).toContain('is something else');
    expect(refusal({ name: 'Ada Lovelace' })?.message).toBe(
      'The header calls the message something else, and its envelope says order.accepted.v1.',
    );
  });

  it('does not parse what is too large', () => {
    const fault = refusal({ body: Buffer.alloc(10 * 1024 * 1024 + 1, ' ') });
    expect(fault?.message).toBe('The body has 10485761 bytes, and ours never more than 10485760.');
  });
});

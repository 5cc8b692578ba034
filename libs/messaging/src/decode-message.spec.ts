import { describe, expect, it } from '@jest/globals';
import { PermanentFault } from '@tandem/domain';
import { accepted } from '../testing/index.js';
import { decodeMessage } from './decode-message.js';

const encode = (value: unknown) => Buffer.from(JSON.stringify(value));

function refusalOf(encoded: Buffer): PermanentFault {
  try {
    decodeMessage(encoded);
  } catch (error) {
    if (error instanceof PermanentFault) return error;
    throw error;
  }
  throw new Error('The message was accepted.');
}

describe('Decoding a message', () => {
  const message = accepted('N-1001');

  it('yields what was sent', () => {
    expect(decodeMessage(encode(message))).toEqual(message);
  });

  it('lets fields through that it does not know', () => {
    const newer = { ...message, body: { ...message.body, priority: 'high' }, hops: 2 };
    expect(decodeMessage(encode(newer))).toEqual(newer);
  });

  it.each(['', '{"id":', '[1]', 'null', '"text"'])('refuses %j for ever, as not decodable', (text) => {
    expect(refusalOf(Buffer.from(text))).toMatchObject({ kind: 'permanent', code: 'message.undecodable' });
  });

  it.each([
    ['name', { ...message, name: 'order.unheard-of.v1' }],
    ['name', { ...message, name: 'constructor' }],
    ['key', { ...message, key: '' }],
    ['id', { ...message, id: 7 }],
    ['id', { ...message, id: 'order-1' }],
    ['key', { ...message, key: 'N\0' }],
    ['site', { ...message, site: '\0' }],
    ['archiveId', { ...message, archiveId: 'first' }],
    ['archiveId', { ...message, archiveId: 12 }],
    ['causeId', { ...message, causeId: 'the other' }],
    ['traceparent', { ...message, traceparent: 7 }],
    ['body.orderNumber', { ...message, body: { ...message.body, orderNumber: 'N\0' } }],
    ['body', { ...message, body: [] }],
    ['body.orderNumber', { ...message, body: { site: 'nordwind-de' } }],
    ['body.site', { ...message, body: { ...message.body, site: 12 } }],
  ])('names the field %s and its rule', (field, broken) => {
    const fault = refusalOf(encode(broken));
    expect(fault.code).toBe('message.invalid');
    expect(fault.violations.map((violation) => violation.field)).toEqual([field]);
    expect(fault.violations[0]?.sentence).toContain('must be');
  });

  it('refuses a fraction where a whole number belongs', () => {
    const snapshot = {
      ...message,
      name: 'oms-order.published.v1',
      body: { organization: 'NW', orderNumber: 'N-1', archiveId: '4', position: 0.5 },
    };
    expect(refusalOf(encode(snapshot)).violations.map(({ field }) => field)).toEqual(['body.position']);
  });

  it('never repeats a value in its sentences', () => {
    const fault = refusalOf(
      encode({ ...message, key: 4711, body: { site: 'nordwind-de', orderNumber: ['ada@example.test'] } }),
    );
    expect(JSON.stringify([fault.message, fault.violations])).not.toMatch(/4711|ada/);
  });
});

import { describe, expect, it } from '@jest/globals';
import { whyNotConnected } from './connect-failure.js';

const url = new URL('amqps://tandem:hidden@broker.example:5671/shared');
const failed = (code: string, message = '') => Object.assign(new Error(message), { code });

describe('Why a broker is not connected', () => {
  it.each([
    [failed('ENOTFOUND', 'getaddrinfo ENOTFOUND broker.example'), 'cannot be found by that name', true],
    [new Error('connect ETIMEDOUT'), 'does not answer', true],
    [failed('EHOSTUNREACH'), 'does not answer', true],
    [new Error('Socket closed abruptly during opening handshake'), 'it is down, or wants amqps:', true],
    [failed('CERT_HAS_EXPIRED'), 'is not valid today', false],
    [failed('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'), 'refuses our certificate', false],
    [new Error('something new'), 'cannot be talked to (something new)', true],
  ])('is a sentence about the host: %s', (cause, sentence, passes) => {
    const failure = whyNotConnected(cause, url);
    expect(failure.sentence).toContain(`The message broker at broker.example:5671 `);
    expect(failure.sentence).toContain(sentence);
    expect(failure.sentence).not.toContain('hidden');
    expect(failure.passes).toBe(passes);
  });
});

import { describe, expect, it } from '@jest/globals';
import { redacted, redactHeaders } from './redact-headers.js';

describe('Headers in the archive', () => {
  it.each([
    'authorization',
    'Authorization',
    'proxy-authorization',
    'x-tandem-signature',
    'X-Hub-Signature-256',
    'X-Auth-Token',
    'client_secret',
    'ENCRYPTED_OAUTH_TOKEN',
    'db-password',
    'Set-Cookie',
    'x-api-key',
  ])('never hold the value of %s', (name) => {
    expect(redactHeaders({ [name]: 'hunter2' })).toEqual({ [name]: redacted });
  });

  it('hide secrets at any depth and keep the rest as it came', () => {
    const headers = {
      organization: 'Nordwind',
      attempt: 2,
      nested: { access_token: 'abc', list: [{ password: 'p' }, 7] },
    };
    expect(redactHeaders(headers)).toEqual({
      organization: 'Nordwind',
      attempt: 2,
      nested: { access_token: redacted, list: [{ password: redacted }, 7] },
    });
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyPairSync, sign } from 'node:crypto';
import { client, credentials, member, requestToken, startTwin, type TwinFixture } from './testing/twin-fixture.js';

const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

function assertion(change: Record<string, unknown> = {}, header: Record<string, unknown> = { alg: 'RS256' }): string {
  const claims = {
    iss: client.clientId,
    sub: client.runAs,
    aud: 'https://login.salesforce.com',
    exp: Math.floor(Date.now() / 1000) + 120,
    ...change,
  };
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part(header)}.${part(claims)}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), keys.privateKey).toString('base64url')}`;
}

describe('OAuth of the Salesforce twin (§1)', () => {
  let twin: TwinFixture;
  beforeAll(async () => {
    twin = await startTwin({ clients: [{ ...client, publicKeyPem: keys.publicKey }], dailyRequests: 40 });
  });
  afterAll(() => twin.close());

  const byJwt = (jwt: string) =>
    requestToken(twin.url, { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: jwt });

  it('shows another address in its tokens where a proxy stands before the org (§1.4)', async () => {
    const behind = await startTwin({ instanceUrl: 'http://org.example' });
    const { body } = await requestToken(behind.url, credentials());
    await behind.close();
    expect(body).toMatchObject({ instance_url: 'http://org.example' });
  });

  it('grants client credentials in the body, without expires_in and with issued_at as text (§1.3, §1.4)', async () => {
    const { status, body } = await requestToken(twin.url, credentials());
    expect(status).toBe(200);
    expect(body).toMatchObject({ instance_url: twin.url, token_type: 'Bearer', token_format: 'opaque' });
    expect(body).not.toHaveProperty('expires_in');
    expect(member(body, 'issued_at')).toMatch(/^\d{13}$/);
    expect(member(body, 'access_token')).toMatch(/^00D\w{12}!/);
    expect(member(body, 'id')).toMatch(/\/id\/00D\w{15}\/005\w{15}$/);
  });

  it('grants client credentials by Basic (§1.3)', async () => {
    const basic = Buffer.from(`${client.clientId}:${client.clientSecret}`).toString('base64');
    const answer = await requestToken(
      twin.url,
      { grant_type: 'client_credentials' },
      { authorization: `Basic ${basic}` },
    );
    expect(answer.status).toBe(200);
  });

  it.each([
    ['invalid_client_id', credentials({ client_id: 'nobody' })],
    ['invalid_client', credentials({ client_secret: 'wrong' })],
    ['unsupported_grant_type', credentials({ grant_type: 'password' })],
    ['invalid_request', {}],
  ])('refuses with %s as an object, not an array (§1.5)', async (error, form) => {
    const { status, body } = await requestToken(twin.url, form);
    expect(status).toBe(400);
    expect(body).toEqual({ error, error_description: expect.any(String) });
  });

  it('grants a JWT bearer assertion that is signed and timely (§1.2)', async () => {
    expect((await byJwt(assertion())).status).toBe(200);
  });

  it.each([
    ['another key signed it', () => assertion().replace(/\.[^.]*$/, `.${Buffer.from('forged').toString('base64url')}`)],
    ['the algorithm is none', () => assertion({}, { alg: 'none' })],
    ['it is expired', () => assertion({ exp: 1 })],
    ['it is for another audience', () => assertion({ aud: 'https://elsewhere.example' })],
    ['it names another user', () => assertion({ sub: 'someone@aurora.example' })],
  ])('refuses an assertion when %s (§1.2)', async (_why, make) => {
    expect((await byJwt(make())).body).toMatchObject({ error: 'invalid_grant' });
  });

  it('refuses an assertion whose jti it has seen (§1.2)', async () => {
    const once = assertion({ jti: 'only-once' });
    expect((await byJwt(once)).status).toBe(200);
    expect((await byJwt(once)).body).toMatchObject({ error: 'invalid_grant' });
  });

  it('answers a call without a valid session by the INVALID_SESSION_ID array (§1.6)', async () => {
    const answer = await twin.call('GET', '/limits', undefined, { authorization: 'Bearer 00Dnothing' });
    expect(answer.status).toBe(401);
    expect(answer.body).toEqual([{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);
  });

  it('ends every session once when told to, and lets callers in again (§8 item 2)', async () => {
    await twin.control('PUT', 'chaos', { revokeSessions: true });
    expect((await twin.call('GET', '/limits')).status).toBe(401);
    await twin.login();
    expect((await twin.call('GET', '/limits')).status).toBe(200);
  });

  it('answers 401 for ever while permanent401 is on, whatever token is shown (§8 item 2)', async () => {
    await twin.control('PUT', 'chaos', { permanent401: true });
    await twin.login();
    expect((await twin.call('GET', '/limits')).status).toBe(401);
    const { body } = await twin.control('PUT', 'chaos', { permanent401: false });
    expect(member(body, 'fired.permanent401')).toBe(1);
    expect((await twin.call('GET', '/limits')).status).toBe(200);
  });

  it('lists its versions without a session (§2)', async () => {
    const answer = await fetch(`${twin.url}/services/data`);
    const listed: unknown = await answer.json();
    expect(listed).toContainEqual({ label: "Summer '26", url: '/services/data/v67.0', version: '67.0' });
  });

  it('counts calls in Sforce-Limit-Info and refuses with 403 past the budget (§2.8, §2.11)', async () => {
    const first = await twin.call('GET', '/limits');
    const used = Number(/^api-usage=(\d+)\/40$/.exec(first.headers.get('sforce-limit-info') ?? '')?.[1]);
    expect(member(first.body, 'DailyApiRequests')).toEqual({ Max: 40, Remaining: 40 - used });
    for (let n = used; n < 40; n += 1) expect((await twin.call('GET', '/limits')).status).toBe(200);
    const refused = await twin.call('GET', '/limits');
    expect(refused.status).toBe(403);
    expect(refused.body).toEqual([{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }]);
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { anOrder } from './testing/an-order.js';
import { CLIENT, ORDER, TwinClient, USER } from './testing/twin-client.js';
import { parsedObject } from './wire/json.js';

describe('§1 authentication of the Manhattan twin', () => {
  const { username, password } = USER;
  const asUser = { grant_type: 'password', username, password };
  let twin: TwinClient;
  beforeEach(async () => {
    twin = await TwinClient.start();
  });
  afterEach(() => twin.close());

  it('answers the password grant with a bearer token that carries organization and userOrgs', async () => {
    const { status, body } = await twin.form(asUser);
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'bearer', expires_in: 3600, scope: 'omni component' });
    const claims: unknown = JSON.parse(
      Buffer.from(String(body.access_token).split('.')[1] ?? '', 'base64url').toString(),
    );
    expect(claims).toMatchObject({
      user_name: username,
      organization: 'NORTH',
      userOrgs: ['NORTH', 'SOUTH'],
      client_id: 'integration',
    });
  });

  it('takes the parameters from the query string too', async () => {
    const response = await fetch(`${twin.url}/oauth/token?${new URLSearchParams(asUser).toString()}`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from('integration:client-secret').toString('base64')}` },
    });
    expect(response.status).toBe(200);
  });

  it('answers client_credentials only for a client with an organization', async () => {
    expect((await twin.form({ grant_type: 'client_credentials' })).status).toBe(401);
    const other = await TwinClient.start({
      clients: [CLIENT, { clientId: 'm2m', clientSecret: 's', organization: 'SOUTH' }],
    });
    const answer = await other.form({ grant_type: 'client_credentials' }, { clientId: 'm2m', clientSecret: 's' });
    await other.close();
    expect(answer.status).toBe(200);
  });

  it('refuses a wrong client with 401, a wrong password and an unknown grant with 400', async () => {
    expect(await twin.form(asUser, { ...CLIENT, clientSecret: 'no' })).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
    expect(await twin.form({ ...asUser, password: 'no' })).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'Bad credentials' },
    });
    expect(await twin.form({ grant_type: 'magic' })).toMatchObject({
      status: 400,
      body: { error: 'unsupported_grant_type' },
    });
  });

  it('locks an IP after too many failures, even for right credentials', async () => {
    await twin.put('/control/chaos', { ipLockAfter: 2 });
    await twin.form({ ...asUser, password: 'no' });
    await twin.form({ ...asUser, password: 'no' });
    expect((await twin.form(asUser)).status).toBe(401);
    await fetch(`${twin.url}/control/reset`, { method: 'POST' });
    expect((await twin.form(asUser)).status).toBe(200);
  });

  it('answers 401 in the OAuth style to a missing, mangled, revoked or expired token', async () => {
    const path = `${ORDER}/orderId/X`;
    expect(await twin.get(path, { authorization: '' })).toMatchObject({ status: 401, body: { error: 'unauthorized' } });
    expect(await twin.get(path, { authorization: 'Bearer a.b.c' })).toMatchObject({
      status: 401,
      body: { error: 'invalid_token', error_description: 'Cannot convert access token to JSON' },
    });
    await twin.put('/control/chaos', { revokeTokens: true });
    const revoked = await twin.get(path);
    expect(revoked).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
    expect(revoked.body.error_description).toMatch(/^Access token expired/);
    await twin.logIn();
    expect((await twin.get(path)).status).toBe(404);
    const brief = await TwinClient.start({ tokenSeconds: 0 });
    expect((await brief.get(path)).status).toBe(401);
    await brief.close();
  });

  it('works in the organization of the token unless the header selects another one that the user has', async () => {
    await twin.post(`${ORDER}/save`, anOrder('A1'));
    await twin.post(`${ORDER}/save`, anOrder('B1'), { selectedOrganization: 'SOUTH' });
    expect((await twin.get(`${ORDER}/orderId/B1`)).status).toBe(404);
    const south = await twin.get(`${ORDER}/orderId/B1`, { SelectedOrganization: 'SOUTH' });
    expect(parsedObject(south.body.data)?.OrgId).toBe('SOUTH');
    expect((await twin.get(`${ORDER}/orderId/A1`, { SelectedOrganization: 'WEST' })).status).toBe(403);
  });

  it('gives every answer a cp-trace-id', async () => {
    const { headers } = await twin.get(`${ORDER}/orderId/X`);
    expect(headers.get('cp-trace-id')).toMatch(/^[0-9a-f]{32}$/);
  });
});
